"""Whose a hand-in is, by the names of its file, its zip and its folders.

The outermost name that is somebody's counts. What stands further in is the word of whoever packed it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from autograder.grading.handins.receipts import STUDENT_ID

NOBODY = {"all", "class", "handins", "lessons", "submissions", "submitted", "work"}
"""Names of what holds the work of many, and of the course's own folders."""
COPY = re.compile(r"( ?\(\d+\)|-Copy\d*)(?=(\.ipynb|\.zip)?$)")
"""What browsers and JupyterLab add to the name of a copy."""


@dataclass(frozen=True)
class Named:
    """What names tell: "" for unknown.

    ``odd`` is the name that counts where it cannot be a student's here, such as one with an é or a space.
    ``handin`` is the path down to the name that counts, ``origin`` the same without the marks of copies, and
    ``within`` what lies around that name: "" where nothing does but the folder that was given. ``also`` are
    other names further in.
    """

    student: str
    unit: str
    handin: PurePosixPath
    origin: str
    within: str
    also: tuple[str, ...] = ()
    odd: str = ""


def whose(where: PurePosixPath, units: Sequence[str], of_several: Collection[PurePosixPath] = ()) -> Named:
    """Whose the file is, and of which unit; ``of_several`` are folders and zips that name nobody.

    ``ada/02-x/02-x.ipynb``, ``02-x-ada.ipynb``, ``handin-02-x-ada (1).zip/bo/02-x.ipynb``: all by ada.
    """
    unit = next((found for part in reversed(where.parts) if (found := _unit(part, units))), "")
    paths = [where, *where.parents][-2::-1]  # outermost first, without "."
    names = [(path, name) for path in paths if path not in of_several and (name := _name(path.name, units))]
    if not names:
        return Named("", unit, where, _as_given(where), _as_given(where))
    (path, student), *others = names
    also = dict.fromkeys(name for _, name in others if name.casefold() != student.casefold())
    odd = "" if STUDENT_ID.fullmatch(student) else student
    return Named(
        "" if odd else student, unit, path, _as_given(path), _as_given(path.parent), tuple(also), odd
    )


def of_several(
    files: Iterable[PurePosixPath], units: Sequence[str], students: Collection[str]
) -> set[PurePosixPath]:
    """The folders, and the zip that was given, that hold the work of several people and so name nobody.

    That is where all that lies in one is somebody's, not all the same person's. One that bears the name of
    one of the ``students`` (in small letters) is that student's, whatever it holds.
    """
    people: dict[PurePosixPath, set[str]] = defaultdict(set)
    folders = set()
    for file in files:
        people[file.parent].add(_name(file.name, units))
        folders |= set(file.parents[:-1])
    found = set()
    for folder in sorted(folders, key=lambda folder: len(folder.parts), reverse=True):
        own, inside = _name(folder.name, units), people[folder]
        if len(inside) > 1 and "" not in inside and own.casefold() not in students:
            found.add(folder)
            people[folder.parent] |= inside
        else:
            people[folder.parent] |= {own} if own else inside
    return found


def _unit(part: str, units: Sequence[str]) -> str:
    return next((unit for unit in sorted(units, key=len, reverse=True) if unit in part), "")


def _name(part: str, units: Sequence[str]) -> str:
    """The person whom one name of a file or folder tells; "" where it tells none."""
    rest = re.sub(r"\.(ipynb|zip)$", "", COPY.sub("", part), flags=re.IGNORECASE)
    if unit := _unit(rest, units):
        rest = rest.replace(unit, "", 1)
    rest = re.sub(r"^handin(?![A-Za-z0-9])", "", rest.strip("-_ ")).strip("-_ ")
    return rest if rest.strip(".") and rest.lower() not in NOBODY else ""


def _as_given(path: PurePosixPath) -> str:
    """A path as text, without the marks of copies."""
    return "/".join(COPY.sub("", part) for part in path.parts).encode("utf-8", "replace").decode()
