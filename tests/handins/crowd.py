"""A class that was made up, as Moodle and Canvas list it and as they pack what it handed in.

Names are in several scripts, many of them alike; downloads are late, resubmitted, unmatched, and packed with
logins that many share, or with another's receipt.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autograder.tables import as_csv
from tests.handins.forms import U, moodle, slip

FIRST = (
    "Åsa",
    "Jürgen",
    "Pat",
    "Zoë",
    "Łukasz",
    "İnci",
    "Мария",
    "伟",
    "Ada",
    "Bo",
    "Nguyễn",
    "Sørine",
    "Max",
)
LAST = ("Öberg", "Groß", "O'Neil", "da Silva", "Müller-Lüdenscheidt", "Petrova", "王", "Lee", "Kim", "Ñuñez")


@dataclass(frozen=True)
class Person:
    first: str
    last: str
    number: int

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def email(self) -> str:
        return f"s{self.number}@school.test"

    @property
    def squeezed(self) -> str:
        """As Canvas squeezes it."""
        return re.sub(r"[^\w]", "", f"{self.last}, {self.first}").lower()


def crowd(size: int, seed: int = 1) -> list[Person]:
    draw = random.Random(seed)
    return [Person(draw.choice(FIRST), draw.choice(LAST), 100_000 + 7 * n) for n in range(size)]


def participants(people: Iterable[Person]) -> bytes:
    """Moodle's list of participants."""
    rows = [("First name", "Last name", "Email address"), *((p.first, p.last, p.email) for p in people)]
    return as_csv(rows)


def worksheet(people: Iterable[Person]) -> bytes:
    """Moodle's grading worksheet of an assignment: its participants' numbers."""
    heading = ("Identifier", "Full name", "Email address", "Status", "Grade")
    return as_csv([heading, *((f"Participant {p.number}", p.name, p.email, "", "") for p in people)])


def gradebook(people: Iterable[Person]) -> bytes:
    """Canvas's gradebook."""
    heading = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Hand-in (1)")
    rows = ((f"{p.last}, {p.first}", str(p.number), "", f"login{p.number}", "A", "") for p in people)
    return as_csv([heading, ("    Points Possible", "", "", "", "", "10.0"), *rows])


Members = dict[str, str | bytes]


def moodles_zip(people: Sequence[Person], turn: str, hour: int, draw: random.Random) -> Members:
    """All hand-ins of an assignment."""
    members: Members = {}
    for person in people:
        name = unicodedata.normalize(draw.choice(("NFC", "NFD")), person.name.replace("'", ""))
        file, content = _work(person, turn, hour, draw)
        members[moodle(name, person.number, file, draw.choice(("_/", "/", "_")))] = content
    return members


def canvas_zip(people: Sequence[Person], turn: str, hour: int, draw: random.Random) -> Members:
    """The same of Canvas; the numbers of uploads and the suffixes are others each time."""
    members: Members = {}
    for person in people:
        late, upload, suffix = (
            draw.choice(("", "_LATE")),
            draw.randrange(10_000, 99_999),
            draw.choice(("", "-1")),
        )
        file, content = _work(person, turn, hour, draw)
        stem, _, end = file.rpartition(".")
        members[f"{person.squeezed}{late}_{person.number}_{upload}_{stem}{suffix}.{end}"] = content
    return members


def _work(person: Person, turn: str, hour: int, draw: random.Random) -> tuple[str, str | bytes]:
    """A file, every third packed by `course submit` under whatever name."""
    text = f"{person.number} {turn}"
    if draw.random() < 1 / 3:
        login = draw.choice(("jovyan", "root", "Ada-Kim", "laptop7"))
        return f"handin-{U}-{login}.zip", slip(login, text, hour=hour)
    return draw.choice((f"{U}.ipynb", f"{U}-Copy1.ipynb", f"{U} (1).ipynb", f"{U}_final.ipynb")), text
