"""Whose a hand-in is, on a person's word: `course collect --assign`, and ``whose.csv``, which keeps it.

What a platform named is kept by the platform's number, which is one person's; all else by its content, since
the next file of that name may be another's.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from autograder.course_file import CourseError
from autograder.grading.handins.archives import Opened
from autograder.grading.handins.naming import Named
from autograder.grading.handins.receipts import STUDENT_ID
from autograder.roster import Roster
from autograder.roster.student import id_of
from autograder.tables import as_csv, read_table
from autograder.whole_files import write_whole

FILE_NAME = "whose.csv"
COLUMNS = ("student", "hand-in", "question", "key")
LONGEST = 200


@dataclass(frozen=True)
class Row:
    """``student`` is an id, or "" where that is still asked."""

    student: str
    handin: str
    question: str


class Assigned:
    """What a person has said, and what is still asked."""

    def __init__(self, root: Path, roster: Roster, assign: Iterable[str] = ()) -> None:
        """``assign`` holds texts such as ``FILE=STUDENT``. Raises CourseError."""
        self._path, self._roster = root / FILE_NAME, roster
        self._rows = self._read() if self._path.exists() else {}
        self._changed = False
        self._wanted: dict[str, str] = {}
        for text in assign:
            file, sign, student = text.rpartition("=")
            if not (sign and file.strip("/ ") and student.strip()):
                raise CourseError(f"--assign {text!r}: write it as --assign 'FILE=STUDENT'.")
            self._wanted[file.strip().rstrip("/")] = self._id(student.strip(), f"--assign {text!r}")
        self._fits: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))

    def student(self, file: Opened, named: Named) -> str:
        """The id of the one whose it was said to be; "" where nobody has said it."""
        key = _key(file, named)
        for wanted, student in self._wanted.items():
            if (place := _fitting(wanted, file.came)) or wanted == key:
                self._fits[wanted][place or key].add(named.name)
                self._rows[key] = Row(student, _shown(file.came), "")
                self._changed = True
                return student
        row = self._rows.get(key)
        return row.student if row else ""

    def settle(self, file: Opened, named: Named) -> None:
        """Ask no more whose this is."""
        if (row := self._rows.get(key := _key(file, named))) and not row.student:
            del self._rows[key]
            self._changed = True

    def ask(self, file: Opened, named: Named, question: str) -> None:
        """Note that a person must say whose this is."""
        self._rows[_key(file, named)] = Row("", _shown(file.came), question.partition(" Next: ")[0])
        self._changed = True

    def check(self) -> None:
        """Raises CourseError where it was said of nothing that came, or of the work of several."""
        for wanted in self._wanted:
            places = self._fits.get(wanted, {})
            if not places:
                raise CourseError(f"--assign: nothing that came is called {wanted!r}. Nothing was taken.")
            names = set.union(*places.values()) - {""}
            if len(places) > 1 or len(names) > 1:
                several = ", ".join(sorted(places if len(places) > 1 else names)[:4])
                raise CourseError(
                    f"--assign: {wanted!r} fits several hand-ins ({several}). Nothing was taken. "
                    "Next: write the whole path of one, as the table shows it."
                )

    def save(self) -> None:
        """Write ``whose.csv`` where something was asked or said."""
        if not self._changed:
            return
        rows = [(row.student, row.handin, row.question, key) for key, row in self._rows.items()]
        write_whole(self._path, as_csv([COLUMNS, *sorted(rows)]))

    def _read(self) -> dict[str, Row]:
        table = read_table(self._path)
        if missing := [name for name in COLUMNS if name not in table.columns]:
            raise CourseError(
                f"{self._path}, line 1: the column {missing[0]} is missing. Allowed: {', '.join(COLUMNS)}. "
                "Next: delete the file; course collect asks again."
            )
        rows = {}
        for line, row in table.rows:
            student = row["student"]
            if student:
                student = self._id(student, f"{self._path}, line {line}")
            rows[row["key"]] = Row(student, row["hand-in"], row["question"])
        return rows

    def _id(self, student: str, where: str) -> str:
        if not self._roster:
            plain = student if STUDENT_ID.fullmatch(student) else id_of(student)
            if not plain:
                raise CourseError(f"{where}: {student!r} cannot be a student's name here.")
            return plain
        if self._roster.get(student):
            return student
        found = self._roster.find(student)
        if len(found) != 1:
            who = ", ".join(one.shown for one in found) or "nobody on the roster"
            raise CourseError(
                f"{where}: {student!r} is {who}. Next: write the id of one, as roster.csv has it."
            )
        return found[0].id


def _key(file: Opened, named: Named) -> str:
    if named.said and named.said.key:
        return f"{named.said.system} {named.said.key}"
    return f"{hashlib.sha256(file.content or b'').hexdigest()[:16]} {named.origin[:LONGEST]}"


def _fitting(wanted: str, came: PurePosixPath) -> str:
    """The outermost of the paths down to a file that was meant; "" where none was."""
    for path in [came, *came.parents][-2::-1]:
        if wanted in (str(path), path.name) or wanted.endswith(f"/{path}"):
            return str(path)
    return ""


def _shown(came: PurePosixPath) -> str:
    return str(came).encode("utf-8", "replace").decode()[:LONGEST]
