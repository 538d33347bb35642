"""The fast and safe engine: a class at once, sandboxed, judged outside, resumable.

Intake and the gradebook are this process's; in between, workers run `grade_task`. One writer enters results
as they come, so a run that is killed has lost what was in the air and nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

import nbformat

from autograder.course_file import CourseError
from autograder.grading.engine.best import Counting
from autograder.grading.engine.cluster import on_a_cluster
from autograder.grading.engine.progress import OnProgress, Watch
from autograder.grading.engine.task import Task
from autograder.grading.engine.tasks import Tasks
from autograder.grading.engine.worker_pool import WorkerPool
from autograder.grading.gradebook import gradebook
from autograder.grading.gradebook.journal import Journal
from autograder.grading.handins import beside
from autograder.grading.handins.submitted import handed_in, scratch_folder, timestamp_of
from autograder.grading.messages import told_in_a_sentence
from autograder.grading.nbgrader_inside import at_work, read_config
from autograder.grading.results import Graded, Outcome, Result
from autograder.grading.run import visible
from autograder.grading.run.own_code import own_code
from autograder.grading.run.parent_pool import ParentPool, modules_for
from autograder.grading.run.settings import Settings
from autograder.grading.sandbox import Level, Limits, bubblewrap
from autograder.grading.sandbox.probing import best_level, refusal
from autograder.processes.garbage import no_full_collection
from autograder.verdict import Verdict

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
        raise CourseError(refusal())
    if level is not Level.NONE and (seen := visible.exposed(course)):
        raise CourseError(visible.refusal(seen))
    chosen = handed_in(course, unit_id, students)
    settings, journal = settings_of(course, level), Journal(course.root, unit_id)
    jobs = jobs or os.cpu_count() or 1
    with (
        told_in_a_sentence(course),
        at_work() as log,
        scratch_folder(course) as scratch,
        ParentPool(settings) as parents,
        WorkerPool(jobs, (settings, parents.lent)) as pool,
    ):
        if not scheduler and journal.misses(chosen):
            pool.begin(len(chosen))
            parents.begin(modules_for(_source(course, unit_id)))
        with no_full_collection():  # nbgrader takes a second to load; meanwhile those start
            from autograder.grading.gradebook.writer import Writer

        config = read_config(course)
        lesson, changed = gradebook.register(course, unit_id, config, scratch / "lessons", log)
        tests = gradebook.tests_of(course, unit_id, config, lesson)
        files = beside.of_the_unit(course, unit_id, config, settings.limits)
        code = own_code(course, lesson)
        tasks = Tasks(course, unit_id, nbformat.writes(lesson), settings, tests, files, code)
        counting = Counting(course, unit_id, chosen, journal, lesson)
        elsewhere = scheduler and level is not Level.NONE
        sandbox = f"sandbox of level {level}, on each machine" if elsewhere else bubblewrap.said(level)
        watched = (on_progress, 0 if scheduler else jobs, sandbox)

        def start(labels: Sequence[str]) -> None:
            """What runs these; on a cluster, its own workers do."""
            if not scheduler:
                for label in labels:
                    parents.begin(tasks.modules[label])
                parents.no_more()
                pool.begin(len(labels))

        with Writer(course, unit_id, config, lesson, scratch) as writer:
            if untried := tasks.untried(counting):
                start([*tasks.again, *(one for one in chosen if not journal.recall(one, tasks.look(one)))])
                first = Watch(f"{unit_id}, to find the best", len(untried), *watched)
                first.begin(untried)
                with closing(_run(tasks, untried, scheduler, pool)) as all_tried:
                    for graded in all_tried:
                        first.entered(counting.enter(tasks.again[graded.student], graded))
            counting.settle(writer.marks)
            results: dict[str, Result] = {}
            for student in chosen:
                tasks.drop(student)  # another hand-in may lie there now
                noted = journal.recall(student, tasks.look(student))
                stamp = timestamp_of(course, unit_id, student)
                if noted and (result := writer.still_there(noted, stamp)):
                    results[student] = result
                    tasks.drop(student)
            new = [student for student in chosen if student not in results]
            new.sort(key=lambda student: len(tasks.modules[student]))  # the others while TensorFlow is loaded
            watch = Watch(unit_id, len(chosen), *watched, changed)
            watch.begin(new)
            run_before = counting.run_before(new)
            to_run = [student for student in new if student not in run_before]
            if not untried:
                start(to_run)
            with closing(_run(tasks, to_run, scheduler, pool)) as all_graded:
                for graded in chain(run_before.values(), all_graded):
                    student = graded.student
                    journal.forget(student)
                    results[student], noted = writer.enter(graded, timestamp_of(course, unit_id, student))
                    if graded.status is not Outcome.FAILED:  # a failure of ours is tried again next time
                        journal.note(tasks.keys[student], noted)
                    watch.entered(results[student])
    return [counting.remarked(results[student]) for student in chosen]


def settings_of(course: Course, level: Level) -> Settings:
    """What course.yml says of how hand-ins are run."""
    grading = course.grading
    limits = Limits(
        memory=grading.memory_mb * 10**6,
        cpu_seconds=grading.cpu_seconds,
        file_bytes=grading.file_mb * 10**6,
        threads=grading.threads,
    )
    return Settings(level, limits, grading.cell_timeout, grading.output_mb * 10**6)


def _run(
    tasks: Tasks, students: Sequence[str], scheduler: str | None, pool: WorkerPool
) -> Generator[Graded, None, None]:
    """Grade them; where there is none, no process is started and no scheduler asked.

    What the clock or a signal ended may be the machine's doing: it is run once more, alone, after the others.
    """

    def grade(some: Iterator[Task]) -> Iterator[Graded]:
        return on_a_cluster(some, scheduler) if scheduler else pool.grade(some)

    doubtful: dict[str, Mapping[str, Verdict]] = {}
    for graded in grade(map(tasks.take, students)) if students else ():
        if graded.doubtful:
            doubtful[graded.student] = graded.judged
        else:
            yield graded
    for student, earlier in doubtful.items():
        yield from grade(iter([replace(tasks.take(student), earlier=earlier)]))


def _source(course: Course, unit_id: str) -> str:
    """The unit's source as it stands in its file; nothing where that cannot be read, which is told later."""
    try:
        return course.source(unit_id).read_text(encoding="utf-8")
    except (OSError, UnicodeError):
        return ""
