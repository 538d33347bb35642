"""`course lab`: JupyterLab on a student's own copy of the lessons, which is never overwritten."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from autograder.building.packing import files_in
from autograder.course_file import CourseError
from autograder.own_work import beside
from autograder.syllabus import PAGE, write_page

if TYPE_CHECKING:
    from autograder.course import Course

HANDED_OUT = ".handed-out.json"
"""In ``work/``: the hash of each lesson as it was last laid there, by unit, and of each file beside it."""
REFERENCES = ("glossary.md", "bibliography.md")
"""Pages of docs/ that are laid beside the lessons, where the overview links to them."""


def lay_out(course: Course) -> list[str]:
    """Bring every lesson and the overview into ``work/``; say what was done with lessons, a sentence each.

    What the student has changed stays as it is: a newer version is laid beside it, once. Raises CourseError
    where no lesson has been built.
    """
    work = course.root / "work"
    work.mkdir(exist_ok=True)
    known = _read_known(work)
    lessons = {unit.id: course.lesson(unit.id) for unit in course.units if course.lesson(unit.id).is_file()}
    if not lessons:
        raise CourseError("There is no lesson in lessons/ yet. Next: course build")
    said, today = [], datetime.now(ZoneInfo(course.time_zone))
    for unit, lesson in lessons.items():
        begun = (work / unit / lesson.name).exists()
        if not begun:
            said.append(f"{unit} is new in work/.")
        for name, content in files_in(lesson.parent).items():
            is_lesson = name == lesson.name
            note = _bring(content, work / unit / name, known, unit if is_lesson else f"{unit}/{name}", today)
            if note and begun:
                said.append(f"{unit if is_lesson else f'{name} of {unit}'} has a newer version{note}")
    (work / HANDED_OUT).write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")
    for name in REFERENCES:
        if (page := course.root / "docs" / name).is_file():
            shutil.copyfile(page, work / name)
    write_page(course)
    return said


def _bring(content: bytes, own: Path, known: dict[str, str], key: str, today: datetime) -> str:
    """Lay a file of the course where the student's is to be; say what was done where there is an older one.

    ``known`` has, by key, the hash of what was laid there last.
    """
    before, known[key] = known.get(key), _digest(content)
    if not own.exists():
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_bytes(content)
        return ""
    there = own.read_bytes()
    if before == known[key] or there == content:
        return ""
    if before == _digest(there):
        own.write_bytes(content)
        return ", which takes the place of yours: you had not changed it."
    newer = beside(own, today)
    newer.write_bytes(content)
    return f": it lies beside yours as {newer.name}. Yours is untouched."


def open_lab(course: Course, port: int | None = None, browser: bool = True) -> int:
    """Run JupyterLab on ``work/`` until it is stopped; return its exit status."""
    if port is not None and not port_is_free(port):
        raise CourseError(
            f"Port {port} is taken by another program. Next: course lab, which finds a free one."
        )
    work = course.root / "work"
    command = [
        *(sys.executable, "-m", "jupyterlab"),
        f"--ServerApp.root_dir={work}",
        f"--LabApp.default_url=/lab/tree/{PAGE}",
        *([] if port is None else [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]),
        *([] if browser else ["--no-browser"]),
        # in a container one is often root, where Jupyter refuses to start; it listens on this machine only
        *(["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
    ]
    # from work/, where nbgrader's Assignment List fetches to and hands in from
    environment = {**os.environ, **settings_of(course)}
    if os.name == "posix":  # Jupyter takes this process's place: what stops one stops the other
        os.chdir(work)
        os.execve(sys.executable, command, environment)
    process = subprocess.Popen(command, cwd=work, env=environment)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # Jupyter has it too, and asks whether to stop


def settings_of(course: Course) -> dict[str, str]:
    """By which nbgrader's buttons find nbgrader_config.py wherever Jupyter runs."""
    others = os.environ.get("JUPYTER_CONFIG_PATH")
    return {"JUPYTER_CONFIG_PATH": os.pathsep.join([str(course.root), *filter(None, [others])])}


def port_is_free(port: int) -> bool:
    """Can a server listen on this port of this machine?"""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":  # there, it would take a port from another program
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
    return True


def _read_known(work: Path) -> dict[str, str]:
    try:
        known = json.loads((work / HANDED_OUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
