"""`course build`: source/ made canonical, lessons/ and solutions/ made from it; only what changed."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from autograder.building import fingerprint
from autograder.building.canonical import canonical_text, read_notebook
from autograder.building.conversion import convert, scratch_folder, take_out_hidden_tests
from autograder.building.drift import folder_differences
from autograder.building.graded import refuse_ungradable
from autograder.building.solved import environment, solve
from autograder.building.warm_kernels import WarmKernels
from autograder.course import Course
from autograder.course_file import CourseError
from autograder.own_exercises import look_in
from autograder.whole_files import write_whole

OnProgress = Callable[[int, int, str], None]
"""Called as (steps done, of how many, what is being done), in another thread; a step is a code cell, or a
unit's conversion."""


@dataclass
class BuildReport:
    """What a build did: paths are relative to the course's folder.

    ``differences`` says what is stale (only filled by a check, and by folders that no unit accounts for).
    """

    executed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.differences


def build(
    course: Course,
    units: Sequence[str] | None = None,
    *,
    check: bool = False,
    force: bool = False,
    solutions: bool = True,
    on_progress: OnProgress | None = None,
) -> BuildReport:
    """Build the units named, or all: canonical source, lesson, executed solution; as many at once as cores.

    A unit whose source, packages and files are those of its last build is left alone unless ``force``.
    With ``check`` nothing is written: the report says what a build would change. Without ``solutions`` no
    cell is executed. Raises CourseError, a line for each notebook that cannot be built; then nothing of that
    unit is changed.
    """
    from filelock import FileLock

    course.refuse_students_copy()
    look_in(course.exercises_folder)
    chosen = [course.unit(unit_id).id for unit_id in units] if units else [unit.id for unit in course.units]
    report = BuildReport()
    (course.root / ".scratch").mkdir(exist_ok=True)
    with FileLock(course.root / ".scratch" / "build.lock"):
        tools = fingerprint.tools(course)
        inputs = {unit_id: fingerprint.inputs(course, unit_id, tools) for unit_id in chosen}
        due = [one for one in chosen if force or not fingerprint.is_recorded(course, one, inputs[one])]
        report.unchanged = [unit_id for unit_id in chosen if unit_id not in due]
        if due:
            steps = _Steps(sum(_steps(course, unit_id, solutions) for unit_id in due), on_progress)
            for built in _in_a_thread(_build_units(_Build(course, tools, check, solutions, steps), due)):
                report.executed += built.executed
                report.written += built.written
                report.differences += built.differences
    if units is None:
        report.differences += _left_over(course)
    return report


def register(course: Course, unit_id: str) -> None:
    """Write the unit's cells, points and due date into gradebook.db; CourseError when nbgrader refuses.

    A build does not touch the gradebook; grading calls this (or does the same) before it starts.
    """
    from autograder.grading.gradebook import gradebook
    from autograder.grading.nbgrader_inside import at_work, read_config

    with scratch_folder(course) as folder, at_work() as log:
        gradebook.register(course, course.unit(unit_id).id, read_config(course), folder, log)


class _Steps:
    def __init__(self, total: int, on_progress: OnProgress | None) -> None:
        self.done, self.total, self.what, self.on_progress = 0, total, "", on_progress

    def start(self, what: str) -> None:
        self.what = what
        self._tell()

    def step(self) -> None:
        self.done += 1
        self._tell()

    def _tell(self) -> None:
        if self.on_progress:
            self.on_progress(self.done, self.total, self.what)


def _steps(course: Course, unit_id: str, solutions: bool) -> int:
    return 1 + solutions * sum(_runs(cell) for cell in read_notebook(course.source(unit_id))["cells"])


def _runs(cell: dict[str, Any]) -> bool:
    return cell["cell_type"] == "code" and bool(cell["source"].strip())


class _Build(NamedTuple):
    """What all units of one build have in common."""

    course: Course
    tools: str
    check: bool
    solutions: bool
    steps: _Steps


