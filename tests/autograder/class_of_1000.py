"""A class of a thousand, simulated: who they are, what became of their hand-ins, an LMS's worksheet."""

from __future__ import annotations

import csv
import io
import random
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from autograder.course import Course
from autograder.grading.gradebook.final_grades import Entered
from autograder.grading.results import Outcome, Result
from autograder.roster import Roster, Student

UNIT, OTHER, POINTS = "01-sums", "02-products", 12.0
COURSE_YML = f"""\
title: A thousand
time_zone: Europe/Stockholm
units:
  - {{id: {UNIT}, title: Add, minutes: 9, objectives: [Add.], weight: 2}}
  - {{id: {OTHER}, title: Multiply, minutes: 9, objectives: [Multiply.]}}
"""
FIRST = (  # and what a spreadsheet would run
    "Åsa Jürgen Pat 伟 Søren Zoë Ада Nguyễn Anna Bo José Łucja Chloé İpek Fatma "
    "=cmd|'/C_calc'!A0 -Ed @Al +Mo Eve"
)
LAST = "Öberg Müller O'Neil 王 Kierkegård Berg Лавлейс de_la_Cruz Straße Ó_Súilleabháin Lind Ek Roth Wolf Ay"
SPARSE = 40
"""Of so many students, the roster knows of one no more than name and login, and of another an id."""
STAMP = datetime(2027, 2, 1, 12)
STATES = {  # of a hundred; what is left is graded in time
    "late": 8,
    "extended": 3,
    "regraded": 5,
    "resubmitted": 5,
    "suspicious": 2,
    "timed out": 2,
    "waiting": 6,
    "partly graded": 3,
    "broken": 3,
    "failed": 2,
    "handed in again": 4,
    "other points": 3,
    "not graded": 3,
    "beyond": 2,
    "nothing": 9,
}
HAS_A_GRADE = {"graded", "late", "extended", "regraded", "resubmitted", "suspicious", "timed out", "beyond"}
"""All that may be given out; the others stay empty."""


@dataclass(frozen=True)
class Person:
    """What is true of one: who, what became of the hand-in, and the points."""

    student: Student
    state: str = "graded"
    score: float = 0.0

    @property
    def given(self) -> float | None:
        return self.score if self.state in HAS_A_GRADE else None

    @property
    def has_a_comment(self) -> bool:
        return int(self.student.id[1:]) % 3 == 0

    def is_told_apart(self, system: str) -> bool:
        """Does the roster know more than a name, or an id that the system does not know?"""
        return int(self.student.id[1:]) % SPARSE > 1 or system == "canvas"


def a_class(rng: random.Random, size: int = 1000) -> list[Person]:
    """Some share a name; the roster knows of a few no more than an id, or a name."""
    names = [f"{a} {b.replace('_', ' ')}" for a in FIRST.split() for b in LAST.split()]
    states = [state for state, of in STATES.items() for _ in range(of)]
    states += ["graded"] * (100 - len(states))
    people = []
    for n in range(size):
        keys = {"login": (f"u{n:04}",), "id_number": (str(100_000 + 7 * n),), "canvas": (str(5000 + 3 * n),)}
        student = Student(f"u{n:04}", names[n % len(names)], f"u{n:04}@uni.example", keys)
        state = states[rng.randrange(100)]
        score = POINTS + 1 if state == "beyond" else rng.randrange(0, 1200) / 100
        people.append(Person(student, state, score))
    return people


def on_the_roster(people: Sequence[Person]) -> Roster:
    """A few have no e-mail there and no number, as many have an id alone."""
    known = [p.student for p in people]
    for n in range(0, len(known), SPARSE):
        known[n] = replace(known[n], email="", keys={"login": known[n].keys["login"]})
        known[n + 1] = Student(known[n + 1].id)
    return Roster(known)


def make_course(root: Path, people: Sequence[Person]) -> Course:
    """The folders that say who handed in, and when."""
    for unit in (UNIT, OTHER):
        (root / "source" / unit).mkdir(parents=True)
        (root / "source" / unit / f"{unit}.ipynb").write_text("{}", encoding="utf-8")
    (root / "course.yml").write_text(COURSE_YML, encoding="utf-8")
    for person in people:
        if person.state != "nothing":
            folder = root / "submitted" / person.student.id / UNIT
            folder.mkdir(parents=True)
            later = timedelta(days=1) if person.state == "handed in again" else timedelta()
            (folder / "timestamp.txt").write_text(f"{STAMP + later} UTC", encoding="utf-8")
    page = root / "autograded" / people[0].student.id / UNIT / f"{UNIT}.ipynb"
    page.parent.mkdir(parents=True)
    page.touch()
    on_the_roster(people).save(root)
    return Course.load(root)


def results(people: Sequence[Person]) -> list[Result]:
    """What the gradebook has of them."""
    return [_result(person) for person in people if person.state not in ("nothing", "not graded")]


def _result(person: Person) -> Result:
    state = person.state
    found = Result(person.student.id, UNIT, Outcome.GRADED, scores=_scores(person.score))
    if state == "late":
        return replace(found, scores=_scores(person.score + 1.5), late_penalty=1.5)
    if state in ("suspicious", "timed out", "broken"):
        return replace(found, status=Outcome(state), reason="for some reason")
    if state in ("waiting", "partly graded"):
        status = Outcome.PARTLY_GRADED if state == "partly graded" else Outcome.GRADED
        return replace(found, status=status, scores={**found.scores, "why": (None, 2.0)})
    if state == "failed":
        return replace(found, status=Outcome.FAILED, scores={name: (None, 6.0) for name in ("add", "why")})
    return replace(found, graded_before=True) if state == "other points" else found


