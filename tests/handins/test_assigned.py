"""What nobody can place is asked about; a person's answer is kept, and is good for what it was given for."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.commands.submit import submit
from autograder.course import Course, CourseError
from autograder.grading.handins.collecting import collect
from autograder.roster import Roster, Student
from autograder.tables import as_csv, read_table
from tests.handins.forms import CLASS, MOODLE, U, lay, moodle, notebook, slip
from tests.handins.test_forms import texts


@pytest.fixture(autouse=True)
def roster(course: Course) -> None:
    Roster(CLASS).save(course.root)


def fill_in(course: Course, answers: dict[str, str]) -> None:
    """As a teacher does in a spreadsheet: by hand-in, the student."""
    table = read_table(course.root / "whose.csv")
    rows = [
        [answers.get(row["hand-in"], row["student"]), *(row[column] for column in table.columns[1:])]
        for _, row in table.rows
    ]
    (course.root / "whose.csv").write_bytes(as_csv([table.columns, *rows]))


def test_what_is_filled_in_by_hand_is_taken_and_asked_no_more(course: Course, tmp_path: Path):
    first = lay(tmp_path / "1", {f"handin-{U}-jovyan.zip": slip("jovyan", "one")}, 12)
    where = f"handin-{U}-jovyan.zip/{U}.ipynb"
    assert not collect(course, [first])[0].ok
    fill_in(course, {where: "Öberg, Åsa"})
    assert [entry.student for entry in collect(course, [first])] == ["asa"]
    other = lay(tmp_path / "2", {f"handin-{U}-jovyan.zip": slip("jovyan", "of another")}, 13)
    assert "jovyan is a login that many share" in collect(course, [other])[0].note
    assert texts(course) == {"asa": notebook("one")}


def test_what_was_said_of_a_platforms_number_is_good_for_its_next_file(course: Course, tmp_path: Path):
    runs = [{MOODLE: {moodle("Nick", 900): text, moodle("Bo B", 901): "bo"}} for text in ("one", "two")]
    collect(course, [lay(tmp_path / "1", runs[0], 12)])
    fill_in(course, {f"{MOODLE}/{moodle('Nick', 900)}": "pat"})
    assert all(entry.ok for entry in collect(course, [lay(tmp_path / "2", runs[1], 13)]))
    assert texts(course) == {"pat": notebook("two"), "bo": notebook("bo")}


def test_what_the_roster_can_tell_by_now_is_asked_no_more(course: Course, tmp_path: Path):
    path = lay(tmp_path / "1", {MOODLE: {moodle("Alex Kim", 900): "one", moodle("Bo B", 901): "bo"}}, 12)
    note = collect(course, [path])[0].note
    assert note.endswith(
        "Next: course roster, with this assignment's grading worksheet, or course collect --assign "
        "'moodle 900=STUDENT', or fill in whose.csv"
    )
    assert len(read_table(course.root / "whose.csv").rows) == 1
    known, _ = Roster(CLASS).updated([Student("", "Alex Kim", "a2@school.test", {"moodle": ("900",)})])
    known.save(course.root)
    assert [entry.student for entry in collect(course, [path])] == ["kim2", "bo"]
    assert read_table(course.root / "whose.csv").rows == ()


@pytest.mark.parametrize(
    ("assign", "said"),
    [
        ("ada.zip", "write it as --assign 'FILE=STUDENT'"),
        ("=ada", "write it as --assign 'FILE=STUDENT'"),
        ("nowhere.zip=ada", "nothing that came is called 'nowhere.zip'"),
        (f"{U}.ipynb=ada", "fits several hand-ins"),
        (f"{MOODLE}=ada", "fits several hand-ins (Alex Kim, Bo B)"),
        (f"moodle 900={'nobody'}", "'nobody' is nobody on the roster"),
        ("moodle 900=Alex Kim", "is Alex Kim (kim1), Alex Kim (kim2)"),
    ],
)
def test_what_is_assigned_wrongly_is_one_sentence_and_nothing_is_taken(
    course: Course, tmp_path: Path, assign: str, said: str
):
    path = lay(tmp_path / "1", {MOODLE: {moodle("Alex Kim", 900): "one", moodle("Bo B", 901): "bo"}}, 12)
    with pytest.raises(CourseError, match="--assign") as error:
        collect(course, [path], [assign])
    assert said in str(error.value)
    assert texts(course) == {}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"student,hand-in\nada,x\n", "line 1: the column question is missing"),
        (b"student,hand-in,question,key\nnobody,x,,moodle 1\n", "line 2: 'nobody' is nobody on the roster"),
    ],
)
def test_a_table_that_was_filled_in_wrongly_is_one_sentence(
    course: Course, tmp_path: Path, content: bytes, said: str
):
    (course.root / "whose.csv").write_bytes(content)
    with pytest.raises(CourseError, match=r"whose\.csv") as error:
        collect(course, [lay(tmp_path / "1", {f"ada/{U}.ipynb": "ada"}, 12)])
    assert said in str(error.value)


def test_the_table_shows_names_beside_ids(course: Course, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(course.root)
    lay(tmp_path / "1", {f"Öberg, Åsa/{U}.ipynb": "asa", f"x.zip/{U}.ipynb": "?"}, 12)
    done = CliRunner().invoke(app, ["collect", str(tmp_path / "1"), "--assign", "x.zip=王伟"])
    assert "Åsa Öberg (asa)" in done.output and "王伟 (wei)" in done.output
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("login", ["jovyan", "root", "Student", "ubuntu"])
def test_a_login_that_many_share_is_never_a_students_name(
    course: Course, monkeypatch: pytest.MonkeyPatch, login: str
):
    own = course.root / "work" / U / f"{U}.ipynb"
    own.parent.mkdir(parents=True)
    own.write_bytes(notebook("mine"))
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    monkeypatch.setattr(getpass, "getuser", lambda: login)
    with pytest.raises(CourseError, match=r"Who are you\? .* --name 'YOUR NAME'"):
        submit(course, U)
    with pytest.raises(CourseError, match="is a login that many share"):
        submit(course, U, login)
    monkeypatch.setenv("JUPYTERHUB_USER", "aada")
    assert submit(course, U)[1].student == "aada"
    assert submit(course, U, "Pat O'Neil")[1].student == "Pat-O-Neil"
