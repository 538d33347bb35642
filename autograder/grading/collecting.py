"""Hand-ins come into ``submitted/<student>/<unit>/``, where nbgrader looks for them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from autograder.course_file import CourseError
from autograder.grading import receipts
from autograder.grading.beside import Chosen, Offer
from autograder.grading.intake import BrokenHandin, parse
from autograder.grading.moments import first_possible
from autograder.grading.naming import Named, of_several, whose
from autograder.grading.opening import Opened, open_all
from autograder.grading.placing import Arrival, Fate, NotTaken, put
from autograder.grading.receipts import STUDENT_ID, Receipt

if TYPE_CHECKING:
    from autograder.course import Course

__all__ = ["Entry", "Fate", "collect"]

LONGEST_NAME = 200
"""Characters that are shown of where something lies."""


@dataclass(frozen=True)
class Entry:
    """What became of one file, and why; ``ok`` where nobody needs to look at it."""

    where: str
    fate: Fate
    student: str = ""
    unit: str = ""
    note: str = ""

    @property
    def ok(self) -> bool:
        return self.fate is not Fate.REFUSED and not self.note

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "ok": self.ok}


def collect(course: Course, paths: Iterable[Path]) -> list[Entry]:
    """Take every hand-in found in ``paths`` and say what became of each: folders, zips of zips, notebooks.

    A newer hand-in replaces an older one, which is kept in ``submitted/.older/``. Raises CourseError for a
    path that does not exist.
    """
    paths = list(paths)
    for path in paths:
        if not os.path.lexists(path):
            raise CourseError(f"{path}: there is no such file or folder.")
    collection = _Collection(course)
    return [entry for path in paths for entry in collection.take_all(path)]


class _Collection:
    """One run of it."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.units = [unit.id for unit in course.units]
        self.submitted = course.root / "submitted"
        there = self.submitted.iterdir() if self.submitted.is_dir() else ()
        self.students = {path.name.casefold(): path.name for path in there}
        """How each who has handed in is written, by the name in small letters."""
        self.came: dict[tuple[str, str], str] = {}
        """Where the hand-in of a student and a unit came from in this run."""

    def take_all(self, path: Path) -> Iterable[Entry]:
        nobodys: set[PurePosixPath] = set()

        def is_unsure(where: PurePosixPath) -> bool:
            return whose(where, self.units, nobodys).within != ""

        names, files = open_all(path, ZoneInfo(self.course.time_zone), is_unsure)
        nobodys |= of_several(names, self.units, self.students)
        told: set[PurePosixPath] = set()
        for file in files:
            named = whose(file.where, self.units, nobodys)
            folder = file.where.parent
            alone = folder not in nobodys and folder != PurePosixPath()  # what a teacher named is not theirs
            if file.beside and not alone and folder not in told:
                told.add(folder)
                yield Entry(_shown(folder), Fate.REFUSED, note=_nobodys(file.beside))
            try:
                yield self._take(file, named, file.beside if alone else ())
            except (NotTaken, OSError) as error:
                said = error.strerror if isinstance(error, OSError) else None
                yield Entry(_shown(file.where), Fate.REFUSED, note=said or str(error))

    def _take(self, file: Opened, named: Named, beside: Sequence[Offer]) -> Entry:
        if file.content is None:
            raise NotTaken(file.problem)
        receipt = _receipt(file)
        student, unit = self._student_and_unit(named, receipt)
        slip = file.slip if receipt and receipt.fits(file.content) else None
        claims = [receipt.moment] if receipt and slip else []
        moment, doubt = first_possible([*claims, *file.times])
        chosen = Chosen(self.course.source(unit).parent)
        for offer in beside:
            chosen.offer(*offer)
        arrival = Arrival(file.content, moment, named.within, chosen.taken, slip)
        fate = put(self.submitted, student, unit, arrival)
        notes = [
            *_notes(file, file.content, receipt),
            *chosen.notes,
            doubt,
            self._twice(named, student, unit, fate),
            _also(named),
        ]
        return Entry(_shown(file.where), fate, student, unit, "; ".join(note for note in notes if note))

    def _student_and_unit(self, named: Named, receipt: Receipt | None) -> tuple[str, str]:
        """Whose it is, as that student is written already. Raises NotTaken where nobody knows."""
        student, unit = named.student, named.unit
        if receipt:
            student, unit = student or receipt.student, unit or receipt.unit
        if not unit:
            raise NotTaken(f"which unit? The course has {', '.join(self.units)}")
        if unit not in self.units:
            raise NotTaken(f"the course has no unit {unit[:40]!r}")
        if not STUDENT_ID.fullmatch(student):
            raise NotTaken(f"whose is it? Name it handin-{unit}-STUDENT.ipynb")
        if receipt and (receipt.student.casefold(), receipt.unit) != (student.casefold(), unit):
            said = f"{receipt.student[:64]}, {receipt.unit[:64]}"
            raise NotTaken(f"its receipt says {said}; its name says {student}, {unit}")
        return self.students.setdefault(student.casefold(), student), unit

    def _twice(self, named: Named, student: str, unit: str, fate: Fate) -> str:
        """What to say where the student's hand-in came in this run already, under another name."""
        first = self.came.setdefault((student, unit), named.origin)
        if first == named.origin or fate is Fate.KNOWN:
            return ""
        return f"it came as {first[:100]}, too: the one that does not count is kept in submitted/.older"


def _also(named: Named) -> str:
    if not named.also:
        return ""
    others = ", ".join(named.also[:3])
    return f"further in it says {others}: the outermost name counts (is it a zip of many? Collect it alone)"


def _nobodys(files: Sequence[Offer]) -> str:
    names = ", ".join(str(where)[:40] for where, *_ in files[:3])
    return (
        f"other files here, {len(files)} (such as {names}), are nobody's: what belongs to a notebook lies "
        "with it in a folder or a zip of its own"
    )


def _receipt(file: Opened) -> Receipt | None:
    try:
        return receipts.read_receipt(file.slip) if file.slip is not None else None
    except ValueError:
        return None


def _notes(file: Opened, content: bytes, receipt: Receipt | None) -> list[str]:
    """What a person should know about the file itself."""
    said = []
    if receipt and not receipt.fits(content):
        said.append("the notebook is not the one that its receipt was written for (the hash differs)")
    elif file.slip is not None and not receipt:
        said.append("its receipt cannot be read")
    try:
        parse(content)
    except BrokenHandin as error:
        said.append(str(error))
    return said


def _shown(where: PurePosixPath) -> str:
    """A path as text, also where its names are no Unicode, and not longer than a line or two."""
    text = str(where).encode("utf-8", "replace").decode()
    return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]}…"
