"""What lies beside a notebook: a teacher's data, pictures and modules, and what a student handed in with it.

A hand-in gets a copy in its working folder, under the same relative names; the teacher's files win.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import tarfile
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from autograder.course_file import CourseError
from autograder.grading.handins.formats import can_be_opened
from autograder.grading.handins.intake import read_bytes
from autograder.grading.notebooks.cells import BrokenHandin
from autograder.lms.systems import said_in

if TYPE_CHECKING:
    from autograder.course import Course
    from autograder.grading.sandbox import Limits

MOST_FILES = 200
"""That a student may hand in beside a notebook."""
MOST_LOOKS = 2 * MOST_FILES
"""Files that are looked at to choose these."""
MOST_BYTES = 20_000_000
"""That these may hold together."""
MOST_FILES_OF_A_UNIT = 5_000
"""That a teacher may lay beside one."""
MOST_NOTES = 3
DEEPEST = 8
"""Folders in one another."""
IMPORTED = (".py", ".pyc", ".pyd", ".so")
"""Ends of names of what Python imports, besides folders."""
NAME = re.compile(r"\w([\w .,()+=@&'~#-]*[\w)~#])?")
LONGEST_NAME = 200
"""In bytes, of a file or a folder; file systems take 255."""
NO_WORK = (
    *("timestamp.txt", "submission_secret.txt", "receipt.json", "__pycache__", "__MACOSX"),
    *("Thumbs.db", "desktop.ini"),
)
"""What this course, nbgrader and other programs lay beside a notebook."""


@dataclass(frozen=True)
class Files:
    """Files by their names below the notebook's folder, with ``/`` between folders."""

    contents: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def digest(self) -> bytes:
        """The same for the same names and contents."""
        digest = hashlib.sha256()
        for name, content in sorted(self.contents.items()):
            digest.update(f"{len(name.encode())} {len(content)} {name}".encode())
            digest.update(content)
        return digest.digest()

    @property
    def code(self) -> str:
        """The text of the modules among them."""
        modules = (content for name, content in self.contents.items() if name.endswith(".py"))
        return "\n".join(content.decode(errors="replace") for content in modules)

    def under(self, others: Files) -> Files:
        """These and the others; where both want one place, the others have it."""
        folders = {str(parent) for name in others.contents for parent in PurePosixPath(name).parents}
        kept = {
            name: content
            for name, content in self.contents.items()
            if name not in folders and not others.contents.keys() & set(map(str, PurePosixPath(name).parents))
        }
        return Files({**kept, **others.contents})

    @contextmanager
    def archive(self) -> Iterator[int]:
        """A descriptor at the beginning of a tar archive of them, for `inside.child.lay_out`."""
        with tempfile.TemporaryFile() as file:
            with tarfile.open(fileobj=file, mode="w") as archive:
                for name, content in self.contents.items():
                    member = tarfile.TarInfo(name)
                    member.size = len(content)
                    archive.addfile(member, io.BytesIO(content))
            file.flush()
            os.lseek(file.fileno(), 0, os.SEEK_SET)
            yield file.fileno()


NONE = Files()

Offer = tuple[PurePosixPath, int, Callable[[], bytes]]
"""A file that may be a hand-in's: its path, its size, and how to read it, which may raise BrokenHandin."""


def by_folder(
    files: Iterable[Offer], notebooks: Iterable[PurePosixPath]
) -> tuple[dict[PurePosixPath, list[Offer]], list[PurePosixPath]]:
    """The files beside notebooks or below, by the folder of the nearest, and the paths of all others.

    Folders are as `lies_in` has them; those beside have their paths from there.
    """
    found: dict[PurePosixPath, list[Offer]] = {lies_in(notebook)[0]: [] for notebook in notebooks}
    loose = []
    for where, size, read in files:
        own, name = lies_in(where)
        if not is_work(where) or not name:
            continue
        if own in found:
            found[own].append((PurePosixPath(name), size, read))
        elif (folder := next((folder for folder in where.parents if folder in found), None)) is None:
            loose.append(where)
        else:
            found[folder].append((where.relative_to(folder), size, read))
    return found, loose


def lies_in(where: PurePosixPath) -> tuple[PurePosixPath, str]:
    """The folder of a file, and its name there: where a platform packs all into one, a person's own folder.

    The name is "" for what the platform itself wrote.
    """
    if not (said := said_in(where.name)):
        return where.parent, where.name
    return where.parent / " ".join(map(str, (said.system, said.key, said.moment))), said.file


def is_work(where: PurePosixPath) -> bool:
    """Is it neither a notebook or an archive of hand-ins nor what programs leave?"""
    hidden = any(part.startswith(".") or part in NO_WORK for part in where.parts)
    return not hidden and not can_be_opened(where) and where.suffix.lower() != ".pyc"


