"""From marks in the gradebook to what an LMS takes back, with the pages of feedback."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner
from typer.testing import Result as Said

from autograder.cli import app
from autograder.commands.export_table import FORMS
from autograder.grading import Outcome
from autograder.grading.handins.came_as import note_name
from autograder.roster import Roster, Student
from tests.grading.desk import Desk
from tests.grading.parity_class import IN_TIME, LATE, POINTS, RIGHT, SETTLED, UNIT, WRITTEN

T = TypeVar("T")
ANSWERED = {**RIGHT, **WRITTEN}
CLASS = [
    Student("ada", "Ada O'Neil", "ada@uni.example", {"canvas": ("501",)}),
    Student("bo", "Bo Ek", "bo@uni.example", {"canvas": ("502",)}),
    Student("cy", "Cy Öberg", "cy@uni.example", {"canvas": ("503",)}),
    Student("dee", "Dee 王", "dee@uni.example", {"canvas": ("504",)}),
]
MOODLE = "\r\n".join(
    [
        'Identifier,"Full name","Email address",Status,Grade,"Maximum grade","Grade can be changed",'
        '"Last modified (submission)","Last modified (grade)","Feedback comments"',
        '"Participant 71","Ada O\'Neil",ada@uni.example,Submitted,,12.00,Yes,"Monday, 10:00",-,',
        '"Participant 72","Bo Ek",bo@uni.example,Submitted,,12.00,Yes,"Monday, 10:00",-,',
        '"Participant 73","Cy Öberg",cy@uni.example,Submitted,,12.00,Yes,"Monday, 10:00",-,',
        '"Participant 74","Dee 王",dee@uni.example,"No submission",,12.00,Yes,-,-,',
        "",
    ]
)
CANVAS = "\n".join(
    [
        f"Student,ID,SIS Login ID,Section,{UNIT} (9),Total",
        "    Points Possible,,,,24.00,(read only)",
        *(f'"{one.name}",{one.keys["canvas"][0]},x{one.id},A,,' for one in CLASS),
        '"Student, Test",999,f00,A,,',
        "",
    ]
)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """ada was two days late and has all her marks, bo waits for some, cy's file is broken, dee has none."""
    desk = Desk(tmp_path_factory.mktemp("desk") / "course")
    desk.hand_in(ANSWERED, timestamp=LATE)
    desk.hand_in(ANSWERED, student="bo")
    desk.hand_in(ANSWERED, student="cy")
    desk.hand_in({}, student="cy", status=Outcome.BROKEN)
    for exercise, points in SETTLED.items():
        desk.mark(exercise, points)
    with desk.gradebook() as book:
        for comment in book.find_submission_notebook(UNIT, UNIT, "ada").comments:
            if comment.name == "why":
                comment.manual_comment = "Good, <b>and</b> short."
    Roster(CLASS).save(desk.course.root)
    return desk


@pytest.fixture
def desk(fresh: Desk, tmp_path: Path) -> Desk:
    return fresh.copied(tmp_path / "course")


def run(desk: Desk, *words: str) -> Said:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(desk.course.root)
        patch.setenv("COLUMNS", "200")
        return CliRunner().invoke(app, ["export", *words])


def worksheet(desk: Desk, text: str, name: str = "Grades-71.csv") -> str:
    (desk.course.root / name).write_bytes(text.encode("utf-8-sig"))
    return name


