"""`course submit`: a student's notebook, packed with a receipt."""

from __future__ import annotations

import getpass
import os
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from autograder.course_file import CourseError
from autograder.grading.handins import receipts
from autograder.grading.handins.beside import of_a_handin
from autograder.grading.handins.intake import BrokenHandin, parse, read_bytes
from autograder.grading.handins.receipts import Receipt
from autograder.grading.notebooks.graded_cells import answer_cells, unfinished
from autograder.own_work import newer_beside, own_copy

if TYPE_CHECKING:
    from autograder.course import Course


Ask = Callable[[str, Sequence[tuple[str, str]]], int]
"""Called with a question and what to choose from, each in two words; returns which one was chosen, from 0."""


def which(course: Course, unit_id: str, named: str | None = None, ask: Ask | None = None) -> Path:
    """The notebook of a unit that counts: the one named, the only one, or the one chosen when asked.

    Raises CourseError where there is none, and where nobody can be asked, with what to type.
    """
    own = own_copy(course, unit_id)
    there = [own, *newer_beside(own)]
    if named is not None:
        return _named(own.parent, named, there)
    if len(there) == 1:
        return own
    done = [_done(course, own.stem, path) for path in there]
    choices = [(path.name, said) for path, (_, said) in zip(there, done, strict=True)]
    question = f"Which of these is your {own.stem}?"
    if ask is not None:
        return there[ask(question, choices)]
    best = max(zip(done, there, strict=True), key=lambda one: one[0][0])[1]
    listed = ", ".join(f"{name} ({said})" for name, said in choices)
    raise CourseError(f'{question} {listed}. Next: course submit {own.stem} --notebook "{best.name}"')


def submit(
    course: Course, unit_id: str, name: str | None = None, notebook: Path | None = None
) -> tuple[Path, Receipt]:
    """Pack a unit's notebook into ``work/handin-<unit>-<student>.zip``, with what lies beside it.

    ``notebook`` is `which` one, where there are several. Raises CourseError where it is missing or cannot be
    read as one, or where too much lies there.
    """
    unit = course.unit(unit_id).id
    notebook = notebook or own_copy(course, unit)
    try:
        content = read_bytes(notebook)
        missing = unfinished(parse(content), parse(read_bytes(course.lesson(unit))))
    except BrokenHandin as error:
        raise CourseError(
            f"{notebook.relative_to(course.root)} cannot be handed in: {error}. Next: save it in JupyterLab."
        ) from None
    files, left_out = of_a_handin(notebook.parent, course.lesson(unit).parent)
    if left_out:
        raise CourseError(f"{left_out[0]}. Next: rename it, make it smaller, or move it out of work/{unit}/.")
    student = receipts.student_id(name) if name else _login()
    moment = datetime.now(ZoneInfo(course.time_zone))
    receipt = receipts.write_receipt(unit, student, content, moment, missing)
    path = course.root / "work" / f"handin-{unit}-{student}.zip"
    receipts.pack(path, content, receipt, files.contents)
    return path, receipt


def as_text(path: Path, receipt: Receipt, notebook: Path | None = None) -> str:
    """The receipt as a student reads it; of another ``notebook`` than the unit's own its name, too."""
    lines = [
        f"Packed {path}",
        f"  unit      {receipt.unit}",
        f"  student   {receipt.student}",
        f"  time      {receipt.time}",
        f"  sha256    {receipt.sha256}",
        "  versions  " + ", ".join(f"{name} {version}" for name, version in receipt.versions.items()),
    ]
    if notebook and notebook.name != f"{receipt.unit}.ipynb":
        lines.insert(2, f"  notebook  {notebook.name}")
    with zipfile.ZipFile(path) as packed:
        names = packed.namelist()
    if beside := [name for name in names if name not in (f"{receipt.unit}.ipynb", receipts.FILE_NAME)]:
        lines.append("  beside    " + ", ".join(beside))
    if receipt.unfinished:
        lines.append(f"Not finished yet: {', '.join(receipt.unfinished)}. You can hand in again later.")
    lines.append("Next: give this zip to your teacher.")
    return "\n".join(lines)


def _named(folder: Path, named: str, there: Sequence[Path]) -> Path:
    for path in (folder / named, Path(named)):
        if path.suffix == ".ipynb" and path.is_file() and path.resolve().parent == folder.resolve():
            return path
    names = ", ".join(path.name for path in there)
    raise CourseError(f"{named}: there is no such notebook in {folder}; there are {names}.")


def _done(course: Course, unit: str, notebook: Path) -> tuple[int, str]:
    """How many of the unit's exercises are answered in a notebook; and in words."""
    try:
        lesson = parse(read_bytes(course.lesson(unit)))
        missing = unfinished(parse(read_bytes(notebook)), lesson)
    except BrokenHandin:
        return -1, "cannot be read"
    total = len(answer_cells(lesson))
    return total - len(missing), f"{total - len(missing)} of {total} answered"


def _login() -> str:
    """The name by which JupyterHub or this machine knows the student, as a student's name is written."""
    try:
        return receipts.student_id(os.environ.get("JUPYTERHUB_USER") or getpass.getuser())
    except (OSError, KeyError, ImportError, CourseError):
        raise CourseError(
            "Who are you? The login here is nobody's name. Next: course submit UNIT --name 'YOUR NAME'"
        ) from None
