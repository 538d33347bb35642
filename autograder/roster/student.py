"""One student: an id here, a name in any script, and what other systems say instead."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from autograder.course_file import CourseError
from autograder.grading.handins.receipts import student_id

SYSTEMS = ("login", "id_number", "moodle", "canvas")
ONE_EACH = ("login", "id_number", "canvas")
"""Systems that have one name for a person; Moodle's participant numbers are others in each assignment."""
NAMING = ("login", "id_number")
"""Systems whose names people use for one another."""
AS_GERMANS_WRITE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})


@dataclass(frozen=True)
class Student:
    """One of the class. ``id`` names the folder in ``submitted/``; ``keys`` are by system."""

    id: str
    name: str = ""
    email: str = ""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """``Åsa Öberg (asa)``, or the id alone."""
        return f"{self.name} ({self.id})" if self.name and self.name != self.id else self.id

    @property
    def first_and_last(self) -> tuple[str, str]:
        """The name in two parts: at the comma, else before the last word and the small ones before that."""
        if "," in self.name:
            last, _, first = self.name.partition(",")
            return first.strip(), last.strip()
        words = self.name.split()
        first_of_last = len(words) - 1
        while first_of_last > 1 and words[first_of_last - 1].islower():
            first_of_last -= 1
        return " ".join(words[:first_of_last]), " ".join(words[first_of_last:])

    def all_keys(self) -> Iterator[tuple[str, str]]:
        """System and key, as they can be compared; an e-mail is one, too."""
        for system, keys in self.keys.items():
            yield from ((system, folded(plain_key(key))) for key in keys)
        if self.email:
            yield "email", folded(self.email)

    def words(self) -> set[str]:
        """What is this student exactly, folded: id, e-mail, login, ID number, name, its form as an id."""
        keys = (key for system in NAMING for key in self.keys.get(system, ()))
        return {folded(word) for word in (self.id, self.email, *keys, in_order(self.name), id_of(self.name))}

    def squeezed_names(self) -> set[str]:
        """The name without spaces and signs, with and without accents, the last name first or last."""
        words = in_order(self.name).split()
        turned = (" ".join((*words[n:], *words[:n])) for n in range(len(words)))
        return {
            squeezed(form)
            for name in turned
            for form in (name, id_of(name), folded(name).translate(AS_GERMANS_WRITE))
        }

    def contradicted_by(self, other: Student) -> str:
        """What this one has, and the other has otherwise, where a person has it once; "" for nothing."""
        theirs = dict(other.all_keys())
        for system, key in self.all_keys():
            if system in (*ONE_EACH, "email") and theirs.get(system, key) != key:
                return f"{_SPOKEN.get(system, system)} {key}"
        return ""

    def updated(self, other: Student) -> Student:
        """The same student with the other's name, e-mail and keys, where it has any."""
        keys = {system: tuple(names) for system, names in self.keys.items()}
        for system, names in other.keys.items():
            known = keys.get(system, ())
            keys[system] = (
                tuple(names) if names and system in ONE_EACH else (*dict.fromkeys([*known, *names]),)
            )
        return replace(self, name=other.name or self.name, email=other.email or self.email, keys=keys)


_SPOKEN = {"email": "e-mail", "id_number": "ID number"}


def plain_key(key: str) -> str:
    """A key in one word."""
    return "_".join(key.split())


def clean_name(text: str) -> str:
    """A name as it is kept: in one line, composed, and nothing that a spreadsheet would run."""
    shown = "".join(letter if letter.isprintable() else " " for letter in unicodedata.normalize("NFC", text))
    return " ".join(shown.split()).lstrip("=+-@ ")[:200]


def in_order(name: str) -> str:
    """``Öberg, Åsa`` → ``Åsa Öberg``."""
    last, comma, first = name.partition(",")
    return " ".join((f"{first} {last}" if comma else name).split())


def folded(text: str) -> str:
    """As it can be compared: composed, capitals or not."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()).strip()


def squeezed(text: str) -> str:
    """The same without spaces and signs: letters, their marks, and digits."""
    return "".join(letter for letter in folded(text) if unicodedata.category(letter)[0] in "LMN")


def id_of(name: str) -> str:
    """A name as `course submit` writes it; nothing where that makes none of it."""
    try:
        return student_id(name) if name else ""
    except CourseError:
        return ""
