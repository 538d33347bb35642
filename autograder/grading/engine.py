"""The fast and safe engine: a class at once, sandboxed, judged outside, resumable.

Intake and the gradebook are this process's; in between, workers run `grade_task`. One writer enters results
as they come, so a run that is killed has lost what was in the air and nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import nbformat

from autograder.course_file import CourseError
from autograder.grading import OnProgress, Outcome, Result, gradebook
from autograder.grading.crew import on_a_cluster, on_this_machine
from autograder.grading.intake import BrokenHandin, read_handin
from autograder.grading.journal import Journal
from autograder.grading.nbgrader_inside import at_work, read_config
from autograder.grading.sandbox import Level, Limits
from autograder.grading.sandbox.probing import ADVICE, best_level
from autograder.grading.submitted import handed_in, scratch_folder, timestamp_of
from autograder.grading.task import Graded, Settings, Task, modules_for
from autograder.grading.writer import Writer

if TYPE_CHECKING:
    from autograder.course import Course


def grade_unit(
    course: Course,
    unit_id: str,
    students: Sequence[str] | None = None,
    *,
    level: Level | None = None,
    on_progress: OnProgress | None = None,
    jobs: int | None = None,
    scheduler: str | None = None,
) -> list[Result]:
    """See `autograder.grading.grade_unit`. ``level`` is the safest that works here, if left out."""
    if (level := level or best_level()) is None:
        raise CourseError(f"This machine has no sandbox to run student code in. {ADVICE}")
    chosen = handed_in(course, unit_id, students)
    with at_work() as log, scratch_folder(course) as scratch:
        config = read_config(course)
        lesson = gradebook.register(course, unit_id, config, scratch / "lessons", log)
        grading = course.grading
        limits = Limits(
            memory=grading.memory_mb * 10**6,
            cpu_seconds=grading.cpu_seconds,
            file_bytes=grading.file_mb * 10**6,
            threads=grading.threads,
        )
        settings = Settings(
            level, limits, grading.cell_timeout, grading.output_mb * 10**6, modules_for(lesson)
        )
        text = nbformat.writes(lesson)
        tasks = {student: _task(course, unit_id, student, text, settings) for student in chosen}
        journal = Journal(course.root, unit_id)
        results: dict[str, Result] = {}
        keys = {student: task.key for student, task in tasks.items()}
        with Writer(course, unit_id, config, lesson, scratch) as writer:
            new = []
            for student, task in tasks.items():
                if journal.knows(student, keys[student]):
                    results[student] = writer.read(student, _noted(student, journal))
                else:
                    new.append(task)
            for graded in _run(new, jobs, scheduler):
                if on_progress:
                    on_progress(len(results), len(chosen), graded.student)
                student = graded.student
                journal.forget(student)
                results[student] = writer.enter(graded, timestamp_of(course, unit_id, student))
                if graded.status is not Outcome.FAILED:  # a failure of ours is tried again next time
                    journal.note(student, keys[student], _entry(graded))
    if on_progress:
        on_progress(len(chosen), len(chosen), "")
    return [results[student] for student in chosen]


def _task(course: Course, unit_id: str, student: str, lesson: str, settings: Settings) -> Task:
    try:
        content = read_handin(course.root / "submitted", student, unit_id)
        return Task(unit_id, student, lesson, settings, content)
    except BrokenHandin as error:
        return Task(unit_id, student, lesson, settings, problem=str(error))


def _run(tasks: Sequence[Task], jobs: int | None, scheduler: str | None) -> Iterator[Graded]:
    if not tasks:
        return iter(())
    if scheduler:
        return on_a_cluster(tasks, scheduler)
    return on_this_machine(tasks, min(jobs or os.cpu_count() or 1, len(tasks)))


def _entry(graded: Graded) -> dict[str, object]:
    return {
        "status": str(graded.status),
        "reason": graded.reason,
        "remarks": list(graded.remarks),
        "misconceptions": graded.misconceptions,
    }


def _noted(student: str, journal: Journal) -> Graded:
    """A result that an earlier run entered, but for its notebook."""
    entry = journal.entry(student)
    return Graded(
        student=student,
        status=Outcome(str(entry["status"])),
        reason=str(entry["reason"]),
        remarks=tuple(map(str, entry["remarks"])),  # type: ignore[call-overload]
        notebook="",
        misconceptions=dict(entry["misconceptions"]),  # type: ignore[call-overload]
    )