def table(path: Path, reader: Callable[[io.StringIO], Iterable[T]]) -> list[T]:
    return list(reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_moodles_worksheet_comes_back_with_grades_comments_and_feedback(desk: Desk):
    said = run(desk, UNIT, "--to", "moodle", "--into", worksheet(desk, MOODLE))
    assert said.exit_code == 1
    folder = desk.course.root / "export" / UNIT
    before = list(csv.reader(io.StringIO(MOODLE, newline="")))
    after = list(
        csv.reader(io.StringIO((folder / "Grades-71.csv").read_bytes().decode("utf-8-sig"), newline=""))
    )
    assert [row[4] for row in after[1:]] == ["9", "", "", ""]
    assert after[1][9] == (
        '<div class="course-feedback"><p>why: Good, &lt;b&gt;and&lt;/b&gt; short.</p>'
        f"<p>Late penalty: 4.5 of {POINTS:g} points</p></div>"
    )
    assert [row[:4] + row[5:9] for row in after] == [row[:4] + row[5:9] for row in before]
    assert "bo" in said.stdout
    assert "waits for a mark: why, design, project" in said.stdout
    assert "1 of 4 rows have their grade." in said.stdout
    assert "Not handed in, 1: Dee 王 (dee)." in said.stdout
    with zipfile.ZipFile(folder / f"feedback-moodle-{UNIT}.zip") as packed:
        assert packed.namelist() == [f"Ada O'Neil_71_assignsubmission_file_/{UNIT}.html"]
        assert b"Good, " in packed.read(packed.namelist()[0])


def test_canvas_gets_feedback_under_the_name_of_the_file_that_it_knows(desk: Desk):
    for exercise, points in SETTLED.items():
        desk.mark(exercise, points, student="bo")
    note_name(
        desk.course.root / "submitted", "ada", UNIT, f"submissions.zip/oneilada_LATE_501_8800_{UNIT}-1.ipynb"
    )
    said = run(desk, UNIT, "--to", "canvas", "--into", worksheet(desk, CANVAS))
    folder = desk.course.root / "export" / UNIT
    lines = (folder / "Grades-71.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[-2] for line in lines[2:]] == ["18", "22.5", "", "", ""]
    assert "No feedback in the zip for Bo Ek (bo): Canvas asks for the name" in said.stdout
    with zipfile.ZipFile(folder / f"feedback-canvas-{UNIT}.zip") as packed:
        assert packed.namelist() == [f"oneilada_501_8800_feedback-{UNIT}.html"]


def test_what_was_handed_in_again_is_not_given_its_old_grade(desk: Desk):
    for student, stamp in (("ada", IN_TIME), ("eve", IN_TIME)):
        folder = desk.course.root / "submitted" / student / UNIT
        folder.mkdir(parents=True)
        (folder / "timestamp.txt").write_text(stamp, encoding="utf-8")
    said = run(desk, UNIT, "--to", "moodle", "--no-feedback", "--into", worksheet(desk, MOODLE), "--json")
    lines = {line["student"]: line for line in json.loads(said.stdout)["lines"]}
    assert lines["Ada O'Neil (ada)"] == {
        "student": "Ada O'Neil (ada)",
        "line": 2,
        "grade": "",
        "note": f"what was handed in has changed since it was graded. Next: course grade {UNIT}",
        "ok": False,
    }
    assert (
        lines["eve"]["note"] == f"has no row in the worksheet, and not graded yet. Next: course grade {UNIT}"
    )
    (desk.course.root / "submitted" / "ada" / UNIT / "timestamp.txt").write_text(LATE, encoding="utf-8")
    said = run(desk, UNIT, "--to", "moodle", "--no-feedback", "--into", worksheet(desk, MOODLE), "--json")
    assert {line["student"]: line["grade"] for line in json.loads(said.stdout)["lines"]}[
        "Ada O'Neil (ada)"
    ] == "9"


def test_an_extension_and_another_mark_count_at_once_and_the_old_grade_is_said(desk: Desk):
    run(desk, UNIT, "--to", "moodle", "--no-feedback", "--into", worksheet(desk, MOODLE))
    first = (desk.course.root / "export" / UNIT / "Grades-71.csv").read_text(encoding="utf-8-sig")
    with desk.gradebook() as book:
        book.find_submission(UNIT, "ada").extension = timedelta(days=1)
    desk.mark("why", 2)
    said = run(desk, UNIT, "--to", "moodle", "--no-feedback", "--into", worksheet(desk, first), "--json")
    lines = {line["student"]: line for line in json.loads(said.stdout)["lines"]}
    assert (lines["Ada O'Neil (ada)"]["grade"], lines["Ada O'Neil (ada)"]["note"]) == ("10.35", "was 9")
    again = run(desk, UNIT, "--to", "moodle", "--into", f"export/{UNIT}/Grades-71.csv")
    assert "is what an earlier export wrote. Next: download the worksheet again." in again.output


def test_a_worksheet_of_another_assignment_is_refused_and_nothing_is_written(desk: Desk):
    note_name(
        desk.course.root / "submitted", "ada", UNIT, f"x.zip/Ada_55_assignsubmission_file_/{UNIT}.ipynb"
    )
    said = run(desk, UNIT, "--to", "moodle", "--into", worksheet(desk, MOODLE))
    assert said.exit_code == 1
    assert "this is the worksheet of another assignment. Moodle's numbers for 1 of 1 students" in said.output
    assert not (desk.course.root / "export").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--to", "moodle"), "Which unit is it?"),
        ((UNIT, "--to", "canvas"), "Grades go into Canvas's own worksheet. In Canvas: Grades, Export"),
        ((UNIT, "--to", "moodle", "--into", "none.csv"), "none.csv: it cannot be read"),
        ((UNIT, "--to", "csv", "--into", "x.csv"), "--into and --column are for moodle and canvas"),
        (("02-none", "--to", "csv"), "The course has no unit '02-none'"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(fresh: Desk, words: tuple[str, ...], said: str):
    found = run(fresh, *words)
    assert found.exit_code == 1
    assert said in found.output
    assert len(found.output.strip().splitlines()) == 1


def test_the_term_is_a_table_in_three_forms(desk: Desk):
    desk.settings("    minutes: 10", "    minutes: 10\n    weight: 3")
    assert run(desk, "--to", "json").exit_code == 1  # bo waits, and cy's file is broken
    term = json.loads((desk.course.root / "export" / "term.json").read_text(encoding="utf-8"))
    assert term[0] == {
        "id": "ada",
        "name": "Ada O'Neil",
        "email": "ada@uni.example",
        UNIT: 18,
        "of what is graded, %": 75,
        "of all units, %": 75,
        "waits": "",
    }
    assert [(one["id"], one[UNIT], one["of all units, %"], one["waits"]) for one in term[1:]] == [
        ("bo", None, None, UNIT),
        ("cy", None, None, UNIT),
        ("dee", None, 0, ""),
    ]
    run(desk, "--to", "xlsx")
    sheet = load_workbook(desk.course.root / "export" / "term.xlsx").active
    assert sheet["D1"].value == f"{UNIT} (of 24, weight 3)"
    assert [cell.value for cell in sheet["D"][1:]] == [18, None, None, None]
    assert (sheet["C5"].value, sheet["C5"].data_type) == ("dee@uni.example", "s")
    run(desk, "--to", "csv")
    rows = table(desk.course.root / "export" / "term.csv", csv.reader)
    assert rows[4][:4] == ["dee", "Dee 王", "dee@uni.example", ""]


def test_a_unit_is_a_table_with_its_exercises(desk: Desk):
    run(desk, UNIT, "--to", "csv")
    rows = table(desk.course.root / "export" / f"{UNIT}.csv", csv.DictReader)
    ada, bo, _, dee = rows
    assert (ada["why"], ada["late penalty"], ada["total"], ada["points"]) == ("1.5", "4.5", "18", "24")
    assert (bo["why"], bo["total"], bo["note"]) == ("", "", "waits for a mark: why, design, project")
    assert (dee["sigmoid"], dee["total"], dee["note"]) == ("", "", "not handed in")


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)", "\t=1"])
def test_no_text_is_run_by_a_spreadsheet(tmp_path: Path, text: str):
    rows = [["name"], [text]]
    [[_], [cell]] = csv.reader(io.StringIO(FORMS["csv"](rows).decode("utf-8-sig")))
    assert cell == f"'{text}"
    (tmp_path / "x.xlsx").write_bytes(FORMS["xlsx"](rows))
    assert load_workbook(tmp_path / "x.xlsx").active["A2"].data_type == "s"