def _scores(total: float) -> dict[str, tuple[float | None, float]]:
    return {"add": (total - min(total, 2.0), POINTS - 2.0), "why": (min(total, 2.0), 2.0)}


def entered(people: Sequence[Person]) -> dict[str, Entered]:
    """What a person wrote to some, and when they handed in."""
    return {
        p.student.id: Entered(
            STAMP, {"why": f'To {p.student.id}: good <b> "work";\r\nnext: =1+1'} if p.has_a_comment else {}
        )
        for p in people
    }


@dataclass
class Made:
    """A worksheet, and who the rows from the ``first`` on truly are; None for a stranger."""

    people: list[Person | None]
    table: list[list[str]]
    first: int = 1
    locked: set[int] = field(default_factory=set)


def strangers(people: Sequence[Person]) -> list[Student]:
    """Nobody of the class; three have the name of one whose number and address are others."""
    alike = [p.student for p in people if p.student.email][5:8]
    named = [replace(one, email=f"x{one.email}", keys=_other(n)) for n, one in enumerate(alike)]
    return [
        *named,
        *(Student("", f"Stranger {n}", f"s{n}@elsewhere.example", _other(9 + n)) for n in range(12)),
    ]


def _other(n: int) -> dict[str, tuple[str, ...]]:
    return {"login": (f"x{n}",), "id_number": (str(900_000 + n),), "canvas": (str(90_000 + n),)}


MOODLE = {
    "en": "Identifier|Full name|ID number|Email address|Status|Grade|Maximum grade|Grade can be changed|"
    "Last modified (submission)|Last modified (grade)|Feedback comments",
    "de": "ID|Vollständiger Name|ID-Nummer|E-Mail-Adresse|Status|Bewertung|Bestwertung|"
    "Bewertung kann geändert werden|Zuletzt geändert (Abgabe)|Zuletzt geändert (Bewertung)|"
    "Feedback als Kommentar",
    "sv": "Identifierare|Fullständigt namn|ID-nummer|E-postadress|Status|Betyg|Maxbetyg|Betyg kan ändras|"
    "Senast modifierat (inlämning)|Senast modifierat (betyg)|Återkoppling som kommentar",
    "fr": "Identifiant|Nom complet|Numéro d'identification|Adresse de courriel|Statut|Note|Note maximale|"
    "La note peut être modifiée|Dernière modification (travail remis)|Dernière modification (note)|"
    "Feedback par commentaires",
}
WORDS = {
    "en": ("Participant ", "No"),
    "de": ("Teilnehmer/in", "Nein"),
    "sv": ("Deltagare", "Nej"),
    "fr": ("Participant ", ""),
}


def moodle(people: Sequence[Person], rng: random.Random, language: str = "en", most: str = "10.00") -> Made:
    """Rows in an order of their own; every seventh has a grade already, every fiftieth is locked."""
    rows = [*((p, p.student) for p in people[20:]), *((None, s) for s in strangers(people))]
    rng.shuffle(rows)
    participant, no = WORDS[language]
    made = Made([person for person, _ in rows], [MOODLE[language].split("|")])
    for n, (person, who) in enumerate(rows, start=1):
        handed_in = person is not None and person.state != "nothing"
        if no and n % 50 == 0:
            made.locked.add(n)
        name = unicodedata.normalize("NFD", who.name) if n % 2 else who.name
        [number] = who.keys["id_number"]
        before = most.replace("1", "0", 1) if n % 7 == 0 else ""
        stood = "<p>Nice</p>" if n % 11 == 0 else ""
        status, came = ("Inskickad", "Monday, 1 February 2027, 10:00 AM") if handed_in else ("–", "-")
        can_be_changed = no if n in made.locked else "Yes"
        identity = [f"{participant}{1_000_000 + 13 * n}", name, number, who.email]
        made.table.append([*identity, status, before, most, can_be_changed, came, "-", stood])
    return made


def canvas(people: Sequence[Person], rng: random.Random, most: str = "10.00") -> Made:
    """With the rows and columns that are no students and no units."""
    rows = [*((p, p.student) for p in people[20:]), *((None, s) for s in strangers(people))]
    rng.shuffle(rows)
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    head += [f"{OTHER} Multiply (41)", f"{UNIT} Add (42)", "Final Score"]
    manual = ["", "", "", "", "", "Manual Posting", "", ""]
    points = ["    Points Possible", "", "", "", "", "5.00", most, "(read only)"]
    made = Made([person for person, _ in rows], [head, manual, points], first=3)
    for n, (_, who) in enumerate(rows, start=3):
        last, first = who.name.rpartition(" ")[2], who.name.rpartition(" ")[0]
        keys = [who.keys[system][0] for system in ("canvas", "id_number", "login")]
        if n % 50 == 0:
            made.locked.add(n)
        before = "EX" if n in made.locked else most if n % 7 == 0 else ""
        made.table.append([f"{last}, {first}", *keys, "A and B", "3.00", before, "17.5"])
    made.table.append(["Student, Test", "1", "", "ab12", "A", "", "", ""])
    return made


def written(table: Sequence[Sequence[str]], delimiter: str, ends: str, encoding: str) -> bytes:
    """The table as a file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=ends).writerows(table)
    return text.getvalue().encode(encoding)
