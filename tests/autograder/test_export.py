"""Grades go back: each into its student's row, everything else as it came, and nobody is left unsaid."""

from __future__ import annotations

import csv
import io
import random
import re
from pathlib import Path

import pytest

from autograder.commands.export import export_to_lms
from autograder.course import Course
from autograder.grading.gradebook import final_grades
from tests.autograder.class_of_1000 import (
    POINTS,
    UNIT,
    Made,
    Person,
    a_class,
    canvas,
    entered,
    make_course,
    moodle,
    results,
    written,
)

PEOPLE = a_class(random.Random(7))
GRADE = {"moodle": 5, "canvas": 6}
COMMENT = 10


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return make_course(tmp_path_factory.mktemp("thousand"), PEOPLE)


@pytest.fixture(autouse=True)
def gradebook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        final_grades, "graded_results", lambda _, unit: results(PEOPLE) if unit == UNIT else []
    )
    monkeypatch.setattr(final_grades, "_entered", lambda _, unit: entered(PEOPLE) if unit == UNIT else {})


FORMS = {
    "moodle-en": ("moodle", "en", "10.00", ",", "\r\n", "utf-8-sig"),
    "moodle-de": ("moodle", "de", "10,00", ",", "\n", "utf-8"),
    "moodle-sv-from-a-spreadsheet": ("moodle", "sv", "100,00", ";", "\r\n", "utf-8-sig"),
    "moodle-fr-tabs": ("moodle", "fr", "20", "\t", "\r\n", "utf-16"),
    "canvas": ("canvas", "", "10.00", ",", "\n", "utf-8"),
    "canvas-semicolons": ("canvas", "", "12,00", ";", "\n", "utf-8-sig"),
}


FIGURES = {
    "moodle-en": (590, 30),
    "moodle-de": (592, 29),
    "moodle-sv-from-a-spreadsheet": (592, 27),
    "moodle-fr-tabs": (601, 30),
    "canvas": (646, 0),
    "canvas-semicolons": (644, 0),
}
"""How many grades are in their row, and how many rows are asked about since the roster knows too little."""


@pytest.mark.parametrize("form", FORMS)
def test_of_a_thousand_grades_none_is_in_the_wrong_row_and_none_is_missing_unsaid(
    course: Course, tmp_path: Path, form: str
):
    system, language, most, delimiter, ends, encoding = FORMS[form]
    rng = random.Random(form)
    made = moodle(PEOPLE, rng, language, most) if system == "moodle" else canvas(PEOPLE, rng, most)
    path = tmp_path / "sheet.csv"
    path.write_bytes(written(made.table, delimiter, ends, encoding))
    exported = export_to_lms(course, UNIT, system, path, pages=False)
    assert not exported.ok
    after = exported.files[0].read_bytes()
    rows = list(csv.reader(io.StringIO(after.decode(encoding), newline=""), delimiter=delimiter))
    assert after.count(ends.encode()) == path.read_bytes().count(ends.encode()), "its form is as it came"
    assert path.read_bytes() == written(made.table, delimiter, ends, encoding), "the file given is as it was"
    _only_cells_of(made, rows, {GRADE[system], *([COMMENT] if system == "moodle" else [])})
    said = {line.line: line for line in exported.lines if line.line}
    wrong, given, asked = [], 0, 0
    for place, person in enumerate(made.people, start=made.first):
        before, now = made.table[place][GRADE[system]], rows[place][GRADE[system]]
        expected = _expected(person, place in made.locked, system, float(most.replace(",", ".")))
        line = said[place + 1]
        if system == "moodle":
            named = set(re.findall(r"To (u\d+)", rows[place][COMMENT]))
            if named != ({person.student.id} if person and line.grade and person.has_a_comment else set()):
                wrong.append((person, before, now, line))
        if line.grade:
            given += 1
            if expected is None or abs(float(now.replace(",", ".")) - expected) > 1e-9:
                wrong.append((person, before, now, line))
        elif now != before or (line.ok and person is not None and person.state != "nothing"):
            wrong.append((person, before, now, line))
        elif expected is not None:
            asked += 1
            if person is not None and person.is_told_apart(system):
                wrong.append((person, before, now, line))
    assert wrong == []
    assert (given, asked) == FIGURES[form]
    absent = " ".join(line.student for line in exported.lines if line.line is None)
    assert all(person.student.id in absent for person in PEOPLE[:20])


def _expected(person: Person | None, locked: bool, system: str, most: float) -> float | None:
    """What must stand there; None where the row must stay as it was."""
    if person is None or locked or person.given is None:
        return None
    value = round(person.given / POINTS * most, 2)
    return None if value > most and system == "moodle" else value


def _only_cells_of(made: Made, rows: list[list[str]], columns: set[int]) -> None:
    others = [n for n in range(len(rows[0])) if n not in columns]
    assert [[row[n] for n in others] for row in rows] == [[row[n] for n in others] for row in made.table]


def test_a_second_export_into_its_own_result_changes_nothing(course: Course, tmp_path: Path):
    path = tmp_path / "sheet.csv"
    path.write_bytes(written(moodle(PEOPLE, random.Random(1)).table, ",", "\n", "utf-8"))
    first = export_to_lms(course, UNIT, "moodle", path, pages=False).files[0].read_bytes()
    path.write_bytes(first)
    again = export_to_lms(course, UNIT, "moodle", path, pages=False)
    assert again.files[0].read_bytes() == first
    assert not any(line.note.startswith("was ") for line in again.lines)
