"""Hand-ins come into ``submitted/<student>/<unit>/``, where nbgrader looks for them."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from autograder.course_file import CourseError
from autograder.grading.handins.archives import ENDS, Opened, why
from autograder.grading.handins.beside import Chosen, lies_in
from autograder.grading.handins.came_as import note_name
from autograder.grading.handins.choosing import Choice, Notebook, read_receipt
from autograder.grading.handins.dating import dated, read_received
from autograder.grading.handins.entries import Entry, of_nobody, shown
from autograder.grading.handins.naming import Named, of_several, whose
from autograder.grading.handins.opening import open_all
from autograder.grading.handins.origins import Origins
from autograder.grading.handins.people import People, WhoseIsIt
from autograder.grading.handins.placing import Arrival, Fate, NotTaken, Word, put
from autograder.grading.handins.receipts import Receipt
from autograder.grading.handins.unit_inside import Units

if TYPE_CHECKING:
    from autograder.course import Course

__all__ = ["Entry", "Fate", "collect"]

MOST_KEPT = 20
"""Hand-ins of one student and unit that one run keeps aside."""


def collect(
    course: Course, paths: Iterable[Path], assign: Iterable[str] = (), received: str | None = None
) -> list[Entry]:
    """Take every hand-in found in ``paths`` and say what became of each: folders, archives, notebooks.

    A newer hand-in replaces an older one, which is kept in ``submitted/.older/``. ``assign`` has texts such
    as ``FILE=STUDENT``; what nobody can place is asked in ``whose.csv``. ``received`` is when all of it was
    handed in, in the course's zone, unless a platform knows better. Raises CourseError for a path that does
    not exist, for what is assigned and did not come, and for a time that there is not.
    """
    paths = list(paths)
    for path in paths:
        if not os.path.lexists(path):
            raise CourseError(f"{path}: there is no such file or folder.")
    collection = _Collection(course, paths, assign, read_received(received, ZoneInfo(course.time_zone)))
    collection.survey()
    entries = [entry for path in paths for entry in collection.take_all(path)]
    collection.people.assigned.save()
    return entries


class _Collection:
    """One run of it: who came is looked up first, then what came is taken."""

    def __init__(
        self, course: Course, paths: Sequence[Path], assign: Iterable[str], received: datetime | None
    ) -> None:
        self.course, self.received, self.zone = course, received, ZoneInfo(course.time_zone)
        self.paths = paths
        self.units = [unit.id for unit in course.units]
        self.submitted = course.root / "submitted"
        self.unit_inside = Units(course)
        self.people = People(course.root, assign)
        self.origins = Origins(by_roster=bool(self.people.roster))
        self.ours = {
            hashlib.sha256(path.read_bytes()).digest()
            for unit in self.units
            for path in (course.lesson(unit), course.solution(unit), course.source(unit))
            if path.is_file()
        }
        """Of notebooks as the course has them."""
        self.kept: Counter[tuple[str, str]] = Counter()

    @contextmanager
    def _opened(self, path: Path) -> Iterator[tuple[set[PurePosixPath], Iterator[tuple[Opened, Named]]]]:
        """The folders that name nobody, and all files with what their names tell."""
        nobodys: set[PurePosixPath] = set()
        given = path.name if self._is_alone(path) else ""

        def read(where: PurePosixPath) -> Named:
            return whose(where, self.units, self.people, nobodys, given)

        with open_all(path, self.zone, lambda where: read(where).within != "") as (names, opened):
            nobodys |= of_several(names, self.units, self.people)
            yield nobodys, ((file, read(file.where)) for file in opened)

    def _is_alone(self, path: Path) -> bool:
        """Is it one archive, and nothing else is collected in this run?"""
        return len(self.paths) == 1 and not path.is_dir()

    def survey(self) -> None:
        """Note what came as whose, before anything is taken. Raises CourseError."""
        for path in self.paths:
            with self._opened(path) as (_, files):
                for file, named in files:
                    if file.content is None or self._is_ours(file, named):
                        continue
                    with suppress(*ENDS):
                        student, unit, _ = self._student_and_unit(file, named, read_receipt(file))
                        by_hand = self.people.assigned.student(file, named) != ""
                        self.origins.add((student, unit), named, file.content, self._is_alone(path), by_hand)
        self.people.assigned.check()

    def take_all(self, path: Path) -> Iterator[Entry]:
        with self._opened(path) as (nobodys, files):
            several = {PurePosixPath(), *nobodys}  # what a teacher named is not theirs
            told: set[PurePosixPath] = set()
            for _, handin in groupby(files, key=lambda file: file[1].group):
                choice, ours = Choice(), 0
                for file, named in handin:
                    if self._is_ours(file, named):
                        ours, last = ours + 1, named.handin
                        continue
                    if file.beside and (folder := lies_in(file.where)[0]) in several:
                        if folder not in told:
                            told.add(folder)
                            yield Entry(shown(folder), Fate.REFUSED, note=of_nobody(file.beside))
                        file = replace(file, beside=())
                    try:
                        choice.offer(self._notebook(file, named))
                    except ENDS as error:
                        yield self._refused(file, named, error)
                for notebook, others in choice.made():
                    try:
                        yield self._take(notebook, self._is_alone(path), others)
                    except (OSError, *ENDS) as error:
                        yield self._refused(notebook.file, notebook.named, error)
                if ours:
                    yield Entry(f"{shown(last)}: {ours} as the course has them", Fate.OURS)

    def _is_ours(self, file: Opened, named: Named) -> bool:
        """Is it the course's own notebook, where the course has it, in a whole course that came?"""
        return named.place < 1 and hashlib.sha256(file.content or b"").digest() in self.ours

    def _notebook(self, file: Opened, named: Named) -> Notebook:
        if file.content is None:
            raise NotTaken(file.problem)
        receipt = read_receipt(file)
        student, unit, claim = self._student_and_unit(file, named, receipt)
        if named.place < 0:
            raise NotTaken("it lies where the course keeps its own, and is not what students write")
        when = dated(file, receipt, named.said, self.received, self.zone)
        return Notebook(file, file.content, named, student, unit, receipt, when, claim)

    def _take(self, new: Notebook, alone: bool, others: str) -> Entry:
        """``others`` says which do not count."""
        key = (new.student, new.unit)
        if two := self.origins.conflict(key, new.named):
            raise NotTaken(f"{two}. Next: course collect --assign 'FILE={new.student}' says which counts")
        if self.kept[key] == MOST_KEPT:
            raise NotTaken(f"{MOST_KEPT} by {new.student} are kept aside in this run. Next: collect it alone")
        chosen = Chosen(self.course.source(new.unit).parent)
        for offer in new.file.beside:
            chosen.offer(*offer)
        notes = [new.claim, *new.notes(), *chosen.notes, others]
        word, within = self.origins.word(key, new.named, alone)
        fate = put(
            self.submitted,
            *key,
            Arrival(new.content, new.when, word, within, chosen.taken, new.slip, self.zone),
        )
        if fate is not Fate.OLDER:
            note_name(self.submitted, *key, str(new.file.where))
        self.kept[key] += fate in (Fate.REPLACED, Fate.OLDER)
        if fate is not Fate.KNOWN:
            notes.append(self.origins.others(key, new.named))
            if word is Word.INNER_NAME:
                notes.append(f"only a name inside {within[:100]} says that it is {new.student}'s")
        notes.append(self._also(new))
        said = "; ".join(note for note in notes if note)
        return Entry(shown(new.file.came), fate, *key, said, new.when.shown(self.zone))

    def _student_and_unit(self, file: Opened, named: Named, receipt: Receipt | None) -> tuple[str, str, str]:
        """Whose it is, and what its receipt says otherwise. Raises NotTaken where nobody knows."""
        unit = named.unit or (receipt.unit if receipt else "") or self.unit_inside.of(file.content or b"")
        if not unit:
            raise NotTaken(f"which unit? The course has {', '.join(self.units)}")
        if unit not in self.units:
            raise NotTaken(f"the course has no unit {unit[:40]!r}")
        student, claim = self.people.whose(file, named, receipt)
        other = claim and not named.said and receipt and self.people.disagrees(student, receipt)
        if receipt and (other or receipt.unit != unit):
            said = f"{receipt.student[:64]}, {receipt.unit[:64]}"
            raise NotTaken(f"its receipt says {said}; its name says {student}, {unit}")
        return student, unit, claim

    def _refused(self, file: Opened, named: Named, error: BaseException) -> Entry:
        if isinstance(error, WhoseIsIt):
            self.people.assigned.ask(file, named, str(error))
        said = error.strerror if isinstance(error, OSError) else None
        return Entry(shown(file.came), Fate.REFUSED, note=said or why(error))

    def _also(self, new: Notebook) -> str:
        """What is to be said of other people's names further in."""
        others = [name for name in new.named.also if new.student not in self.people.called(name)]
        if not others:
            return ""
        names = ", ".join(others[:3])
        return (
            f"further in it says {names}: the outermost name counts (is it a zip of many? Collect it alone)"
        )
