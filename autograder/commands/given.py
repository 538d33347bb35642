"""A student's copy of the course: laid by the wheel in an empty folder, brought up to date by it or a zip."""

from __future__ import annotations

import tempfile
import zipfile
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from autograder.building.packing import DISTRIBUTION, LOCK, REQUIREMENTS, given
from autograder.commands import typed
from autograder.course_file import CourseError
from autograder.records import course_root

if TYPE_CHECKING:
    from autograder.course import Course

STAYS = ("work", ".venv")
"""Folders of a student's that no zip writes to."""


def begin(folder: Path) -> Course:
    """The course that a folder lies in, or the one that came with the wheel, laid there where it is empty.

    A copy that was laid so follows the wheel that is installed; one from a zip follows its zips. Raises
    CourseError where there is none.
    """
    from autograder.course import find_course

    files, root = given(), course_root(folder)
    files.pop(LOCK, None)  # pip was not given it
    if root is None and files:
        if others := [path.name for path in folder.iterdir() if not _is_pips(path)]:
            raise CourseError(
                f"{folder} holds no course.yml, and is not empty ({others[0]}). "
                "Next: go to the folder of the course, or to an empty one, and try again."
            )
        _write(folder, files)
    elif root is not None and files:
        course = find_course(folder)
        here = {unit.id for unit in course.units} & {name.split("/")[1] for name in files if "/" in name}
        if here and course.is_students_copy and not (root / REQUIREMENTS).exists():
            _write(root, files)
    return find_course(folder)


def take_in(course: Course, path: Path) -> Course:
    """Put what is in the zip in the place of what came with the last one; return the course as it is then.

    ``work/`` is left alone. Raises CourseError, with nothing written, where it is no zip of this course.
    """
    from autograder.course import Course

    if not course.is_students_copy:
        raise CourseError(
            f"{course.root} is no student's copy: it holds source/, or no lessons. Next: course build"
        )
    files = _files(path.expanduser(), course.root)
    with tempfile.TemporaryDirectory() as name:
        _write(Path(name), files)
        newer = Course.load(Path(name))
    if not {unit.id for unit in course.units} & {unit.id for unit in newer.units}:
        raise CourseError(
            f"{path} is of another course, {newer.title}. Next: unpack it, and begin in its own folder."
        )
    _write(course.root, files)
    for wheel in course.root.glob("learning_to_divide-*.whl"):
        if wheel.name not in files:
            wheel.unlink()
    return Course.load(course.root)


def older_checks(course: Course) -> str:
    """What to say where the lessons came with another version of the checks than the installed one; or ""."""
    try:
        wanted = (course.root / REQUIREMENTS).read_text(encoding="utf-8")
        installed = metadata.version(DISTRIBUTION)
    except (OSError, UnicodeDecodeError, metadata.PackageNotFoundError):
        return ""
    if f"-{installed}-" in wanted or not course.is_students_copy:
        return ""
    return (
        "These lessons came with another version of the checks than the one that is installed. "
        f"Next: {typed.python()} -m pip install -r {REQUIREMENTS}"
    )


def _files(path: Path, root: Path) -> dict[str, bytes]:
    """The files in a zip, by their names below its one folder, as they can be written into ``root``."""
    try:
        with zipfile.ZipFile(path) as archive:
            files = {
                PurePosixPath(*parts[1:]).as_posix(): archive.read(member)
                for member in archive.infolist()
                if not member.is_dir() and len(parts := PurePosixPath(member.filename).parts) > 1
            }
    except FileNotFoundError:
        raise CourseError(
            f"{path}: there is no such file. Next: name the zip that your teacher gave you."
        ) from None
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        raise CourseError(f"{path} is no zip, or a damaged one. Next: download it again.") from None
    strange = [name for name in files if name.split("/")[0] in STAYS or not _is_inside(root / name, root)]
    if strange or not {"course.yml", REQUIREMENTS} <= files.keys():
        raise CourseError(f"{path} is no zip of a course. Next: name the zip that your teacher gave you.")
    return files


def _is_pips(path: Path) -> bool:
    """Is it what lies in a folder in which a wheel was installed: an environment, the wheel, hidden files?"""
    return path.name.startswith(".") or path.suffix == ".whl" or (path / "pyvenv.cfg").is_file()


def _is_inside(place: Path, root: Path) -> bool:
    return place.resolve().is_relative_to(root.resolve())


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
