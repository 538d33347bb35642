"""`course doctor`: what is missing on this machine, and how to mend it."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from autograder.building.packing import LOCK, REQUIREMENTS, given, lock
from autograder.commands import packages, typed
from autograder.commands.given import older_checks
from autograder.course_file import CourseError
from autograder.records import course_root

MIN_DISK_MB = 500
PORT = 8888
SECONDS = 180


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is as it must be, what was found, how to mend it.

    What is not ``needed`` is said, and no reason for an exit status: this machine cannot have it.
    """

    what: str
    ok: bool
    found: str
    mend: str = ""
    needed: bool = True

    def as_row(self) -> tuple[str, ...]:
        mark = "✓" if self.ok else "✗" if self.needed else "–"
        return (mark, self.what, self.found, "" if self.ok else self.mend)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


COLUMNS = ("", "what", "found", "how to mend it")


def examine(folder: Path, on_progress: Callable[[int, int, str], None] | None = None) -> list[Finding]:
    """Look at everything that the course needs, from the course's folder or one inside it.

    A student, who runs nobody else's notebooks, needs no sandbox and no exchange.
    """
    looks = [_python, _course, _packages, _kernel, _tensorflow, _sandbox, _folder, _exchange, _port, _disk]
    if _is_students(folder):
        looks.remove(_sandbox)
        looks.remove(_exchange)
    findings = []
    for done, look in enumerate(looks):
        if on_progress:
            on_progress(done, len(looks), look.__name__.strip("_"))
        findings.append(look(folder))
    return findings


def _python(_: Path) -> Finding:
    ok = (3, 11) <= sys.version_info[:2] <= (3, 13)
    mend = "install Python 3.12 and make a new .venv with it"
    return Finding("Python 3.11 to 3.13", ok, platform.python_version(), mend)


def _course(folder: Path) -> Finding:
    from autograder.course import find_course

    try:
        course = find_course(folder)
    except CourseError as error:
        if _is_students(folder):
            return Finding(
                "course.yml and lessons", True, "they came with the wheel: course lab lays them here"
            )
        return Finding("course.yml", False, str(error), "go to the course's folder, or mend course.yml")
    missing = [unit.id for unit in course.units if not course.lesson(unit.id).is_file()]
    if course.is_students_copy:
        there = f"{len(course.units) - len(missing)} of {len(course.units)} units in {course.root}"
        older = older_checks(course)
        return Finding("course.yml and lessons", not older, *(older.split(" Next: ") if older else (there,)))
    found = f"no lesson of {', '.join(missing)}" if missing else f"{len(course.units)} units in {course.root}"
    return Finding("course.yml and lessons", not missing, found, "course build")


def _packages(folder: Path) -> Finding:
    root, students = _root(folder), _is_students(folder)
    if students and not (root / REQUIREMENTS).is_file():  # pip was given the wheel alone
        wrong, count = packages.unlike_asked()
        mend, as_what = "install the wheel of your teacher again", "as the course asks for them"
    else:
        there = (root / LOCK).is_file()  # not in a course of one's own
        try:
            text = ((root / LOCK).read_bytes() if there else lock()).decode()
        except CourseError as error:
            found, _, mend = str(error).partition(" Next: ")
            return Finding("packages", False, found, mend)
        extras = packages.STUDENTS if students else packages.TEACHERS
        wrong, count = packages.unlike_locked(text, extras)
        mend = "install the course again, with its requirements.lock"
        if there:
            mend = f"{typed.python()} -m pip install -r {REQUIREMENTS if students else LOCK}"
        as_what = "as locked"
    more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
    said = "; ".join(wrong[:3]) + more if wrong else f"{count} packages {as_what}"
    return Finding("packages", not wrong, said, mend)


def _kernel(_: Path) -> Finding:
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    mend = f"{typed.python()} -m ipykernel install --sys-prefix"
    try:
        spec = KernelSpecManager().get_kernel_spec("python3")
    except NoSuchKernel:
        return Finding("kernel python3", False, "missing", mend)
    program = spec.argv[0]
    ok = program in ("python", "python3", Path(sys.executable).name) or Path(program).exists()
    return Finding(
        "kernel python3", ok, str(spec.resource_dir) if ok else f"starts {program}, which is gone", mend
    )