def of_the_unit(course: Course, unit_id: str, config: Any, limits: Limits) -> Files:
    """What the teacher laid beside the unit's source: what nbgrader would release with it.

    Raises CourseError where that is more than a hand-in may hold.
    """
    from nbgrader.utils import find_all_files

    from autograder.grading.nbgrader_inside import course_directory

    folder = course.source(unit_id).parent
    ignored = course_directory(course, config).ignore
    paths = sorted(map(Path, find_all_files(str(folder), [*ignored, "*.ipynb"])))
    size = sum(path.stat().st_size for path in paths)
    if size > limits.file_bytes:
        raise CourseError(
            f"{folder} holds {size / 1e6:.0f} MB beside the notebook, and each hand-in gets a copy: "
            f"{limits.file_bytes / 1e6:.0f} MB are allowed. "
            "Next: make it less, or raise file_mb in course.yml."
        )
    if len(paths) > MOST_FILES_OF_A_UNIT:
        raise CourseError(
            f"{folder} holds {len(paths)} files beside the notebook; {MOST_FILES_OF_A_UNIT} are allowed. "
            "Next: pack them into one file, such as a zip or an npz."
        )
    return Files({path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})


def of_a_handin(
    folder: Path, given: Path | None = None, most_bytes: int = MOST_BYTES
) -> tuple[Files, list[str]]:
    """What a student handed in beside the notebook in ``folder``, and why other files are left out.

    ``given`` is as in `Chosen`.
    """
    chosen = Chosen(given, most_bytes)
    for path in islice(_files_in(folder), MOST_LOOKS):
        if is_work(where := PurePosixPath(path.relative_to(folder).as_posix())):
            chosen.offer(where, path.lstat().st_size, partial(read_bytes, path, most_bytes))
    return Files(chosen.taken), chosen.notes


class Chosen:
    """The files of one hand-in, taken one by one while there is room."""

    def __init__(self, given: Path | None = None, most_bytes: int = MOST_BYTES) -> None:
        """``given`` is the teacher's folder: what has its place there is passed over, since that wins."""
        self.taken: dict[str, bytes] = {}
        self._folders: set[str] = set()
        self._said: list[str] = []
        self._looked = self._passed = 0
        self._given, self._room = given, most_bytes

    @cached_property
    def _modules(self) -> set[tuple[PurePosixPath, str]]:
        """The teacher's, looked for when the first file is offered: most hand-ins bring none."""
        return _modules_in(self._given) if self._given else set()

    @property
    def notes(self) -> list[str]:
        """Why files were left out; of many, the first ones."""
        shown = self._said[:MOST_NOTES]
        more = len(self._said) - len(shown) + self._passed
        return [*shown, *([f"{more} more files are left out"] if more else [])]

    def offer(self, where: PurePosixPath, size: int, read: Callable[[], bytes]) -> None:
        """Take a file, or say why not."""
        if self._given and os.path.lexists(self._given / where):
            return
        if self._looked == MOST_LOOKS:
            self._passed += 1
            return
        self._looked += 1
        name = unicodedata.normalize("NFC", str(where))  # macOS zips ö as o and two dots
        problem = self._problem(PurePosixPath(name), size)
        if not problem:
            try:
                self.taken[name] = content = read()
                self._room -= len(content)
            except BrokenHandin as error:
                problem = str(error)
        if problem:
            self._said.append(f"beside the notebook, {name[:80]!r} is left out: {problem}")

    def _problem(self, where: PurePosixPath, size: int) -> str:
        if len(where.parts) > DEEPEST:
            return f"it lies more than {DEEPEST} folders deep"
        if odd := next((part for part in where.parts if not _is_name(part)), ""):
            return f"{odd[:40]!r} is no name for it (letters, digits, spaces, . , - _ and their like are)"
        if self._takes_the_place_of_a_module(where):
            return "Python would import it in the place of the teacher's"
        folders = set(map(str, where.parents))
        if folders & self.taken.keys() or str(where) in self._folders | self.taken.keys():
            return "another file has its place"
        self._folders |= folders
        if len(self.taken) >= MOST_FILES:
            return f"there are more than {MOST_FILES} files"
        if size > self._room:
            return f"it has {size / 1e6:.1f} MB, and {self._room / 1e6:.1f} MB are left for it"
        return ""

    def _takes_the_place_of_a_module(self, where: PurePosixPath) -> bool:
        """Would it, or a folder that it lies in, be imported in the place of one in the teacher's folder?"""
        folders = [path for path in where.parents[:-1] if not (self._given and (self._given / path).is_dir())]
        imported = [*folders, *([where] if where.suffix in IMPORTED else [])]
        return any((path.parent, path.name.split(".")[0]) in self._modules for path in imported)


def _modules_in(folder: Path) -> set[tuple[PurePosixPath, str]]:
    """The modules and packages below a folder, each as the folder that it lies in and its name."""
    files = [PurePosixPath(path.relative_to(folder).as_posix()) for path in folder.rglob("*.py")]
    packages = {parent for file in files for parent in file.parents[:-1]}
    return {(file.parent, file.stem) for file in files} | {
        one for package in packages for one in ((package.parent, package.name), (package, "__init__"))
    }


def _is_name(part: str) -> bool:
    return NAME.fullmatch(part) is not None and len(part.encode()) <= LONGEST_NAME


def _files_in(folder: Path) -> Iterator[Path]:
    """The files below a folder, in order; no link to another folder is followed."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(place, name) for name in sorted(names))
