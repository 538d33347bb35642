"""What an export needs to know of an LMS's worksheet, whichever LMS it is from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from autograder.lms.worksheet import Worksheet
from autograder.roster import Roster, Student
from autograder.roster.student import NAMING, folded, id_of, squeezed


@dataclass(frozen=True)
class Row:
    """A student's row: who that is in the LMS's words, which grade stands there, and what stands against one.

    ``closed`` says why the LMS takes no grade here. ``handed_in`` where the LMS has a hand-in.
    """

    index: int
    line: int
    person: Student
    before: str = ""
    closed: str = ""
    handed_in: bool = False
    comment: str = ""

    @property
    def shown(self) -> str:
        """Line and name, as a message names them."""
        keys = (key for keys in self.person.keys.values() for key in keys)
        name = self.person.name or self.person.email or next(keys, "no name")
        return f"line {self.line}, {name}"


@dataclass(frozen=True)
class Sheet:
    """``most`` is the grade for all points; ``beyond`` where the LMS takes more than that, too."""

    system: str
    worksheet: Worksheet
    rows: tuple[Row, ...]
    most: float
    grade: int
    comments: int | None = None
    beyond: bool = False
    decimal_comma: bool = False

    def written(self, grade: float) -> str:
        """A grade as this worksheet writes numbers."""
        text = f"{grade:.2f}".rstrip("0").rstrip(".")
        return text.replace(".", ",") if self.decimal_comma else text


@dataclass
class Matched:
    """Whose the rows are, by their index, and in a sentence why another one is nobody's."""

    students: dict[int, str] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)


def match(rows: Sequence[Row], roster: Roster, students: Iterable[str]) -> Matched:
    """Whose each row is. ``students`` are all who can be meant; those not on the roster have an id alone.

    What a system calls a person counts before the name. Where the two are at odds, or two rows are one
    student's, nothing is decided.
    """
    known = _Known(roster, students)
    found = Matched()
    people = {row.index: known.by_key(row.person) for row in rows}
    taken = {several[0].id for several in people.values() if len(several) == 1}
    claims: dict[str, list[Row]] = {}
    for row in rows:
        named = [] if people[row.index] else known.by_name(row.person)
        meant = people[row.index] or [one for one in named if one.id not in taken]
        if len(meant) == 1:
            claims.setdefault(meant[0].id, []).append(row)
        elif meant:
            found.unknown[row.index] = f"could be {' or '.join(one.shown for one in meant)}"
        elif named:
            found.unknown[row.index] = f"another row has the number or address of {named[0].shown}"
        else:
            found.unknown[row.index] = "nobody here has that name, e-mail or number"
    for student, claiming in claims.items():
        for row in claiming:
            if len(claiming) == 1:
                found.students[row.index] = student
            else:
                lines = " and ".join(str(one.line) for one in claiming)
                found.unknown[row.index] = f"lines {lines} could both be {known.shown(student)}"
    return found


class _Known:
    def __init__(self, roster: Roster, students: Iterable[str]) -> None:
        self._all = Roster([*roster, *(Student(name) for name in students if not roster.get(name))])
        self._by_id = {folded(one.id): one for one in self._all}

    def shown(self, student: str) -> str:
        return self._all.shown(student)

    def by_key(self, person: Student) -> list[Student]:
        """All with one of a row's numbers or addresses, and where their name is another, who has it."""
        keys = [*person.all_keys()]
        names = [folded(key) for system in NAMING for key in person.keys.get(system, ())]
        keys += [(system, name) for name in names for system in NAMING]
        found = [self._all.by_key(system, key) for system, key in keys] + [*map(self._by_id.get, names)]
        people = {one.id: one for one in found if one}
        if any(one.name and not _has_name(one, person.name) for one in people.values()):
            people |= {one.id: one for one in self._all.find(person.name) if _has_name(one, person.name)}
        return list(people.values())

    def by_name(self, person: Student) -> list[Student]:
        """All of that name whom no number or address contradicts; an id alone is a name, too."""
        words = (word for word in (person.name, id_of(person.name)) if word)
        people = {one.id: one for word in words for one in self._all.find(word)}
        return [
            one
            for one in people.values()
            if (not one.name or _has_name(one, person.name)) and not one.contradicted_by(person)
        ]


def _has_name(one: Student, name: str) -> bool:
    return squeezed(name) in one.squeezed_names()


OPENS, CLOSES = '<div class="course-feedback">', "</div>"
"""Around what an export wrote as a comment, so that the next one replaces it, and nothing else."""


def with_comment(before: str, comments: Mapping[str, str], penalty: str) -> str:
    """A comment in HTML: what others wrote in the LMS stays, and what an earlier export wrote is replaced."""
    said = [f"<p>{escape(name)}: {escape(text)}</p>" for name, text in comments.items()]
    if penalty:
        said.append(f"<p>{escape(penalty)}</p>")
    ours = OPENS + "".join(said).replace("\r\n", "\n").replace("\n", "<br>") + CLOSES if said else ""
    start, end = before.find(OPENS), -1
    if start >= 0:
        end = before.find(CLOSES, start)
    if end >= 0:
        return before[:start] + ours + before[end + len(CLOSES) :]
    return before + ours
