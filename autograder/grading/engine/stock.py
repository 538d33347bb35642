"""The plain engine, for Windows and macOS: nbgrader's own autograde, one hand-in after the other.

Student code runs as the teacher, in a kernel. nbgrader runs the cells and nothing else: `writer` enters the
scores, as it does for the other engine, to whose table `test_level_none` holds this one.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbformat.notebooknode import NotebookNode

from autograder.grading.engine.best import Counting
from autograder.grading.engine.progress import OnProgress, Watch
from autograder.grading.engine.task import left_open
from autograder.grading.gradebook import gradebook
from autograder.grading.gradebook.journal import Journal
from autograder.grading.gradebook.writer import Writer
from autograder.grading.handins.beside import Files
from autograder.grading.handins.handin import Handin, read_one
from autograder.grading.handins.history import read_kept
from autograder.grading.handins.intake import BrokenHandin, parse, repair
from autograder.grading.handins.submitted import handed_in, scratch_folder, timestamp_of
from autograder.grading.nbgrader_inside import at_work, course_directory, read_config
from autograder.grading.notebooks.cell_errors import (
    DIED,
    NOT_RUN,
    TIMED_OUT,
    cell_name,
    first_error,
    has_error,
)
from autograder.grading.notebooks.facts import facts_of
from autograder.grading.notebooks.graded_cells import check_cells, in_error, not_in
from autograder.grading.notebooks.points import verdicts_in
from autograder.grading.results import Graded, Outcome, Result
from autograder.grading.run.execute import Execute
from autograder.grading.run.other_versions import doubt, remark, written_with
from autograder.grading.run.outcome import cut_short, with_doubt

if TYPE_CHECKING:
    from autograder.course import Course

INSTEAD = {"Execute": [Execute], "SaveAutoGrades": [], "CurrentPenalty": []}
"""What steps of nbgrader_config.py, by their names, are replaced by."""


def grade_unit(
    course: Course,
    unit_id: str,
    students: Sequence[str] | None = None,
    *,
    on_progress: OnProgress | None = None,
) -> list[Result]:
    """See autograder.grading.grade_unit. A run that was killed starts from the beginning again."""
    chosen = handed_in(course, unit_id, students)
    results, journal = [], Journal(course.root, unit_id)
    with at_work() as log, scratch_folder(course) as scratch:
        config = read_config(course)
        lesson, changed = gradebook.register(course, unit_id, config, scratch / "lessons", log)
        one = _Grader(course, unit_id, config, lesson, scratch, log)
        watch = Watch(unit_id, len(chosen), on_progress, 1, "no sandbox", changed)
        watch.begin(chosen)
        counting = Counting(course, unit_id, chosen, journal, lesson)
        with Writer(course, unit_id, config, lesson, scratch) as writer:
            for kept in counting.to_try():
                counting.enter(kept, one.grade(kept.student, read_kept(kept)))
            counting.settle(writer.marks)
            for student in chosen:
                graded = one.grade(student, read_one(course.root / "submitted", student, unit_id))
                journal.forget(student)
                result, noted = writer.enter(graded, timestamp_of(course, unit_id, student))
                journal.note("", noted)  # for the report; no key is empty, so it is graded again
                results.append(result)
                watch.entered(result)
    return [counting.remarked(result) for result in results]


class _Grader:
    """Grades one hand-in after the other, each in a scratch folder."""

    def __init__(
        self, course: Course, unit_id: str, config: Any, lesson: NotebookNode, scratch: Path, log: list[str]
    ) -> None:
        self.course, self.unit_id, self.config, self.lesson, self.log = course, unit_id, config, lesson, log
        self.incoming, self.outgoing = scratch / "submitted", scratch / "autograded"

    def grade(self, student: str, own: Handin) -> Graded:
        try:
            if own.problem:
                raise BrokenHandin(own.problem)
            handed_in = parse(own.content)
            newer = not_in(handed_in, self.lesson)
            notebook, remarks = repair(handed_in, self.lesson)
        except BrokenHandin as error:
            return left_open(student, self.lesson, Outcome.BROKEN, str(error), ())
        self._stage(student, notebook, own.files)
        if failure := self._autograde(student):
            return left_open(student, self.lesson, Outcome.FAILED, failure, remarks)
        return self._read_graded(student, remarks, written_with(own.versions, handed_in), newer)

    def _stage(self, student: str, notebook: NotebookNode, files: Files) -> None:
        folder = self.incoming / student / self.unit_id
        for before in (folder, self.outgoing / student / self.unit_id):
            shutil.rmtree(before, ignore_errors=True)
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{self.unit_id}.ipynb")
        for name, content in files.contents.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)

    def _autograde(self, student: str) -> str:
        """Run nbgrader's autograde; return why it failed, or nothing."""
        from nbgrader.converters import Autograde

        folder = course_directory(
            self.course,
            self.config,
            assignment_id=self.unit_id,
            student_id=student,
            submitted_directory=str(self.incoming),
            autograded_directory=str(self.outgoing),
        )
        converter = Autograde(coursedir=folder, config=self.config)
        converter.autograde_preprocessors = [
            chosen
            for step in converter.autograde_preprocessors
            for chosen in INSTEAD.get(getattr(step, "__name__", str(step)).rpartition(".")[2], [step])
        ]
        self.log.clear()
        try:
            converter.start()
        except Exception as error:
            # whatever nbgrader stumbles over in one hand-in, the others are graded
            return gradebook.last_line([*self.log, str(error)][:-1] or [str(error)])
        return ""

    def _read_graded(
        self, student: str, remarks: list[str], written: Mapping[str, str], newer: Collection[str]
    ) -> Graded:
        path = self.outgoing / student / self.unit_id / f"{self.unit_id}.ipynb"
        graded = nbformat.read(path, as_version=4)
        status, reason, waiting = how_it_went(graded, written)
        waiting += [name for name in in_error(graded, newer) if name not in waiting]
        said = (*remarks, *remark(graded, written))
        facts = facts_of(graded, self.lesson, {})
        named = {
            name: v["misconception"] for name, v in verdicts_in(graded).items() if v.get("misconception")
        }
        text = nbformat.writes(graded)
        return Graded(student, status, reason, said, text, named, tuple(waiting), facts=facts)


def how_it_went(graded: NotebookNode, written: Mapping[str, str]) -> tuple[Outcome, str, list[str]]:
    """The status of a notebook that ran in a kernel, the reason where it is not ``GRADED``, what is open.

    ``written`` has the versions that it was written with.
    """
    checks = check_cells(graded)
    unreached = [name for name, cell in checks.items() if has_error(cell, NOT_RUN) or has_error(cell, DIED)]
    reached = sum(cell.cell_type == "code" for cell in checks.values()) - len(unreached)
    doubtful = doubt(graded, written)
    status, reason = with_doubt(*_how_it_ended(graded, reached, unreached), doubtful)
    return status, reason, list(dict.fromkeys([*unreached, *doubtful.exercises]))


def _how_it_ended(graded: NotebookNode, reached: int, unreached: list[str]) -> tuple[Outcome, str]:
    if (cell := first_error(graded, DIED)) is not None:
        said = f"the kernel died in {cell_name(cell)}"
        return cut_short(Outcome.CRASHED, said, reached=reached, missed=unreached)
    if (cell := first_error(graded, TIMED_OUT)) is not None:
        said = f"{cell_name(cell)} did not end in time"
        if not unreached:
            return Outcome.TIMED_OUT, said
        return cut_short(Outcome.TIMED_OUT, said, reached=reached, missed=unreached)
    return Outcome.GRADED, ""
