"""Whole classes through Moodle's and Canvas's zips: no work in another's row, and none lost in silence."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.grading.handins.collecting import Entry, collect
from autograder.lms.systems import read_list
from autograder.roster import Roster
from tests.handins import crowd
from tests.handins.crowd import Person
from tests.handins.forms import zipped
from tests.handins.test_forms import texts


def enrol(course: Course, folder: Path, *lists: bytes) -> Roster:
    """Read the lists one after the other; nothing is asked."""
    roster = Roster.load(course.root)
    for number, content in enumerate(lists):
        path = folder / f"{number}.csv"
        path.write_bytes(content)
        roster, questions = roster.updated(read_list(path))
        assert questions == []
    roster.save(course.root)
    return roster


def turned_in(course: Course, path: Path, files: dict[str, str | bytes], hour: int) -> list[Entry]:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(zipped(files, hour))
    return collect(course, [path])


def rows(course: Course, roster: Roster, system: str) -> dict[str, str]:
    """By the platform's number, whose work it is, and of which turn."""
    return {
        roster.get(student).keys[system][0]: json.loads(page)["cells"][0]["source"]
        for student, page in texts(course).items()
    }


SYSTEMS = {
    "moodle": (crowd.worksheet, crowd.moodles_zip, "COURSE-Hand-in 2-51234.zip"),
    "canvas": (crowd.gradebook, crowd.canvas_zip, "submissions.zip"),
}


def whole_term(course: Course, tmp_path: Path, people: list[Person], system: str) -> tuple[int, int, int]:
    """Hand-ins of all but a tenth, again of a third, and of three strangers: wrong, missing, asked."""
    a_list, a_zip, name = SYSTEMS[system]
    lists = (crowd.participants(people), a_list(people)) if system == "moodle" else (a_list(people),)
    roster = enrol(course, tmp_path, *lists)
    draw = random.Random(2)
    there = draw.sample(people, len(people) * 9 // 10)
    again = draw.sample(there, len(there) // 3)
    strangers = [Person("Nobody", f"Stranger{n}", 900_000 + n) for n in range(3)]
    first = turned_in(course, tmp_path / "1" / name, a_zip([*there, *strangers], "first", 10, draw), 10)
    second = turned_in(course, tmp_path / "2" / name, a_zip(again, "second", 11, draw), 11)
    asked = [
        entry for entry in (*first, *second) if "is not on the roster" in entry.note and not entry.student
    ]
    wanted = {str(p.number): f"{p.number} {'second' if p in again else 'first'}" for p in there}
    found = rows(course, roster, system)
    wrong = sum(wanted.get(number) != text for number, text in found.items())
    return wrong, len(wanted.keys() - found.keys()), len(asked)


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_class_of_thirty_is_in_its_rows(course: Course, tmp_path: Path, system: str):
    assert whole_term(course, tmp_path, crowd.crowd(30, seed=5), system) == (0, 0, 3)


@pytest.mark.parametrize("system", SYSTEMS)
def test_where_only_names_are_known_those_alike_are_asked_about_and_nobody_is_wrong(
    course: Course, tmp_path: Path, system: str
):
    people = crowd.crowd(80, seed=3)
    roster = enrol(course, tmp_path, crowd.participants(people))
    _, a_zip, name = SYSTEMS[system]
    entries = turned_in(course, tmp_path / name, a_zip(people, "first", 10, random.Random(4)), 10)
    found = {roster.get(student).email: page for student, page in texts(course).items()}
    assert all(
        json.loads(page)["cells"][0]["source"] == f"{email[1:7]} first" for email, page in found.items()
    )
    named = Counter(person.name for person in people)
    alike = sum(count for count in named.values() if count > 1)
    assert 0 < alike < 80
    assert sum(" can be " in entry.note for entry in entries) == alike == 80 - len(found)


@pytest.mark.deep
@pytest.mark.parametrize("system", SYSTEMS)
def test_a_thousand_are_in_their_rows(course: Course, tmp_path: Path, system: str):
    people = crowd.crowd(1000)
    assert len({person.name for person in people}) < 200, "many are called alike"
    assert whole_term(course, tmp_path, people, system) == (0, 0, 3)