def _tensorflow(_: Path) -> Finding:
    """In a process of its own: a broken TensorFlow takes the process down with it."""
    from autograder.grading.nbgrader_inside import KERNEL_ENVIRONMENT

    code = "import tensorflow as tf; print(tf.__version__, float(tf.exp(0.0)))"
    mend = f"{typed.python()} -m pip install --force-reinstall -r {LOCK} (its processor must know AVX)"
    what = "TensorFlow imports and computes"
    try:
        run = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, **KERNEL_ENVIRONMENT},
        )
    except subprocess.TimeoutExpired:
        return Finding(what, False, f"no answer within {SECONDS} seconds", mend)
    words = run.stdout.split()
    if run.returncode == 0 and len(words) == 2 and words[1] == "1.0":
        return Finding(what, True, words[0])
    reason = (run.stderr.strip().splitlines() or [f"ended with status {run.returncode}"])[-1]
    return Finding(what, False, reason[:200], mend)


def _sandbox(folder: Path) -> Finding:
    """Tried for real. Only teachers need it: lessons and checks work without."""
    from autograder.course import find_course
    from autograder.grading.run import visible
    from autograder.grading.sandbox import SANDBOXES, bubblewrap
    from autograder.grading.sandbox.probing import ADVICE, ADVICE_ELSEWHERE, on_linux, probe

    what = "sandbox for course grade"
    found = [probe(level) for level in SANDBOXES]
    works = next((one for one in found if one.works), None)
    if works is None:
        reasons = "; ".join(dict.fromkeys(one.problem for one in found))
        said = f"{reasons}. Lessons and checks work without"
        mend = ADVICE if on_linux() else f"to grade a class: {ADVICE_ELSEWHERE}"
        return Finding(what, False, said, mend, needed=on_linux())
    try:
        course = find_course(folder)
    except CourseError:
        course = None
    if seen := visible.exposed(course):
        found_there, _, mend = visible.refusal(seen).partition(" Next: ")
        return Finding(what, False, found_there, mend)
    promised = "docs/security.md says what it promises"
    return Finding(what, True, f"{bubblewrap.said(works.level)}; {promised}")


def _folder(folder: Path) -> Finding:
    root = _root(folder)
    try:
        with tempfile.TemporaryFile(dir=root):
            pass
    except OSError as error:
        said = f"{root}: {(error.strerror or str(error)).lower()}"
        return Finding("folder can be written", False, said, "copy the course to a folder of your own")
    return Finding("folder can be written", True, str(root))


def _exchange(folder: Path) -> Finding:
    """Only who teaches on a machine with students needs it: elsewhere, its folder is not there."""
    from autograder.course import find_course
    from autograder.grading.exchange_folder import trouble

    what = "nbgrader's exchange"
    try:
        course = find_course(folder)
    except CourseError:
        return Finding(what, False, "no course", "mend course.yml", needed=False)
    where = course.exchange_folder
    if not course.exchange and sys.platform != "win32":
        return Finding(what, True, f"{where}, for you alone (exchange: in course.yml names a shared one)")
    if found := trouble(where, course.root):
        return Finding(what, False, found.found, found.mend, needed=where.exists())
    return Finding(what, True, f"{where}, where this course is {course.course_id}")


def _port(_: Path) -> Finding:
    from autograder.commands.lab import port_is_free

    if port_is_free(PORT):
        return Finding("a port for JupyterLab", True, f"{PORT} is free")
    others = next((port for port in range(PORT + 1, PORT + 50) if port_is_free(port)), None)
    if others:
        return Finding("a port for JupyterLab", True, f"{PORT} is taken, {others} is free")
    mend = "close other Jupyter servers: jupyter server list"
    return Finding("a port for JupyterLab", False, f"none free from {PORT} to {PORT + 49}", mend)


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(_root(folder)).free // 1_000_000
    mend = f"make room: {MIN_DISK_MB} MB are needed"
    return Finding("room on the disk", free >= MIN_DISK_MB, f"{free} MB free", mend)


def _is_students(folder: Path) -> bool:
    """Is it a student's copy, or a folder in which the wheel will lay one?"""
    from autograder.course import find_course

    try:
        return find_course(folder).is_students_copy
    except CourseError:
        return course_root(folder) is None and bool(given())


def _root(folder: Path) -> Path:
    folder = folder.resolve()
    return next((f for f in (folder, *folder.parents) if (f / "course.yml").is_file()), folder)
