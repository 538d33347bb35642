"""What a list of a class says, merged into the roster: the same person once, and nobody guessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from autograder.roster.student import Student, folded, id_of, in_order

READ_AGAIN = "then read the list again"


def merged(
    known: Iterable[Student], rows: Iterable[Student], used: Collection[str] = ()
) -> tuple[list[Student], list[str]]:
    """The students, and in sentences what a person must decide; a row's id may be "".

    The same person has a key or the e-mail in common, else a name that is unique on both sides.
    """
    return _Merging(list(known), list(rows), used).done()


class _Merging:
    def __init__(self, known: list[Student], rows: list[Student], used: Collection[str]) -> None:
        self.students = {one.id: one for one in known}
        self.known = dict(self.students)
        self.rows = rows
        self.used = {name.casefold(): name for name in used}
        self.by_key = {key: one for one in known for key in one.all_keys()}
        self.by_name = _by_name(known)
        self.rows_by_name = _by_name(rows)

    def done(self) -> tuple[list[Student], list[str]]:
        questions = []
        first: dict[tuple[str, str], Student] = {}
        for row in self.rows:
            same = [first[key] for key in row.all_keys() if key in first]
            if same:
                if row != same[0]:
                    questions.append(
                        f"{_described(row)} and {_described(same[0])} share an address or a number, "
                        "and the second was left out. Next: mend the list."
                    )
                continue
            first |= dict.fromkeys(row.all_keys(), row)
            found = self._found(row)
            if isinstance(found, str):
                questions.append(found)
            else:
                self.students[found.id] = found.updated(row)
        return list(self.students.values()), questions

    def _found(self, row: Student) -> Student | str:
        """The student whom a row is about, new ones, too, or what to ask."""
        sharing = {one.id: one for key in row.all_keys() if (one := self.by_key.get(key))}
        if row.id in self.known:
            sharing[row.id] = self.known[row.id]
        if len(sharing) > 1:
            both = " and ".join(one.shown for one in sharing.values())
            return f"{_described(row)} could be {both}. Next: mend roster.csv, {READ_AGAIN}."
        if sharing:
            return next(iter(sharing.values()))
        if not row.name:
            if row.id:
                return Student(row.id)
            return f"{_described(row)} has no name, and nobody on the roster has that. Left out."
        alike = self.by_name[_name(row)]
        others = [one for one in alike if not one.contradicted_by(row)]
        if len(alike) == len(others) == len(self.rows_by_name[_name(row)]) == 1:
            return alike[0]
        if others:
            people = ", ".join(one.shown for one in others)
            return (
                f"{_described(row)}: is that {people}? "
                f"Next: write the e-mail of each in roster.csv, {READ_AGAIN}."
            )
        if len(alike) == len(self.rows_by_name[_name(row)]) == 1:
            one = alike[0]
            return (
                f"{_described(row)}: is that {one.shown}, who has {one.contradicted_by(row)}? Next: if so, "
                f"delete that in roster.csv; if not, write a row for the new one there; {READ_AGAIN}."
            )
        return Student(row.id or self._new_id(row))

    def _new_id(self, row: Student) -> str:
        """Of login, name and mailbox what is free, first of all one that work was handed in under."""
        alike = self.rows_by_name[_name(row)]
        login, mailbox = row.keys.get("login", ("",))[0], row.email.partition("@")[0]
        words = [login, row.name if len(alike) == 1 else "", mailbox, row.name]
        ids = dict.fromkeys(name for name in map(id_of, words) if name)
        taken = {name.casefold() for name in self.students}
        free = [name for name in ids if name.casefold() not in taken]
        if handed_in := [self.used[name.casefold()] for name in free if name.casefold() in self.used]:
            return handed_in[0]
        if free:
            return free[0]
        stem = next(iter(ids), "student")
        numbers = (f"{stem[:58]}-{number}" for number in range(2 if ids else 1, len(taken) + 3))
        return next(name for name in numbers if name.casefold() not in taken)


def _by_name(people: Iterable[Student]) -> dict[str, list[Student]]:
    found: dict[str, list[Student]] = defaultdict(list)
    for one in people:
        found[_name(one)].append(one)
    return found


def _name(one: Student) -> str:
    return folded(in_order(one.name))


def _described(row: Student) -> str:
    keys = (f"{system} {' '.join(names)}" for system, names in row.keys.items() if names)
    return " ".join(part for part in (row.name, f"<{row.email}>" if row.email else "", *keys) if part)
