"""A worksheet that is filled is the one that came, but for the cells that were filled."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.course_file import CourseError
from autograder.lms.canvas_gradebook import feedback_name, read_canvas
from autograder.lms.moodle_worksheet import feedback_folder, participant_in, read_moodle
from autograder.lms.sheet import CLOSES, OPENS, Row, match, with_comment
from autograder.lms.worksheet import Worksheet, number
from autograder.roster import Roster, Student

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
WRITTEN = TEXTS.map(lambda text: text.replace("\r", ""))
"""Python's writer puts no quotes around a cell with one, which ends a row for every reader."""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(
    table=st.integers(1, 4).flatmap(
        lambda n: st.lists(st.lists(WRITTEN, min_size=n, max_size=n), min_size=1)
    ),
    form=st.sampled_from([(",", "\r\n", "utf-8"), (";", "\n", "utf-8-sig"), ("\t", "\r\n", "utf-16")]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    value=TEXTS,
    data=st.data(),
)
def test_every_other_byte_stays(tmp_path: Path, table, form, quoting, value, data):
    delimiter, ends, encoding = form
    table = [["a", "b", "c", "d"][: len(table[0])], *table]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=ends, quoting=quoting).writerows(table)
    path = tmp_path / "sheet.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    sheet = Worksheet.read(path)
    assert sheet.filled({}) == path.read_bytes()
    there = [row for row in table if any(cell.strip() for cell in row)]
    if sheet.delimiter == delimiter:  # one column has none to be told by
        assert [[cell.text for cell in row] for row in sheet.rows] == there
    place = data.draw(st.integers(0, len(sheet.rows) - 1))
    cell = sheet.rows[place][0]
    before, after = sheet.text[: cell.start], sheet.text[cell.end :]
    filled = sheet.filled({(place, 0): value}).removeprefix(sheet.mark).decode(sheet.encoding)
    assert filled.startswith(before)
    assert filled.endswith(after)
    path.write_bytes(sheet.filled({(place, 0): f"x{value}"}))
    assert Worksheet.read(path).rows[place][0].text == f"x{value}"


def test_a_file_in_the_letters_of_an_old_spreadsheet_keeps_them_and_takes_any_comment(tmp_path: Path):
    path = tmp_path / "sheet.csv"
    path.write_bytes("Namn;Betyg\r\nÅsa Öberg;\r\n".encode("cp1252"))
    sheet = Worksheet.read(path)
    assert sheet.said(1, 0) == "Åsa Öberg"
    assert sheet.filled({(1, 1): "王, bra"}) == "Namn;Betyg\r\nÅsa Öberg;&#29579;, bra\r\n".encode("cp1252")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"PK\3\4", "this is a spreadsheet or a zip"),
        (b"a,b\n\x81\x8d,\0", "its letters cannot be told"),
        (b'a,b\n"open,2\n', "line 2: a cell begins with a quotation mark, and does not end with one"),
        (b'a,b\nx,"y" z\n', "line 2: a cell begins with a quotation mark, and does not end with one"),
    ],
)
def test_what_is_no_worksheet_is_said_in_a_sentence(tmp_path: Path, content: bytes, said: str):
    path = tmp_path / "sheet.csv"
    path.write_bytes(content)
    with pytest.raises(CourseError, match=re.escape(said)):
        Worksheet.read(path)


@pytest.mark.parametrize(
    ("text", "value"),
    [("7.5", 7.5), ("7,50", 7.5), ("10", 10), ("", None), ("-", None), ("1.2.3", None), ("1e3", None)],
)
def test_numbers_are_read_as_any_country_writes_them(text: str, value: float | None):
    assert number(text) == value


HEAD = (
    "Identifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed,Last modified (grade)"
)


@pytest.mark.parametrize(
    ("head", "rows", "said"),
    [
        ("Student,ID,Section,Sums (12)", ["Berg,1,A,"], "no column was found with participants"),
        (
            HEAD,
            ["Participant 1,Ada,a@x,,Pass,Fail,Yes,-"],
            "with grades, followed by one with the best grade",
        ),
        (
            HEAD,
            ["Participant 1,Ada,a@x,,,10.00,Yes,-,,"],
            "line 2: it has 10 cells, and the first line has 8",
        ),
        (
            HEAD,
            ["Participant 1,A,,,,10,Yes,-", "Participant 1,B,,,,10,Yes,-"],
            "no column was found with partic",
        ),
        (HEAD, [], "no column was found with participants"),
    ],
)
def test_what_is_not_found_in_moodles_worksheet_is_named(tmp_path: Path, head, rows, said):
    path = tmp_path / "sheet.csv"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    with pytest.raises(CourseError, match=re.escape(said)):
        read_moodle(path)


def test_a_worksheet_of_one_anonymous_participant_in_an_unknown_language_is_read(tmp_path: Path):
    path = tmp_path / "sheet.csv"
    path.write_text("Tunniste,Tila,Arvosana,Paras,Muokattu (arvosana)\nOsallistuja 77,Ei,,10.00,-\n")
    sheet = read_moodle(path)
    assert (sheet.most, sheet.grade, sheet.comments) == (10.0, 2, None)
    assert sheet.rows[0].person == Student("", "Ei", "", {"moodle": ("77",)})


POINTS = "    Points Possible,,,,10.00,5,(read only)"


