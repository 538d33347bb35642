"""A total is the present one wherever it is shown, and one page that fails is one page."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner
from typer.testing import Result as Said

from autograder.cli import app
from autograder.commands.extend import extend
from autograder.commands.feedback import feedback
from autograder.course_file import CourseError
from autograder.grading.gradebook.class_report import class_report, graded_results
from autograder.grading.gradebook.late_penalty import Export
from autograder.grading.nbgrader_inside import read_config
from tests.grading.desk import Desk
from tests.grading.parity_class import LATE, POINTS, RIGHT, TESTED, UNIT, WRITTEN, cell

ANSWERED = {**RIGHT, **WRITTEN}
PER_DAY, DUE = "late_penalty_per_day: 10", "due: 2027-02-05 18:00"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """ada was two days late, bo in time."""
    desk = Desk(tmp_path_factory.mktemp("desk") / "course")
    desk.hand_in(ANSWERED, timestamp=LATE)
    desk.hand_in(ANSWERED, student="bo")
    return desk


@pytest.fixture
def desk(fresh: Desk, tmp_path: Path) -> Desk:
    return fresh.copied(tmp_path / "course")


def in_the_report(desk: Desk) -> tuple[float, float]:
    """ada's total and penalty."""
    [ada] = [result for result in graded_results(desk.course, UNIT) if result.student == "ada"]
    return ada.total, ada.late_penalty


def in_the_feedback(desk: Desk) -> tuple[float, float]:
    feedback(desk.course, UNIT)
    page = (desk.course.root / "feedback" / "ada" / UNIT / f"{UNIT}.html").read_text(encoding="utf-8")
    penalty = re.search(r"<td>Handed in late</td><td>−([\d.]+)</td>", page)
    [total] = re.findall(r"<caption>([\d.]+) of [\d.]+ points", page)
    return float(total), float(penalty.group(1)) if penalty else 0.0


def in_the_export(desk: Desk) -> tuple[float, float]:
    exporter = Export(config=read_config(desk.course), to=str(desk.course.root / "grades.csv"))
    with desk.gradebook() as book:
        exporter.export(book)
    with (desk.course.root / "grades.csv").open(encoding="utf-8") as file:
        [ada] = [row for row in csv.DictReader(file) if row["student_id"] == "ada"]
    return float(ada["score"]), float(ada["late_submission_penalty"])


def in_the_table(desk: Desk) -> tuple[float, float]:
    result = desk.looked_up(timestamp=LATE)
    assert result is not None
    return result.total, result.late_penalty


PLACES = (in_the_report, in_the_feedback, in_the_export, in_the_table)
EARNED = sum(points for points, *_ in TESTED.values())


@pytest.mark.parametrize("place", PLACES)
def test_the_penalty_is_the_present_one_wherever_a_total_is_shown(desk: Desk, place):
    assert place(desk) == pytest.approx((0.8 * EARNED, 0.2 * EARNED))
    desk.mark("why", 2)  # in formgrader
    assert place(desk) == pytest.approx((0.8 * (EARNED + 2), 0.2 * (EARNED + 2)))
    desk.settings(PER_DAY, "late_penalty_per_day: 25")
    assert place(desk) == pytest.approx((0.5 * (EARNED + 2), 0.5 * (EARNED + 2)))
    extend(desk.course, "ada", UNIT, "2027-02-05")
    assert place(desk) == pytest.approx((0.75 * (EARNED + 2), 0.25 * (EARNED + 2)), abs=0.006)
    extend(desk.course, "ada", UNIT, "2027-02-06")
    assert place(desk) == pytest.approx((EARNED + 2, 0))


@pytest.mark.parametrize("place", PLACES[:3])  # the table's next run registers the due date
@pytest.mark.parametrize(
    ("due", "days"), [("due: 2027-02-03 18:00", 4), ("due: 2027-02-07", 0), ("due: null", 0)]
)
def test_another_due_date_counts_at_once(desk: Desk, place, due: str, days: int):
    desk.settings(DUE, due)
    assert place(desk) == pytest.approx(((1 - 0.1 * days) * EARNED, 0.1 * days * EARNED))


