"""`course submit`: a student's notebook, packed with a receipt."""

from __future__ import annotations

import getpass
import os
import zipfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from autograder.course_file import CourseError
from autograder.grading.handins import receipts
from autograder.grading.handins.beside import of_a_handin
from autograder.grading.handins.intake import BrokenHandin, parse, read_bytes
from autograder.grading.handins.receipts import Receipt
from autograder.grading.notebooks.graded_cells import unfinished

if TYPE_CHECKING:
    from autograder.course import Course


def submit(course: Course, unit_id: str, name: str | None = None) -> tuple[Path, Receipt]:
    """Pack ``work/<unit>/<unit>.ipynb`` into ``work/handin-<unit>-<student>.zip``, with what lies beside it.

    Raises CourseError where the notebook is missing or cannot be read as one, or where too much lies there.
    """
    unit = course.unit(unit_id).id
    notebook = course.root / "work" / unit / f"{unit}.ipynb"
    if not notebook.exists():
        raise CourseError(f"There is no {notebook.relative_to(course.root)} to hand in. Next: course lab")
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


def as_text(path: Path, receipt: Receipt) -> str:
    """The receipt as a student reads it."""
    lines = [
        f"Packed {path}",
        f"  unit      {receipt.unit}",
        f"  student   {receipt.student}",
        f"  time      {receipt.time}",
        f"  sha256    {receipt.sha256}",
        "  versions  " + ", ".join(f"{name} {version}" for name, version in receipt.versions.items()),
    ]
    with zipfile.ZipFile(path) as packed:
        names = packed.namelist()
    if beside := [name for name in names if name not in (f"{receipt.unit}.ipynb", receipts.FILE_NAME)]:
        lines.append("  beside    " + ", ".join(beside))
    if receipt.unfinished:
        lines.append(f"Not finished yet: {', '.join(receipt.unfinished)}. You can hand in again later.")
    lines.append("Next: give this zip to your teacher.")
    return "\n".join(lines)


def _login() -> str:
    """The name by which JupyterHub or this machine knows the student, as a student's name is written."""
    try:
        return receipts.student_id(os.environ.get("JUPYTERHUB_USER") or getpass.getuser())
    except (OSError, KeyError, ImportError, CourseError):
        raise CourseError(
            "Who are you? The login here is nobody's name. Next: course submit UNIT --name 'YOUR NAME'"
        ) from None