@pytest.mark.parametrize(
    ("lines", "column", "said"),
    [
        (["Name,Grade", "Ada,3"], None, "no columns Student and ID"),
        (["Student,ID,SIS Login ID,Section,Sums (12)", "Berg,1,ada,A,"], None, "no row Points Possible"),
        (["Student,ID,SIS Login ID,Section,Essay (12),Sums (13),Total", POINTS], None, "no column is 02-x"),
        (
            ["Student,ID,SIS Login ID,Section,02-x (12),02-x (13),Total", POINTS],
            None,
            "2 columns could be 02-x",
        ),
        (["Student,ID,SIS Login ID,Section,Sums (12),Sum (13),Total", POINTS], "Total", "no column is Total"),
        (
            ["Student,ID,SIS Login ID,Section,02-x (1)", "  Points Possible,,,,"],
            None,
            "has no points for 02-x",
        ),
    ],
)
def test_what_is_not_found_in_canvas_gradebook_is_named(tmp_path: Path, lines, column, said):
    path = tmp_path / "grades.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(CourseError, match=re.escape(said)):
        read_canvas(path, "02-x", "Divide", column)


def rows_of(*people: Student) -> list[Row]:
    return [Row(n, n + 1, person) for n, person in enumerate(people, start=1)]


def test_a_number_counts_before_a_name_and_where_they_are_at_odds_nothing_is_decided():
    ada = Student("ada", "Anna Berg", keys={"id_number": ("1",)})
    bo = Student("bo", "Bo Ek", keys={"id_number": ("2",)})
    roster = Roster([ada, bo])
    told = match(
        rows_of(
            Student("", "Anna B.", keys={"id_number": ("1",)}),  # she writes herself otherwise there
            Student("", "Berg, Anna", keys={"id_number": ("3",)}),  # another of that name
            Student("", "Anna Berg", keys={"id_number": ("2",)}),  # of a list sorted in one column alone
            Student("", "Anna Berg"),
        ),
        roster,
        ["ada", "bo"],
    )
    assert told.students == {1: "ada"}
    assert told.unknown == {
        2: "nobody here has that name, e-mail or number",
        3: "could be Bo Ek (bo) or Anna Berg (ada)",
        4: "another row has the number or address of Anna Berg (ada)",
    }


def test_two_rows_of_one_student_are_a_question_and_no_login_is_taken_for_a_name():
    roster = Roster([Student("annaberg2", "Anna Berg"), Student("x1", "Anna Bergman", "a@x.se")])
    told = match(rows_of(Student("", "Anna Berg"), Student("", "anna berg")), roster, [])
    assert set(told.unknown.values()) == {"lines 2 and 3 could both be Anna Berg (annaberg2)"}
    told = match(rows_of(Student("", "A. Bergman", keys={"login": ("annaberg",)})), roster, [])
    assert told.students == {}


def test_without_a_roster_an_id_is_the_name_that_a_hand_in_came_by():
    told = match(
        rows_of(Student("", "Åsa Öberg"), Student("", "Eve", keys={"login": ("Eve1",)})),
        Roster(),
        ["Asa-Oberg", "eve1"],
    )
    assert told.students == {1: "Asa-Oberg", 2: "eve1"}


def test_a_comment_of_a_person_in_the_lms_stays_and_an_earlier_export_is_replaced():
    first = with_comment("<p>Nice</p>", {"why": "a < b\nand so on"}, "")
    assert first == f"<p>Nice</p>{OPENS}<p>why: a &lt; b<br>and so on</p>{CLOSES}"
    assert (
        with_comment(f"{first}<p>More</p>", {}, "Late") == f"<p>Nice</p>{OPENS}<p>Late</p>{CLOSES}<p>More</p>"
    )
    assert with_comment(first, {}, "") == "<p>Nice</p>"


def moodles_way(path: str) -> tuple[str, str] | None:
    """Participant and file, as importziplib.php reads a path: parts from outside in, each split at four _."""
    parts = path.split("/")
    while parts:
        words = parts.pop(0).split("_", 4)
        if len(words) >= 4 and words[1].isdecimal() and words[2:4] == ["assignsubmission", "file"]:
            return words[1], "/".join([*words[4:], *parts]).lstrip("/")
    return None


@pytest.mark.parametrize(
    "name", ["Åsa Öberg", "de_la_Cruz 12", "../../etc", "王伟", 'Bo "B" Ek', ".", "_7_x_y_"]
)
def test_moodle_finds_each_participant_in_the_zip(name: str):
    folder = feedback_folder(Student("", name, keys={"moodle": ("1234567",)}))
    assert moodles_way(f"{folder}/02-x.html") == ("1234567", "02-x.html")
    assert participant_in(f"{folder}/02-x.ipynb") == "1234567"
    assert "/" not in folder


def canvas_way(name: str) -> list[str]:
    """The student and the file, as infer_comment_context_from_filename in Canvas tells them."""
    words = Path(name).name.split("_")
    return [] if words[-1].startswith("link") else [word for word in words if word.isdecimal()][:2]


@pytest.mark.parametrize(
    "came_as",
    ["submissions.zip/bergada_LATE_501_9007_02-x.ipynb", "bergada_501_9007_link_3_4.ipynb/02-x.ipynb"],
)
def test_canvas_finds_the_file_that_feedback_is_on(came_as: str):
    ada = Student("", "Ada Berg", keys={"canvas": ("501",)})
    assert canvas_way(feedback_name(came_as, ada, "02-x")) == ["501", "9007"]
    other = Student("", "Bo", keys={"canvas": ("77",)})
    assert feedback_name(came_as, other, "02-x") == ""
    assert feedback_name("ada/02-x.ipynb", ada, "02-x") == ""