def _in_a_thread(building: Coroutine[Any, Any, list[BuildReport]]) -> list[BuildReport]:
    """Run it where no event loop runs yet, and nbclient leaves signals alone: Ctrl-C ends every kernel."""
    loop = asyncio.new_event_loop()
    task = loop.create_task(building)
    with ThreadPoolExecutor(1) as thread, closing(loop):
        done = thread.submit(loop.run_until_complete, task)
        try:
            return done.result()
        except KeyboardInterrupt:
            loop.call_soon_threadsafe(task.cancel)
            wait([done])
            raise


async def _build_units(build: _Build, due: list[str]) -> list[BuildReport]:
    """Side by side, as many as there are cores. Raises CourseError that says what stopped any of them."""
    texts = [build.course.source(unit_id).read_text(encoding="utf-8") for unit_id in due]
    room = asyncio.Semaphore(os.cpu_count() or 1)
    with WarmKernels(texts, environment()) if build.solutions else nullcontext() as kernels:

        async def one(unit_id: str) -> BuildReport:
            async with room:
                return await _build_unit(build, unit_id, kernels)

        ended = await asyncio.gather(*map(one, due), return_exceptions=True)
    for other in ended:
        if isinstance(other, BaseException) and not isinstance(other, CourseError):
            raise other
    if failed := [str(error) for error in ended if isinstance(error, CourseError)]:
        raise CourseError("\n".join(failed))
    return [built for built in ended if isinstance(built, BuildReport)]


async def _build_unit(build: _Build, unit_id: str, kernels: WarmKernels | None) -> BuildReport:
    course, check, steps, report = build.course, build.check, build.steps, BuildReport()
    source = course.source(unit_id)
    name = source.relative_to(course.root)
    steps.start(f"{unit_id}: lesson")
    text = canonical_text(source)
    canonical = text == source.read_bytes().decode("utf-8")
    if check and not canonical:
        report.differences.append(f"{name.as_posix()} is not in its canonical form")
    if not check and not canonical:
        write_whole(source, text.encode("utf-8"))
        report.written.append(name)
    refuse_ungradable(text, source)
    before = fingerprint.inputs(course, unit_id, build.tools)
    with scratch_folder(course) as folder:
        shutil.copytree(source.parent, folder / "source" / unit_id)
        (folder / "source" / unit_id / source.name).write_text(text, encoding="utf-8", newline="\n")
        convert(course, unit_id, folder)
        steps.step()
        if kernels:
            steps.start(f"{unit_id}: solution")
            solved = folder / "solutions" / unit_id / source.name
            await solve(solved, source, course.grading.clock_timeout, kernels, steps.step)
            take_out_hidden_tests(course, solved)
            report.executed.append(unit_id)
        for kind in ("lessons", "solutions") if kernels else ("lessons",):
            fresh, stored = folder / kind / unit_id, course.root / kind / unit_id
            if check:
                report.differences += folder_differences(
                    fresh, stored, f"{kind}/{unit_id}", outputs=kind == "solutions"
                )
            else:
                report.written += [path.relative_to(course.root) for path in _replace(stored, fresh)]
    if kernels and not report.differences:
        fingerprint.record(course, unit_id, before)
    return report


def _replace(stored: Path, fresh: Path) -> list[Path]:
    """Make ``stored`` hold the files of ``fresh``; each is swapped in whole. Returns what was changed."""
    new = {path.relative_to(fresh) for path in fresh.rglob("*") if path.is_file()}
    old = {path.relative_to(stored) for path in stored.rglob("*") if path.is_file()}
    changed = []
    for file in sorted(new):
        content = (fresh / file).read_bytes()
        if file not in old or (stored / file).read_bytes() != content:
            write_whole(stored / file, content)
            changed.append(stored / file)
    for file in sorted(old - new):
        if not any(part.startswith(".") for part in file.parts):
            (stored / file).unlink()
            changed.append(stored / file)
    return changed


def _left_over(course: Course) -> Iterable[str]:
    """Folders of lessons/ and solutions/ that belong to no unit: a unit renamed or taken out."""
    known = {unit.id for unit in course.units}
    for kind in ("lessons", "solutions"):
        for folder in sorted((course.root / kind).glob("[!.]*")):
            if folder.name not in known:
                yield f"{kind}/{folder.name} belongs to no unit of course.yml: delete it"


__all__ = ["BuildReport", "CourseError", "OnProgress", "build", "register"]
