"""Hand-ins come into ``submitted/<student>/<unit>/``, where nbgrader looks for them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from autograder.course_file import CourseError
from autograder.grading.handins.beside import Chosen, Offer
from autograder.grading.handins.choosing import Choice, Notebook, read_receipt
from autograder.grading.handins.moments import first_possible
from autograder.grading.handins.naming import Named, of_several, whose
from autograder.grading.handins.opening import open_all
from autograder.grading.handins.origins import note_origin
from autograder.grading.handins.placing import Arrival, Fate, NotTaken, Word, put
from autograder.grading.handins.receipts import STUDENT_ID, Receipt, student_id
from autograder.grading.handins.zips import ENDS, Opened, why

if TYPE_CHECKING:
    from autograder.course import Course

__all__ = ["Entry", "Fate", "collect"]

MOST_KEPT = 20
"""Hand-ins of one student and unit that one run keeps aside."""
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
    return [entry for path in paths for entry in collection.take_all(path, alone=len(paths) == 1)]


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

        self.kept: Counter[tuple[str, str]] = Counter()

    def take_all(self, path: Path, alone: bool) -> Iterator[Entry]:
        """``alone`` where nothing else is collected in this run."""
        nobodys: set[PurePosixPath] = set()

        def is_unsure(where: PurePosixPath) -> bool:
            return whose(where, self.units, nobodys).within != ""

        inner = Word.ARCHIVE if alone and not path.is_dir() else Word.INNER_NAME
        with open_all(path, ZoneInfo(self.course.time_zone), is_unsure) as (names, opened):
            nobodys |= of_several(names, self.units, self.students)
            several = {PurePosixPath(), *nobodys}  # what a teacher named is not theirs
            told: set[PurePosixPath] = set()
            files = ((file, whose(file.where, self.units, nobodys)) for file in opened)
            for _, handin in groupby(files, key=lambda file: file[1].handin):
                choice = Choice()
                for file, named in handin:
                    if file.beside and (folder := file.where.parent) in several:
                        if folder not in told:
                            told.add(folder)
                            yield Entry(_shown(folder), Fate.REFUSED, note=_nobodys(file.beside))
                        file = replace(file, beside=())
                    try:
                        choice.offer(self._notebook(file, named))
                    except ENDS as error:
                        yield _refused(file.where, error)
                for notebook, others in choice.made():
                    try:
                        yield self._take(notebook, inner, others)
                    except (OSError, *ENDS) as error:
                        yield _refused(notebook.file.where, error)

    def _notebook(self, file: Opened, named: Named) -> Notebook:
        if file.content is None:
            raise NotTaken(file.problem)
        receipt = read_receipt(file)
        student, unit = self._student_and_unit(named, receipt)
        claims = [receipt.moment] if receipt and receipt.fits(file.content) else []
        moment, doubt = first_possible([*claims, *file.times])
        return Notebook(file, file.content, named, student, unit, receipt, moment, doubt)

    def _take(self, new: Notebook, inner: Word, others: str) -> Entry:
        """``inner`` is what a name inside something counts; ``others`` says which do not count."""
        key, within = (new.student, new.unit), new.named.within
        if self.kept[key] == MOST_KEPT:
            raise NotTaken(f"{MOST_KEPT} by {new.student} are kept aside in this run. Next: collect it alone")
        chosen = Chosen(self.course.source(new.unit).parent)
        for offer in new.file.beside:
            chosen.offer(*offer)
        notes = [*new.notes(), *chosen.notes, new.doubt, others]
        word = inner if within else Word.OWN_NAME
        fate = put(
            self.submitted,
            *key,
            Arrival(new.content, new.moment, word, within, chosen.taken, new.slip),
        )
        if fate is not Fate.OLDER:
            note_origin(self.submitted, *key, str(new.file.where))
        self.kept[key] += fate in (Fate.REPLACED, Fate.OLDER)
        if fate is not Fate.KNOWN:
            notes.append(self._twice(new))
            if word is Word.INNER_NAME:
                notes.append(f"only a name inside {within[:100]} says that it is {new.student}'s")
        notes.append(_also(new.named))
        return Entry(_shown(new.file.where), fate, *key, "; ".join(note for note in notes if note))

    def _student_and_unit(self, named: Named, receipt: Receipt | None) -> tuple[str, str]:
        """Whose it is, as that student is written already. Raises NotTaken where nobody knows."""
        student, unit = named.student, named.unit
        plain = _plain(named.odd)
        if receipt:
            fits = plain.casefold() in ("", receipt.student.casefold())
            student, unit = student or (receipt.student if fits else ""), unit or receipt.unit
        if not unit:
            raise NotTaken(f"which unit? The course has {', '.join(self.units)}")
        if unit not in self.units:
            raise NotTaken(f"the course has no unit {unit[:40]!r}")
        if named.odd and not student:
            raise NotTaken(
                f"whose is it? {named.odd[:60]!r} cannot be a student's name here (letters a to z, digits "
                f"and - _ . @ can). Next: rename it, for example to handin-{unit}-{plain or 'STUDENT'}"
            )
        if not STUDENT_ID.fullmatch(student):
            raise NotTaken(f"whose is it? Name it handin-{unit}-STUDENT.ipynb")
        if receipt and (receipt.student.casefold(), receipt.unit) != (student.casefold(), unit):
            said = f"{receipt.student[:64]}, {receipt.unit[:64]}"
            raise NotTaken(f"its receipt says {said}; its name says {student}, {unit}")
        return self.students.setdefault(student.casefold(), student), unit

    def _twice(self, new: Notebook) -> str:
        """What to say where the student's hand-in came in this run already, under another name."""
        first = self.came.setdefault((new.student, new.unit), new.named.origin)
        if first == new.named.origin:
            return ""
        return f"it came as {first[:100]}, too: the one that does not count is kept in submitted/.older"


def _plain(name: str) -> str:
    """A name as `course submit` would write it; nothing where it can be no student's."""
    try:
        return student_id(name) if name else ""
    except CourseError:
        return ""


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


def _refused(where: PurePosixPath, error: BaseException) -> Entry:
    said = error.strerror if isinstance(error, OSError) else None
    return Entry(_shown(where), Fate.REFUSED, note=said or why(error))


def _shown(where: PurePosixPath) -> str:
    """A path as text, also where its names are no Unicode, and not longer than a line or two."""
    text = str(where).encode("utf-8", "replace").decode()
    return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]}…"
