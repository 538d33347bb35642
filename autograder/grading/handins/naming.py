"""Whose a hand-in is, by the names of its file, its zip and its folders.

The outermost name that a learning platform or the exchange gave counts, since these know who handed in; else
the outermost that is somebody's. What stands further in is the word of whoever packed it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Protocol

from autograder.grading.handins.receipts import is_generic
from autograder.lms.said import Said
from autograder.lms.systems import said_in

COURSE_FOLDERS = {"lessons", "solutions", "source", "work"}
MANY = "all class handin handins homework inbound inbox mail release submission submissions submitted"
PLACES = "attachment attachments desktop documents download downloads final untitled"
NOBODY = COURSE_FOLDERS | {*MANY.split(), *PLACES.split()}
"""Names of what holds the work of many, of the course's own folders, and of files that are nobody's."""
COPY = re.compile(
    r"( ?\(\d+\)|[-_ ]+(copy|kopie|kopia|copie) ?\d*|[-_ ]+(final|fixed|corrected|korrigiert|v\d+))+"
    r"(?=(\.ipynb|\.zip)?$)",
    re.IGNORECASE,
)
"""What browsers, systems, JupyterLab and people add to the name of a copy."""
OF_WORK = "hand-?in|homework|hw|assignment|week|abgabe|woche|inlämning|uppgift|lab|vecka"
WORK = re.compile(rf"(?<![^\W_])({OF_WORK})[-_ ]*\d+(?!\w)", re.IGNORECASE)
"""What a name says of the work and not of the person: ``Hand-in 2``."""
COPY_OF = re.compile(r"^(copy of|kopie von|kopia av|copie de) ", re.IGNORECASE)


class People(Protocol):
    """Who can be meant."""

    def may_be(self, name: str) -> bool:
        """Can this be the name of somebody?"""

    def is_known(self, name: str) -> bool:
        """Is it the name of somebody who is in the class, or has handed in before?"""


@dataclass(frozen=True)
class Named:
    """What names tell: "" for unknown.

    ``name`` is the one that counts, ``said`` what a system says in it. ``handin`` is the path down to it,
    ``origin`` says what it came as, without the marks of copies, and ``within`` what lies around that name:
    "" where nothing does but the folder that was given. ``also`` are other names further in, ``generic`` is a
    login that many share. ``place`` is higher where students work than where the course lays its own.
    """

    name: str
    unit: str
    handin: PurePosixPath
    origin: str
    within: str
    also: tuple[str, ...] = ()
    said: Said | None = None
    generic: str = ""
    place: int = 1

    @property
    def group(self) -> str:
        """The same for files of which one counts: all that a platform has of one, but for its attempts."""
        is_one = self.said and self.said.key and not self.said.moment
        return self.origin if is_one else str(self.handin)


def whose(
    where: PurePosixPath,
    units: Sequence[str],
    people: People,
    of_several: Collection[PurePosixPath] = (),
    given: str = "",
) -> Named:
    """Whose the file is, and of which unit; ``of_several`` are folders and zips that name nobody.

    ``given`` is the name of the zip that a teacher gave alone, to which no student need have given it.

    ``ada/02-x/02-x.ipynb``, ``02-x-ada.ipynb``, ``handin-02-x-ada (1).zip/bo/02-x.ipynb``: all by ada.
    """
    unit = next((found for part in reversed(where.parts) if (found := _unit(part, units))), "")
    paths = [where, *where.parents][-2::-1]  # outermost first, without "."
    read = [(path, *_read(path.name, units)) for path in paths if path not in of_several]
    generic = next((name for _, name, _ in read if is_generic(name)), "")
    names = [one for one in read if one[1] and not is_generic(one[1])]
    if not names:
        return Named(
            "", unit, where, _as_given(where), _as_given(where), generic=generic, place=_place(where)
        )
    chosen = _chosen(names, people, given)
    path, name, said = names[chosen]
    also = dict.fromkeys(
        other
        for _, other, _ in names[chosen + 1 :]
        if other.casefold() != name.casefold() and people.may_be(other)
    )
    packed = any(_is_zip(part) or people.may_be(part.name) for part in _parts(path.parent))
    around = path.parent if packed else PurePosixPath()
    origin = f"{said.system} {said.key}" if said and said.key else _as_given(path)
    inside = where.relative_to(path)
    return Named(name, unit, path, origin, _as_given(around), tuple(also), said, generic, _place(inside))


def _chosen(names: Sequence[tuple[PurePosixPath, str, Said | None]], people: People, given: str) -> int:
    """Which of the names counts, outermost first: a system's, unless it lies in what is somebody's known.

    What lies in a zip whose name is nobody's is asked about, but for the zip that was given.
    """
    for number, (path, name, said) in enumerate(names):
        in_a_system = any(inner for *_, inner in names[number:])
        if said or (people.is_known(name) if in_a_system else people.may_be(name)):
            return number
        if not in_a_system and _is_zip(path) and str(path) != given:
            return number
    return 0


def of_several(files: Iterable[PurePosixPath], units: Sequence[str], people: People) -> set[PurePosixPath]:
    """The folders, and the zip that was given, that hold the work of several people and so name nobody.

    That is where all that lies in one is somebody's, not all the same person's, or what a platform named. One
    that bears the name of somebody who is known is that student's, whatever it holds.
    """
    persons: dict[PurePosixPath, set[str]] = defaultdict(set)
    systems = set()
    folders = set()
    for file in files:
        name, said = _read(file.name, units)
        persons[file.parent].add(said.shown if said else name)
        systems |= {file.parent} if said else set()
        folders |= set(file.parents[:-1])
    found = set()
    for folder in sorted(folders, key=lambda folder: len(folder.parts), reverse=True):
        (own, said), inside = _read(folder.name, units), persons[folder]
        many = folder in systems or (len(inside) > 1 and "" not in inside)
        if many and not said and not people.is_known(own):
            found.add(folder)
            persons[folder.parent] |= inside
        else:
            persons[folder.parent] |= {said.shown if said else own} if own else inside
        systems |= {folder.parent} if said else set()
    return found


def _unit(part: str, units: Sequence[str]) -> str:
    return next((unit for unit in sorted(units, key=len, reverse=True) if unit in part), "")


def _read(part: str, units: Sequence[str]) -> tuple[str, Said | None]:
    """The person whom one name of a file or folder tells, "" where it tells none, and what a system says."""
    if said := said_in(part):
        return said.name or said.key, said
    rest = part.replace(unit, "", 1) if (unit := _unit(part, units)) else part
    rest = re.sub(r"\.(ipynb|zip)$", "", COPY_OF.sub("", COPY.sub("", rest)), flags=re.IGNORECASE)
    rest = re.sub(r"^handin(?![A-Za-z0-9])", "", WORK.sub("", rest).strip("-_ ")).strip("-_ ")
    return (rest if rest.strip(".") and rest.casefold() not in NOBODY else ""), None


def _parts(folder: PurePosixPath) -> list[PurePosixPath]:
    """A folder and those around it."""
    return [path for path in (folder, *folder.parents) if path.name]


def _is_zip(path: PurePosixPath) -> bool:
    return path.suffix.lower() == ".zip"


def _place(inside: PurePosixPath) -> int:
    """2 in a ``work`` folder, 0 in ``lessons``, -1 where the course keeps what no student writes, else 1."""
    folders = [folder for folder in map(str.lower, inside.parts[:-1]) if folder in COURSE_FOLDERS]
    return {"work": 2, "lessons": 0}.get(folders[-1], -1) if folders else 1


def _as_given(path: PurePosixPath) -> str:
    """A path as text, without the marks of copies."""
    return "/".join(COPY.sub("", part) for part in path.parts).encode("utf-8", "replace").decode()
