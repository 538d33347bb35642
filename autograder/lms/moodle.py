"""Moodle: the participants' list, an assignment's grading worksheet, and the zip of all its hand-ins."""

from __future__ import annotations

import re

from autograder.lms import columns
from autograder.lms.said import Said
from autograder.roster import Student, clean_name
from autograder.tables import Table

SYSTEM = "moodle"
IN_A_DOWNLOAD = re.compile(
    r"(?P<name>.+?)(?:_(?P<number>\d+))?_assignsubmission_[a-z]+(?:_(?P<file>.*))?", re.DOTALL
)
"""A folder for each, ``Åsa Öberg_1234567_assignsubmission_file_``; flat, its file is in the same name."""
BLIND = ("participant", "teilnehmer/in", "teilnehmer", "deltagare", "estudiante")
"""In the place of a name, where a teacher marks blindly."""
IDENTIFIER = ("Identifier", "ID", "Identifikator", "Identifierare", "Identifiant", "Identificador")
PARTICIPANT = re.compile(r"[^\W\d_]{8}\D*(\d+)")
"""``Participant 1234567``, in any language: a long word and a number, unlike ``s1234567``."""


def said_in(name: str) -> Said | None:
    """What Moodle says in the name of a file or a folder; None where it did not name it."""
    if not (found := IN_A_DOWNLOAD.fullmatch(name)):
        return None
    name = "" if found["name"].casefold() in BLIND else found["name"]
    return Said(SYSTEM, found["number"] or "", name, found["file"] or "")


def participant(identifier: str) -> str:
    """The number in ``Participant 1234567``; "" where there is none."""
    found = PARTICIPANT.fullmatch(identifier.strip())
    return found[1] if found else ""


def listed(table: Table) -> list[Student] | None:
    """Who is in a grading worksheet, with numbers; None where the table is none."""
    column = table.column(IDENTIFIER)
    if not column or not all(participant(row[column]) for _, row in table.rows):
        return None
    people = columns.people(table)
    return [
        Student("", clean_name(one.name), one.email, {**one.keys, SYSTEM: (participant(row[column]),)})
        for one, (_, row) in zip(people, table.rows, strict=True)
    ]
