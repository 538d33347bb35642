"""The roster: read from what platforms and teachers have, merged without guessing, looked up exactly."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.course import Course, CourseError
from autograder.lms.systems import read_list
from autograder.roster import Roster, Student
from autograder.tables import as_csv
from tests.handins.forms import CLASS, U, V

PARTICIPANTS = 'First name,Last name,Email address,Groups\nÅsa,Öberg,asa@school.test,""\nPat,O\'Neil,,\n'
WORKSHEET = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed\n"
    "Participant 31,Åsa Öberg,asa@school.test,Submitted,,10.00,Yes\n"
    "Participant 32,Pat O'Neil,,No submission,,10.00,Yes\n"
)
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Hand-in 2 (881)\n"
    "    Points Possible,,,,,10.00\n"
    '"Öberg, Åsa",501,M-17,aoberg,Class A,\n'
    '"O\'Neil, Pat",502,M-18,poneil,Class A,\n'
    '"Student, Test",599,,,Class A,\n'
)


def listed(folder: Path, text: str | bytes) -> list[Student]:
    path = folder / "list.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_list(path)


def made(*texts: str, folder: Path, used: tuple[str, ...] = ()) -> tuple[Roster, list[str]]:
    roster, questions = Roster(), []
    for text in texts:
        roster, asked = roster.updated(listed(folder, text), used)
        questions += asked
    return roster, questions


@pytest.mark.parametrize(
    "text",
    [
        PARTICIPANTS,
        PARTICIPANTS.encode("utf-8-sig"),
        PARTICIPANTS.encode("utf-16"),
        PARTICIPANTS.replace(",", ";"),
        PARTICIPANTS.replace(",", "\t"),
        PARTICIPANTS.replace("First name,Last name,Email address", "Vorname,Nachname,E-Mail-Adresse"),
        PARTICIPANTS.replace("First name,Last name,Email address", "Förnamn,Efternamn,E-postadress"),
        unicodedata.normalize("NFD", PARTICIPANTS),
        "name,email\nÅsa  Öberg,asa@school.test\n\nPat O'Neil,\n",
        WORKSHEET,
        WORKSHEET.replace("Participant ", "Teilnehmer/in"),
        CANVAS,
    ],
)
def test_a_list_of_a_platform_or_a_teacher_is_read(tmp_path: Path, text: str | bytes):
    people = listed(tmp_path, text)
    in_order = [" ".join(reversed(one.name.split(", "))) for one in people]
    assert in_order == ["Åsa Öberg", "Pat O'Neil"]


def test_what_three_lists_say_of_one_person_comes_together(tmp_path: Path):
    roster, questions = made(PARTICIPANTS, WORKSHEET, CANVAS, folder=tmp_path)
    assert questions == []
    asa, pat = sorted(roster, key=lambda one: one.id)
    assert (asa.id, pat.id) == ("Asa-Oberg", "Pat-O-Neil")
    assert asa.keys == {"moodle": ("31",), "canvas": ("501",), "login": ("aoberg",), "id_number": ("M-17",)}
    assert roster.by_key("moodle", "32") == roster.by_key("canvas", "502") == pat
    assert made(PARTICIPANTS, WORKSHEET, CANVAS, WORKSHEET, CANVAS, folder=tmp_path)[0].get(asa.id) == asa
    roster.save(tmp_path)
    assert list(Roster.load(tmp_path)) == list(roster)


def test_a_persons_numbers_of_several_assignments_are_all_kept(tmp_path: Path):
    second = WORKSHEET.replace("Participant 3", "Participant 4")
    roster, _ = made(WORKSHEET, second, folder=tmp_path)
    assert roster.get("Asa-Oberg").keys["moodle"] == ("31", "41")


@pytest.mark.parametrize(
    ("first", "then", "ids", "asked"),
    [
        ("name,email\nAlex Kim,a1@x\nAlex Kim,a2@x\n", "", ["a1", "a2"], 0),
        ("name\nAlex Kim\nAlex Kim\n", "", ["Alex-Kim", "Alex-Kim-2"], 0),
        ("name,email\nAlex Kim,a1@x\n", "name,email\nAlex Kim,a1@x\nAlex Kim,a2@x\n", ["Alex-Kim", "a2"], 0),
        ("name,email\nAlex Kim,a1@x\n", "name,email\nAlex Kim,a2@x\n", ["Alex-Kim"], 1),
        ("name\nAlex Kim\n", "name,email\nAlex Kim,a1@x\nAlex Kim,a2@x\n", ["Alex-Kim"], 2),
        (
            "name,email\nAlex Kim,a1@x\nAlex Kim,a2@x\n",
            WORKSHEET.replace("Åsa Öberg,asa@school.test", "Alex Kim,"),
            ["Pat-O-Neil", "a1", "a2"],
            1,
        ),
        ("name,email\nAlex Kim,a1@x\n", "name,email\nAlex Lee,a1@x\n", ["Alex-Kim"], 0),
        (
            "name,email\nAda A,a@x\nBo B,b@x\n",
            "name,email,login\nAda A,a@x,l\nBo B,b@x,l\n",
            ["Ada-A", "Bo-B"],
            1,
        ),
        (
            "name,login,email\n王伟,wangw,w@x\n王伟,,wei.wang@x\n王伟,,\n",
            "",
            ["student-1", "wangw", "wei.wang"],
            0,
        ),
        ("email\nada@x\n", "", [], 1),
        ("name,email\nМария O'Neil,m@x\nPat O'Neil,p@x\n", "", ["Pat-O-Neil", "m"], 0),
    ],
)
def test_who_cannot_be_told_is_asked_about_and_never_guessed(
    tmp_path: Path, first: str, then: str, ids: list[str], asked: int
):
    roster, questions = made(*filter(None, (first, then)), folder=tmp_path)
    assert sorted(one.id for one in roster) == ids
    assert len(questions) == asked, questions


def test_an_id_that_work_was_handed_in_under_stays(tmp_path: Path):
    text = "name,email,login\nAda A,ada.a@x,aada\nBo B,bo@x,bbo\n"
    roster, _ = made(text, folder=tmp_path, used=("Ada.a", "Bo-B"))
    assert [one.id for one in roster] == ["Ada.a", "Bo-B"]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("Åsa Öberg", "asa"),
        (unicodedata.normalize("NFD", "åsa öberg"), "asa"),
        ("Öberg, Åsa", "asa"),
        ("obergasa", "asa"),
        ("öbergåsa", "asa"),
        ("Asa-Oberg", "asa"),
        ("ASA@school.test", "asa"),
        ("Juergen Gross", "jurgen"),
        ("gross_jurgen", "jurgen"),
        ("patoneil", "pat"),
        ("O’Neil Pat", "pat"),
        ("王伟", "wei"),
        ("aada", "ada"),
        ("Alex Kim", "kim1 kim2"),
        ("alex-kim", "kim1 kim2"),
        ("kim1", "kim1"),
        ("Åsa", ""),
        ("", ""),
        ("12345", ""),
        ("jovyan", ""),
    ],
)
def test_all_whom_words_can_mean_are_found_and_nobody_else(words: str, ids: str):
    assert " ".join(one.id for one in Roster(CLASS).find(words)) == ids


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"name,email\nAda,a@x\n", "line 1: there is no column id"),
        (b"id,name\nada,Ada\n\nbo/..,Bo\n", "line 4: 'bo/..' cannot be an id"),
        (b"id,name\nada,Ada\nAda,Ada\n", "line 3: the id ada stands in line 2, too"),
        (b"id,login\nada,x\nbo,x\n", "line 3: the login x stands in line 2, too"),
        (b"id;canvas\nada;1,23E+11\n", "line 2: 1,23e+11 is a number that a spreadsheet has rounded"),
        (b"id,name\nada,\xc5sa\n", "save it as CSV UTF-8"),
        (b"id,name\nada,Ada,more\n", "line 2: 3 cells, and the first line has 2"),
        (b"PK\x03\x04", "a spreadsheet or a zip"),
        (b"", "the file is empty"),
    ],
)
def test_a_roster_that_cannot_be_read_is_one_sentence_with_its_line(
    tmp_path: Path, content: bytes, said: str
):
    (tmp_path / "roster.csv").write_bytes(content)
    with pytest.raises(CourseError, match=r"roster\.csv") as error:
        Roster.load(tmp_path)
    assert said in str(error.value)


def test_ids_that_end_in_a_number_are_no_numbers_of_moodles(tmp_path: Path):
    [one] = listed(tmp_path, "ID,Name\ns123456,Ada A\n")
    assert (one.id, one.keys) == ("s123456", {})


def test_a_table_without_people_says_what_is_allowed(tmp_path: Path):
    with pytest.raises(CourseError, match=r"its columns are colour, size\. Allowed: Moodle's participants"):
        listed(tmp_path, "colour,size\nred,1\n")


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Åsa Öberg", "Åsa", "Öberg"),
        ("Öberg, Åsa", "Åsa", "Öberg"),
        ("Bo Erik da Silva", "Bo Erik", "da Silva"),
        ("Ada von der Au", "Ada", "von der Au"),
        ("ada a", "ada", "a"),
        ("王伟", "", "王伟"),
    ],
)
def test_a_name_has_a_first_and_a_last_part(name: str, first: str, last: str):
    assert Student("x", name).first_and_last == (first, last)


def test_a_name_is_nothing_that_a_spreadsheet_would_run(tmp_path: Path):
    roster, _ = made("name\n=HYPERLINK(1)\n\n", folder=tmp_path)
    assert [one.name for one in roster] == ["HYPERLINK(1)"]
    assert as_csv([["=1+1", "a=1"]]).decode("utf-8-sig") == "'=1+1,a=1\r\n"


def test_the_roster_shows_who_did_not_hand_in_what(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COLUMNS", "150")
    monkeypatch.chdir(course.root)

    def run(*words: str) -> str:
        done = CliRunner().invoke(app, ["roster", *words])
        codes.append(done.exit_code)
        return done.output

    codes: list[int] = []
    assert "There is no roster.csv yet. Next: course roster FILE" in run().replace("\n", " ")
    (tmp_path / "p.csv").write_text(PARTICIPANTS + "Bo,B,bo@school.test,\n", encoding="utf-8")
    assert "3 students, 3 of them new, 0 changed" in run(str(tmp_path / "p.csv")).replace("\n", " ")
    for student, unit in (
        ("Asa-Oberg", U),
        ("Asa-Oberg", V),
        ("Pat-O-Neil", U),
        ("stranger", U),
        ("patoneil", U),
    ):
        (course.root / "submitted" / student / unit).mkdir(parents=True)
    lines = run().splitlines()
    row = next(line for line in lines if "Pat O'Neil" in line)
    assert row.split() == ["Pat", "O'Neil", "Pat-O-Neil", U, V]
    assert f"{U}: 2 of 3 handed in." in lines
    last = "Handed in, and not on the roster: patoneil (is that Pat O'Neil (Pat-O-Neil)?), stranger."
    assert any(line.startswith(last) for line in lines)
    assert '"not_handed_in": [' in run("--json")
    assert codes == [1, 0, 0, 0]
