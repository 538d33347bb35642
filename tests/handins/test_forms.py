"""Every form in which hand-ins arrive: what was expected, and what happened."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course import Course
from autograder.grading.handins.collecting import collect
from autograder.roster import Roster
from autograder.tables import read_table
from tests.handins.forms import CLASS, FORMS, Form, U, as_bytes, lay


def texts(course: Course) -> dict[str, bytes]:
    pages = (course.root / "submitted").glob(f"[!.]*/{U}/{U}.ipynb")
    return {page.parents[1].name: page.read_bytes() for page in pages}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_what_arrives_in_a_form_is_taken_as_whose_it_is_or_asked_about(
    course: Course, tmp_path: Path, form: Form
):
    if form.roster:
        Roster(CLASS).save(course.root)
    entries = []
    for number, files in enumerate(form.runs):
        path = lay(tmp_path / str(number), files, hour=12 + number)
        entries = collect(course, [path], form.assign if number == 0 else ())
    notes = [entry.note for entry in entries]
    assert texts(course) == {student: as_bytes(text) for student, text in form.taken.items()}, notes
    assert sum("whose is it?" in note for note in notes) == form.asked, notes
    assert form.said in "\n".join(notes)
    assert all(entry.ok for entry in entries) == form.ok, notes
    data = (course.root / "submitted").glob(f"[!.]*/{U}/data.csv")
    assert {path.parents[1].name: path.read_bytes() for path in data} == form.beside
    whose = course.root / "whose.csv"
    rows = read_table(whose).rows if whose.exists() else ()
    assert len([row for _, row in rows if not row["student"]]) == form.asked


def test_the_forms_are_enough_and_each_has_a_name_of_its_own():
    assert len({form.name for form in FORMS}) == len(FORMS) >= 22
