"""What lies beside a student's notebook, from `course submit` to the teacher's submitted/."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.commands.submit import as_text, submit
from autograder.course import Course, CourseError
from autograder.grading.handins import opening, receipts
from autograder.grading.handins.collecting import Fate, collect
from tests.autograder.conftest import RIGHT, UNIT
from tests.autograder.test_commands_collect import notebook_bytes, one, submitted, zipped


def beside(course: Course, student: str) -> dict[str, str]:
    """The files beside a hand-in that was taken."""
    folder = submitted(course, student).parent
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in paths
        if path.name not in (f"{UNIT}.ipynb", "timestamp.txt", receipts.FILE_NAME)
    }


def test_what_a_student_has_beside_the_notebook_is_packed_and_taken(mini_course: Course):
    own = mini_course.root / "work" / UNIT
    own.mkdir(parents=True)
    (own / f"{UNIT}.ipynb").write_bytes(notebook_bytes(**RIGHT))
    (own / "helper.py").write_text("A = 1", encoding="utf-8")
    (own / "data").mkdir()
    (own / "data" / "given.csv").write_text("changed", encoding="utf-8")
    (own / "data" / "own.csv").write_text("2", encoding="utf-8")
    for folder in (mini_course.lesson(UNIT).parent, mini_course.source(UNIT).parent):
        (folder / "data").mkdir(parents=True)
        (folder / "data" / "given.csv").write_text("1", encoding="utf-8")
    path, receipt = submit(mini_course, UNIT, "ada")
    assert "  beside    helper.py, data/own.csv" in as_text(path, receipt).splitlines()
    assert one(mini_course, path).ok
    assert beside(mini_course, "ada") == {"helper.py": "A = 1", "data/own.csv": "2"}
    (own / "large.bin").write_bytes(b"0" * 20_000_001)
    with pytest.raises(CourseError, match=r"'large.bin' is left out: it has 20.0 MB, and 20.0 MB are left"):
        submit(mini_course, UNIT, "ada")


def test_files_go_with_the_nearest_notebook_and_are_replaced_and_kept_with_it(
    mini_course: Course, tmp_path: Path
):
    old, new = (notebook_bytes(why=text) for text in ("old", "new"))
    folder = tmp_path / "handins" / "ada" / UNIT
    folder.mkdir(parents=True)
    (folder / f"{UNIT}.ipynb").write_bytes(old)
    (folder / "a.py").write_text("1", encoding="utf-8")
    bo = {f"{UNIT}.ipynb": old, "b.py": b"2", "__MACOSX/b.py": b"", ".x": b"", "b.pyc": b"", "s/c.py": b"3"}
    zipped(tmp_path / "handins" / f"handin-{UNIT}-bo.zip", bo)
    assert all(entry.ok for entry in collect(mini_course, [tmp_path / "handins"]))
    assert beside(mini_course, "ada") == {"a.py": "1"}
    assert beside(mini_course, "bo") == {"b.py": "2", "s/c.py": "3"}
    assert {entry.fate for entry in collect(mini_course, [tmp_path / "handins"])} == {Fate.KNOWN}
    zipped(tmp_path / f"handin-{UNIT}-bo.zip", {f"{UNIT}.ipynb": new, "s": b"4"})
    assert one(mini_course, tmp_path / f"handin-{UNIT}-bo.zip").fate is Fate.REPLACED
    assert beside(mini_course, "bo") == {"s": "4"}
    kept = mini_course.root / "submitted" / ".older" / "bo" / UNIT
    assert sorted(path.name for path in kept.rglob("*.*")) == sorted(
        [*(path.name for path in kept.glob("*.ipynb")), "b.py", "c.py", "timestamp.txt"]
    )


def test_files_beside_the_notebooks_of_several_belong_to_nobody(mini_course: Course, tmp_path: Path):
    folder = tmp_path / "downloads"
    folder.mkdir()
    for student in ("ada", "bo"):
        (folder / f"{UNIT}-{student}.ipynb").write_bytes(notebook_bytes(**RIGHT))
    (folder / "secret.txt").write_text("the teacher's", encoding="utf-8")
    entries = collect(mini_course, [folder])
    assert [entry.note for entry in entries if not entry.ok] == [
        "other files here, 1 (such as secret.txt), are nobody's: what belongs to a notebook lies with it "
        "in a folder or a zip of its own"
    ]
    assert beside(mini_course, "ada") == {}


@pytest.mark.parametrize(
    ("name", "size", "said"),
    [
        ("a\nb.py", 1, "no name for it"),
        ("CON\\..\\..\\x.py", 1, ""),
        ("../../x.py", 1, ""),
        ("ö" * 120 + ".py", 1, "no name for it"),
        ("/".join("abcdefghi") + ".py", 1, ""),
        ("a/b/c/d/e/f/g/h.py", 1, ""),
        ("big.bin", 20_000_001, "20.0 MB"),
    ],
)
def test_a_file_beside_a_notebook_leads_nowhere_and_is_bounded(
    mini_course: Course, tmp_path: Path, name: str, size: int, said: str
):
    path = zipped(tmp_path / f"handin-{UNIT}-eve.zip", {f"{UNIT}.ipynb": notebook_bytes(), name: b"0" * size})
    entry = one(mini_course, path)
    assert entry.fate is Fate.TAKEN
    assert said in entry.note
    assert bool(beside(mini_course, "eve")) == (name == "a/b/c/d/e/f/g/h.py")
    assert not list(tmp_path.rglob("x.py"))


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("units/__init__.py", False),
        ("units.cpython-311-x86_64-linux-gnu.so", False),
        ("tools/__init__.py", False),
        ("tools.py", False),
        ("tools/more.py", True),
        ("units.csv", True),
        ("own/units.py", True),
    ],
)
def test_nothing_is_imported_in_the_place_of_a_teachers_module(
    mini_course: Course, tmp_path: Path, name: str, taken: bool
):
    given = mini_course.source(UNIT).parent
    (given / "tools").mkdir(parents=True)
    (given / "units.py").write_text("A = 1")
    (given / "tools" / "plots.py").write_text("B = 1")
    entry = one(
        mini_course,
        zipped(tmp_path / f"handin-{UNIT}-eve.zip", {f"{UNIT}.ipynb": notebook_bytes(), name: b""}),
    )
    assert bool(beside(mini_course, "eve")) is taken
    assert ("Python would import it in the place of the teacher's" in entry.note) is not taken


def test_what_lies_beside_counts_in_what_an_archive_may_open_to_and_costs_no_notebook(
    mini_course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(opening, "OF_A_CLASS", (10, 100_000))
    members = {
        f"{student}/{name}": content
        for student in ("ada", "bo")
        for name, content in ((f"{UNIT}.ipynb", notebook_bytes()), ("x.bin", bytes(60_000)))
    }
    ada, bo = collect(mini_course, [zipped(tmp_path / "class.zip", members)])
    assert (ada.ok, bo.fate) == (True, Fate.TAKEN)
    assert bo.note.startswith("beside the notebook, 'x.bin' is left out: what lies beside notebooks opens to")


def test_of_many_files_beside_a_notebook_two_hundred_are_taken_and_the_rest_is_said(
    mini_course: Course, tmp_path: Path
):
    many = {f"f{number}.py": b"" for number in range(250)}
    path = zipped(tmp_path / f"handin-{UNIT}-eve.zip", {f"{UNIT}.ipynb": notebook_bytes(), **many})
    entry = one(mini_course, path)
    assert len(beside(mini_course, "eve")) == 200
    assert "there are more than 200 files" in entry.note
    assert entry.note.endswith("47 more files are left out")
