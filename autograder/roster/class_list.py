"""Kept in the course's ``roster.csv``, which a teacher may edit. Without one, any name is a student's."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from pathlib import Path

from autograder.course_file import CourseError
from autograder.grading.handins.receipts import STUDENT_ID
from autograder.roster.merging import merged
from autograder.roster.student import SYSTEMS, Student, clean_name, folded, in_order, plain_key, squeezed
from autograder.tables import as_csv, read_table
from autograder.whole_files import write_whole

FILE_NAME = "roster.csv"
PERSON = ("id", "name", "email")
"""The first columns; each further one is a system's."""
ROUNDED = re.compile(r"\d[.,]\d+e\+\d+", re.IGNORECASE)
"""What spreadsheets make of long numbers."""


class Roster:
    """Students in the order of their names."""

    def __init__(self, students: Iterable[Student] = ()) -> None:
        self._students = sorted(students, key=lambda student: (folded(student.name), student.id))
        self._by_id = {student.id: student for student in self._students}

    @classmethod
    def load(cls, folder: Path) -> Roster:
        """The roster in ``roster.csv``, an empty one where there is none. Raises CourseError."""
        path = folder / FILE_NAME
        return cls(_read(path)) if path.exists() else cls()

    def save(self, folder: Path) -> None:
        """Write ``roster.csv`` in one piece."""
        others = sorted({system for one in self for system in one.keys} - set(SYSTEMS))
        systems = (*SYSTEMS, *others)
        rows = [(*PERSON, *systems)]
        for one in self:
            cells = (" ".join(map(plain_key, one.keys.get(system, ()))) for system in systems)
            rows.append((one.id, one.name, one.email, *cells))
        write_whole(folder / FILE_NAME, as_csv(rows))

    def __iter__(self) -> Iterator[Student]:
        return iter(self._students)

    def __len__(self) -> int:
        return len(self._students)

    def get(self, student: str) -> Student | None:
        """The one of this id."""
        return self._by_id.get(student)

    def shown(self, student: str) -> str:
        """An id with the name beside it, where that is known."""
        found = self.get(student)
        return found.shown if found else student

    def by_key(self, system: str, key: str) -> Student | None:
        """The one whom a system calls so; ``email`` is one, too."""
        return self._by_key.get((system, folded(plain_key(key))))

    def find(self, text: str) -> tuple[Student, ...]:
        """All whom these words can mean: one is found; of several, or none, a person must decide.

        An id, an e-mail, a login, an ID number, or a name: ``Åsa Öberg``, ``Öberg, Åsa``, ``obergasa``.
        """
        exactly = self._by_word.get(folded(in_order(clean_name(text))), ())
        return tuple(exactly or self._by_squeezed_name.get(squeezed(text), ()))

    def updated(self, rows: Iterable[Student], used: Collection[str] = ()) -> tuple[Roster, list[str]]:
        """What a list says of people, merged into this, and what a person must decide, in sentences.

        A row is a Student whose id may be ""; ``used`` are ids that work was handed in under.
        """
        students, questions = merged(self, rows, used)
        return Roster(students), questions

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], Student]:
        return {key: one for one in self for key in one.all_keys()}

    @cached_property
    def _by_word(self) -> dict[str, list[Student]]:
        return self._by(Student.words)

    @cached_property
    def _by_squeezed_name(self) -> dict[str, list[Student]]:
        return self._by(Student.squeezed_names)

    def _by(self, forms: Callable[[Student], set[str]]) -> dict[str, list[Student]]:
        found: dict[str, list[Student]] = defaultdict(list)
        for one in self:
            for form in forms(one) - {""}:
                found[form].append(one)
        return found


def _read(path: Path) -> Iterator[Student]:
    table = read_table(path)
    if not (column := table.column(["id"])):
        raise CourseError(
            f"{path}, line 1: there is no column id. Allowed: {', '.join(PERSON)}, then one column a system, "
            f"such as {', '.join(SYSTEMS)}. Next: delete the file, and course roster FILE makes it anew."
        )
    lines: dict[tuple[str, str], int] = {}
    for line, row in table.rows:
        where, name = f"{path}, line {line}", row[column]
        if not STUDENT_ID.fullmatch(name):
            raise CourseError(
                f"{where}: {name!r} cannot be an id. Allowed: letters a to z, digits and - _ . @ "
                "Next: write one, such as the login."
            )
        cells = {key.casefold(): value for key, value in row.items() if key and value}
        keys = {key: tuple(value.split()) for key, value in cells.items() if key not in PERSON}
        student = Student(name, clean_name(cells.get("name", "")), cells.get("email", ""), keys)
        for system, key in (("id", name.casefold()), *student.all_keys()):
            if ROUNDED.fullmatch(key):
                raise CourseError(
                    f"{where}: {key} is a number that a spreadsheet has rounded. "
                    "Next: write it in full, in a cell whose format is text."
                )
            if (first := lines.setdefault((system, key), line)) != line:
                raise CourseError(
                    f"{where}: the {system} {key} stands in line {first}, too. Next: delete it in one."
                )
        yield student
