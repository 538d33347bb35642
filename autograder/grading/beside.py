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
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from autograder.course_file import CourseError
from autograder.grading.cells import BrokenHandin
from autograder.grading.intake import read_bytes

if TYPE_CHECKING:
    from autograder.course import Course
    from autograder.grading.sandbox import Limits

MOST_FILES = 200
"""That a student may hand in beside a notebook."""
MOST_BYTES = 20_000_000
"""That these may hold together."""
MOST_FILES_OF_A_UNIT = 5_000
"""That a teacher may lay beside one."""
DEEPEST = 8
"""Folders in one another."""
PART = re.compile(r"\w[\w .,()+=@&'~#-]{0,99}")
"""What a file's or a folder's name may be."""
NO_WORK = ("timestamp.txt", "receipt.json", "__pycache__", "__MACOSX", "Thumbs.db", "desktop.ini")
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


def of_a_handin(folder: Path, most_bytes: int = MOST_BYTES) -> tuple[Files, list[str]]:
    """What a student handed in beside the notebook in ``folder``, and a line for each file left out."""
    chosen = Chosen(most_bytes)
    for path in _files_in(folder):
        name = path.relative_to(folder).as_posix()
        chosen.offer(name, path.lstat().st_size, partial(read_bytes, path, most_bytes))
    return Files(chosen.taken), chosen.said


class Chosen:
    """The files of one hand-in, taken one by one while there is room; ``said`` has a line for each other."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.taken: dict[str, bytes] = {}
        self.said: list[str] = []
        self._room = most_bytes

    def offer(self, name: str, size: int, read: Callable[[], bytes]) -> None:
        """Take a file, say why not, or pass over what is nobody's work. ``read`` may raise BrokenHandin."""
        name = unicodedata.normalize("NFC", name)  # macOS writes ö in a zip as o and two dots
        parts = PurePosixPath(name).parts
        if any(part.startswith(".") and part.strip(".") for part in parts) or set(NO_WORK) & set(parts):
            return
        if parts[-1].lower().endswith((".ipynb", ".pyc")):
            return
        problem = self._problem(parts, size)
        if not problem:
            try:
                content = read()
                self._room -= len(content)
                self.taken["/".join(parts)] = content
            except BrokenHandin as error:
                problem = str(error)
        if problem:
            self.said.append(f"beside the notebook, {name[:80]!r} is left out: {problem}")

    def _problem(self, parts: tuple[str, ...], size: int) -> str:
        if len(parts) > DEEPEST:
            return f"it lies more than {DEEPEST} folders deep"
        if odd := next((part for part in parts if not PART.fullmatch(part)), ""):
            return f"{odd[:40]!r} is no name for it (letters, digits, spaces, . , - _ and their like are)"
        if len(self.taken) >= MOST_FILES:
            return f"there are more than {MOST_FILES} files"
        if size > self._room:
            return f"it has {size / 1e6:.1f} MB, and {self._room / 1e6:.1f} MB are left for it"
        return ""


def _files_in(folder: Path) -> Iterator[Path]:
    """The files below a folder, as many as need a look; no link is followed."""
    found = (
        Path(place, name)
        for place, _, names in os.walk(folder)  # which does not go into linked folders
        for name in sorted(names)
    )
    return islice(found, 2 * MOST_FILES)