def test_an_extension_counts_and_needs_no_due_date(desk: Desk):
    with desk.gradebook() as book:
        book.find_submission(UNIT, "ada").extension = timedelta(days=1)
    assert in_the_report(desk) == pytest.approx((0.9 * EARNED, 0.1 * EARNED))
    desk.settings(DUE, "due: null")
    assert in_the_report(desk) == (EARNED, 0)


def test_a_penalty_is_never_more_than_the_score_nor_a_gift(desk: Desk):
    desk.settings(PER_DAY, "late_penalty_per_day: 100")
    assert in_the_report(desk) == (0, EARNED)
    with desk.gradebook() as book:
        for grade in book.find_submission(UNIT, "ada").notebooks[0].grades:
            grade.manual_score = -1
    assert in_the_report(desk) == (0, 0)


def test_cells_worth_no_points_and_cells_that_a_person_marks_are_counted_once(desk: Desk):
    desk.hand_in({**ANSWERED, "mood": "Good."})
    report = class_report(desk.course, UNIT)
    assert report.points == POINTS
    by_name = {e.name: e for e in report.exercises}
    assert set(by_name) == {*RIGHT, "why", "design", "mood", "project"}
    for e in report.exercises:
        assert e.right + e.partly + e.wrong + e.waiting == 2, e.name
    assert (by_name["warm-up"].right, by_name["mood"].right, by_name["project"].waiting) == (2, 1, 2)


def test_work_that_the_gradebook_does_not_have_is_told_in_a_sentence(desk: Desk):
    with desk.gradebook() as book:
        book.remove_submission(UNIT, "bo")
    with pytest.raises(CourseError, match=rf"bo.* Next: course grade {UNIT}"):
        class_report(desk.course, UNIT)


def run(desk: Desk, *words: str) -> Said:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(desk.course.root)
        return CliRunner().invoke(app, list(words))


def test_one_page_that_cannot_be_written_is_one_line_and_the_others_are_there(desk: Desk):
    desk.hand_in(ANSWERED, cell("![](attachment:lost.png)", after="why", text=True), student="cy")
    desk.hand_in(ANSWERED, cell(r"\(\frac{ $$ \xyz{\ $ \\[", after="why", text=True), student="dee")
    desk.hand_in(ANSWERED, student="eve")
    desk.hand_in(ANSWERED, student="fay")
    pages = desk.course.root / "autograded"
    torn = pages / "ada" / UNIT / f"{UNIT}.ipynb"
    torn.write_text(torn.read_text(encoding="utf-8")[:500], encoding="utf-8")
    with desk.gradebook() as book:
        book.remove_submission(UNIT, "eve")
    said = run(desk, "feedback", UNIT)
    assert said.exit_code == 1
    lines = said.stdout.strip().splitlines()
    failed = {line.split()[4].rstrip(",") for line in lines if line.startswith("No feedback page for ")}
    assert {"ada", "eve"} <= failed <= {"ada", "eve", "cy", "dee"}
    written = {path.parts[-3] for path in (desk.course.root / "feedback").glob("*/*/*.html")}
    assert written == {"ada", "bo", "cy", "dee", "eve", "fay"} - failed
    assert lines[-1].startswith(f"Wrote {len(written)} pages into ")
    assert len(lines) == len(failed) + 1
    nbformat.write(nbformat.v4.new_notebook(), torn)
    assert run(desk, "feedback", UNIT).exit_code == 1  # eve's is still missing
    again = {path.parts[-3] for path in (desk.course.root / "feedback").glob("*/*/*.html")}
    assert "ada" in again


@pytest.mark.parametrize("command", ["report", "feedback"])
def test_a_gradebook_in_use_is_told_once_and_in_a_sentence(desk: Desk, command: str):
    with closing(sqlite3.connect(desk.course.root / "gradebook.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        said = run(desk, command, UNIT)
    assert said.exit_code == 1
    [line] = said.output.strip().splitlines()
    assert "gradebook.db is in use by another program. Next: " in line


def test_the_report_as_json_names_who_waits(desk: Desk):
    desk.hand_in({}, cell("Because.", after="why", text=True), student="cy")
    [found] = json.loads(run(desk, "report", UNIT, "--json").stdout)
    told = [(one["student"], one["reason"].partition(":")[0]) for one in found["needs_a_look"]]
    assert told == [("cy", "why"), ("cy", "design")]  # it stands between the two
