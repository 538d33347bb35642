"""`course build`: source/ made canonical, lessons/ and solutions/ made from it; only what changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.building import fingerprint
from autograder.building.canonical import canonical_text, read_notebook
from autograder.building.conversion import convert, scratch_folder, take_out_hidden_tests
from autograder.building.drift import folder_differences
from autograder.building.graded import refuse_ungradable
from autograder.building.solved import solve
from autograder.course import Course
from autograder.course_file import CourseError
from autograder.own_exercises import look_in

OnProgress = Callable[[int, int, str], None]
"""Called as (steps done, of how many, what is being done); a step is a code cell, or a unit's conversion."""


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
    on_progress: OnProgress | None = None,
) -> BuildReport:
    """Build the units named, or all: canonical source, lesson, executed solution.

    A unit whose source, packages and files are those of its last build is left alone unless ``force``.
    With ``check`` nothing is written: the report says what a build would change. Raises CourseError where a
    notebook cannot be built; then nothing of that unit is changed.
    """
    from filelock import FileLock

    look_in(course.exercises_folder)
    chosen = [course.unit(unit_id).id for unit_id in units] if units else [unit.id for unit in course.units]
    report = BuildReport()
    (course.root / ".scratch").mkdir(exist_ok=True)
    with FileLock(course.root / ".scratch" / "build.lock"):
        due = [unit_id for unit_id in chosen if force or not fingerprint.is_recorded(course, unit_id)]
        report.unchanged = [unit_id for unit_id in chosen if unit_id not in due]
        steps = _Steps(sum(_steps(course, unit_id) for unit_id in due), on_progress)
        for unit_id in due:
            _build_unit(course, unit_id, check, report, steps)
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


def _steps(course: Course, unit_id: str) -> int:
    return 1 + sum(_runs(cell) for cell in read_notebook(course.source(unit_id))["cells"])


def _runs(cell: dict[str, Any]) -> bool:
    return cell["cell_type"] == "code" and bool(cell["source"].strip())


def _build_unit(course: Course, unit_id: str, check: bool, report: BuildReport, steps: _Steps) -> None:
    source = course.source(unit_id)
    name, known = source.relative_to(course.root), len(report.differences)
    steps.start(f"{unit_id}: lesson")
    text = canonical_text(source)
    canonical = text == source.read_bytes().decode("utf-8")
    if check and not canonical:
        report.differences.append(f"{name.as_posix()} is not in its canonical form")
    if not check and not canonical:
        _write(source, text.encode("utf-8"))
        report.written.append(name)
    refuse_ungradable(text, source)
    before = fingerprint.inputs(course, unit_id)
    with scratch_folder(course) as folder:
        shutil.copytree(source.parent, folder / "source" / unit_id)
        (folder / "source" / unit_id / source.name).write_text(text, encoding="utf-8", newline="\n")
        convert(course, unit_id, folder)
        steps.step()
        steps.start(f"{unit_id}: solution")
        solved = folder / "solutions" / unit_id / source.name
        solve(solved, source, course.grading.clock_timeout, steps.step)
        take_out_hidden_tests(course, solved)
        report.executed.append(unit_id)
        for kind in ("lessons", "solutions"):
            fresh, stored = folder / kind / unit_id, course.root / kind / unit_id
            if check:
                report.differences += folder_differences(
                    fresh, stored, f"{kind}/{unit_id}", outputs=kind == "solutions"
                )
            else:
                report.written += [path.relative_to(course.root) for path in _replace(stored, fresh)]
    if len(report.differences) == known:
        fingerprint.record(course, unit_id, before)


def _replace(stored: Path, fresh: Path) -> list[Path]:
    """Make ``stored`` hold the files of ``fresh``; each is swapped in whole. Returns what was changed."""
    new = {path.relative_to(fresh) for path in fresh.rglob("*") if path.is_file()}
    old = {path.relative_to(stored) for path in stored.rglob("*") if path.is_file()}
    changed = []
    for file in sorted(new):
        content = (fresh / file).read_bytes()
        if file not in old or (stored / file).read_bytes() != content:
            _write(stored / file, content)
            changed.append(stored / file)
    for file in sorted(old - new):
        if not any(part.startswith(".") for part in file.parts):
            (stored / file).unlink()
            changed.append(stored / file)
    return changed


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)


def _left_over(course: Course) -> Iterable[str]:
    """Folders of lessons/ and solutions/ that belong to no unit: a unit renamed or taken out."""
    known = {unit.id for unit in course.units}
    for kind in ("lessons", "solutions"):
        for folder in sorted((course.root / kind).glob("[!.]*")):
            if folder.name not in known:
                yield f"{kind}/{folder.name} belongs to no unit of course.yml: delete it"


__all__ = ["BuildReport", "CourseError", "OnProgress", "build", "register"]
