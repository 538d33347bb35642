"""`course demo`: the whole way from source to a graded class, in a scratch course of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.commands.showing import Step, print_lines
from autograder.course_file import CourseError

if TYPE_CHECKING:
    from autograder.course import Course
    from autograder.grading import OnProgress, Result
    from autograder.grading.handins.collecting import Entry
    from autograder.grading.handins.sample_class import Sample

CELL_TIMEOUT = 20  # seconds; one of the class never ends
MADE_HERE = ".made-by-course-demo"

Bar = Callable[[str], AbstractContextManager[Step]]
Watching = Callable[[], AbstractContextManager["OnProgress"]]


@dataclass(frozen=True)
class Shown:
    """What a demo came to: results, what differs from the table by unit and student, pages, what is stale.

    What a teacher changed and did not build yet is told, and no fault.
    """

    results: list[Result]
    differences: dict[tuple[str, str], list[str]]
    pages: list[Path]
    stale: list[str]

    @property
    def ok(self) -> bool:
        return not any(self.differences.values())


def demo(course: Course, bar: Bar, watching: Watching, folder: Path | None = None) -> Shown:
    """Show each step and the grade table; the scratch course is ``folder``, or ``demo/`` in the course."""
    from autograder.commands import build, feedback, grade
    from autograder.grading.handins.sample_class import read_class
    from autograder.grading.sandbox.probing import best_level

    samples, left_out = fitting(course, read_class(_sample_class(course)))
    units = sorted({sample.unit for sample in samples})
    with bar("Building") as step:
        stale = build.build(course, units, check=True, solutions=False, on_progress=step).differences
    print_lines(
        f"1. Built the lessons of {' and '.join(units)} from source/"
        + ("." if stale else ": lessons/ is as built.")
    )
    print_lines(
        *(f"   {unit} is left out: it has other exercises than the sample class." for unit in left_out)
    )
    print_lines(*(f"   {difference}. Next: course build" for difference in stale))
    scratch = make_scratch_course(course, folder or course.root / "demo", units=units)
    entries = take_in(scratch, samples)
    taken = sum(bool(entry.student) for entry in entries)
    print_lines(f"2. Collected {taken} hand-ins of the sample class into {scratch.root}.")
    alone = best_level() is None
    if alone:
        print_lines("   This machine has no sandbox: these hand-ins, which are the course's own, run as you.")
    with watching() as watcher:
        results = grade.grade(scratch, None, on_progress=watcher, unsafe=alone)
    where = "without a sandbox" if alone else "in the sandbox"
    print_lines(f"3. Graded {len(results)} hand-ins {where}, into nbgrader's gradebook:", "")
    differences = compare(samples, results)
    grade.show(results, differences)
    with bar("Feedback") as step:
        written = feedback.feedback(scratch, on_progress=step)
    right = sum(not said for said in differences.values())
    print_lines(
        f"4. Wrote {len(written.pages)} feedback pages.",
        *written.failed,
        "",
        f"{right} of {len(differences)} scored as tests/class/class.yml says; why, it says too.",
        f"Look next at {(written.pages or [scratch.root / 'feedback'])[0]}",
        f"and, after jupyter lab in {scratch.root}, at nbgrader's formgrader.",
    )
    return Shown(results, differences, written.pages, stale)


def fitting(course: Course, samples: list[Sample]) -> tuple[list[Sample], list[str]]:
    """The hand-ins of the units that this course still has, and the units that it has otherwise.

    A teacher may have added exercises or changed points: the table tells of shares, of those that it knows.
    Raises CourseError where there is no such unit.
    """
    import nbformat

    from autograder.grading.notebooks.graded_cells import check_cells

    order = {
        unit.id: tuple(check_cells(nbformat.read(course.lesson(unit.id), as_version=4)))
        for unit in course.units
        if course.lesson(unit.id).is_file()
    }
    found = [s for s in samples if [n for n in order.get(s.unit, ()) if n in s.points] == list(s.points)]
    if not found:
        raise CourseError(
            f"No unit of this course is one of the sample class, {', '.join({s.unit for s in samples})}. "
            "Next: run course demo in a fresh copy of the repository."
        )
    units = {sample.unit for sample in found}
    return found, sorted({s.unit for s in samples if s.unit in order} - units)


def _sample_class(course: Course) -> Path:
    folder = course.root / "tests" / "class"
    if not (folder / "class.yml").is_file():
        raise CourseError(
            f"{folder} is not there: the sample class belongs to the repository. "
            "Next: run course demo in a fresh copy of it."
        )
    return folder


def make_scratch_course(
    course: Course, folder: Path, cell_timeout: int = CELL_TIMEOUT, units: Collection[str] | None = None
) -> Course:
    """A copy of what grading these units needs, or all, with a shorter patience; an earlier one is replaced.

    Other settings of grading are the usual ones: neither its limits nor its gradebook are the teacher's.

    Raises CourseError where the folder holds something that this did not make.
    """
    from ruamel.yaml import YAML

    from autograder.course import Course

    if folder.exists() and any(folder.iterdir()) and not (folder / MADE_HERE).exists():
        raise CourseError(f"{folder} is not from an earlier demo. Next: move it away.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / MADE_HERE).touch()
    for name in ("source", "lessons"):
        for unit in course.units:
            if units is None or unit.id in units:
                shutil.copytree(course.root / name / unit.id, folder / name / unit.id)
    if course.exercises_folder:
        shutil.copytree(course.exercises_folder, folder / course.exercises_folder.name)
    shutil.copy(course.root / "nbgrader_config.py", folder)
    yaml = YAML()
    settings = yaml.load((course.root / "course.yml").read_text(encoding="utf-8"))
    settings["units"] = [unit for unit in settings["units"] if units is None or unit["id"] in units]
    settings["grading"] = {"cell_timeout": cell_timeout}
    with (folder / "course.yml").open("w", encoding="utf-8") as file:
        yaml.dump(settings, file)
    return Course.load(folder)


def take_in(course: Course, samples: list[Sample]) -> list[Entry]:
    """Pack each sample as `course submit` does, and collect the zips."""
    from zoneinfo import ZoneInfo

    import nbformat

    from autograder.grading.handins import receipts
    from autograder.grading.handins.collecting import collect

    zone = ZoneInfo(course.time_zone)
    lessons = {unit.id: nbformat.read(course.lesson(unit.id), as_version=4) for unit in course.units}
    now = datetime.now(UTC)
    for sample in samples:
        content = sample.notebook(lessons[sample.unit])
        due = course.unit(sample.unit).due
        moment = min(due - timedelta(days=1), now) if due else now
        receipt = receipts.write_receipt(sample.unit, sample.student, content, moment.astimezone(zone))
        receipts.pack(
            course.root / "handins" / f"handin-{sample.unit}-{sample.student}.zip", content, receipt
        )
    return collect(course, [course.root / "handins"])


def compare(samples: list[Sample], results: list[Result]) -> dict[tuple[str, str], list[str]]:
    """What differs from the table, by unit and student; an empty list where nothing does."""
    found = {(result.unit, result.student): result for result in results}
    return {
        (s.unit, s.student): s.differences(found[s.unit, s.student])
        if (s.unit, s.student) in found
        else ["not graded at all"]
        for s in samples
    }
