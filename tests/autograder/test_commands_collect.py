"""Hand-ins from a student's `course submit` to the teacher's submitted/."""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath

import nbformat
import pytest

from autograder.commands.submit import as_text, submit
from autograder.course import Course, CourseError
from autograder.grading import receipts, zips
from autograder.grading.collecting import Entry, Fate, collect
from autograder.grading.handins import type_in
from autograder.grading.naming import whose
from autograder.grading.receipts import student_id, write_receipt
from tests.autograder.conftest import RIGHT, UNIT, lesson_of, unit_source

NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)


def notebook_bytes(**answers: str) -> bytes:
    return nbformat.writes(type_in(lesson_of(unit_source()), answers)).encode()


def packed(folder: Path, student: str, content: bytes, moment: datetime = NOON) -> Path:
    path = folder / f"handin-{UNIT}-{student}.zip"
    receipts.pack(path, content, write_receipt(UNIT, student, content, moment))
    return path


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def submitted(course: Course, student: str) -> Path:
    return course.root / "submitted" / student / UNIT / f"{UNIT}.ipynb"


def one(course: Course, path: Path) -> Entry:
    [entry] = collect(course, [path])
    return entry


def test_what_a_student_packs_arrives_with_its_time(mini_course: Course):
    own = mini_course.root / "work" / UNIT / f"{UNIT}.ipynb"
    own.parent.mkdir(parents=True)
    own.write_bytes(notebook_bytes(**RIGHT))
    path, receipt = submit(mini_course, UNIT, "Åsa Öberg")
    assert path.name == f"handin-{UNIT}-Asa-Oberg.zip"
    assert receipt.unfinished == ("why",)
    assert "Not finished yet: why" in as_text(path, receipt)
    assert receipt.sha256 in as_text(path, receipt)
    entry = one(mini_course, path)
    assert (entry.fate, entry.student, entry.ok) == (Fate.TAKEN, "Asa-Oberg", True)
    assert submitted(mini_course, "Asa-Oberg").read_bytes() == own.read_bytes()
    stamp = submitted(mini_course, "Asa-Oberg").with_name("timestamp.txt").read_text()
    assert stamp == receipt.moment.strftime("%Y-%m-%d %H:%M:%S UTC")


def test_a_missing_or_unreadable_notebook_is_refused_with_a_sentence(mini_course: Course):
    with pytest.raises(CourseError, match=r"There is no .*Next: course lab"):
        submit(mini_course, UNIT, "ada")
    own = mini_course.root / "work" / UNIT / f"{UNIT}.ipynb"
    own.parent.mkdir(parents=True)
    own.write_text("{")
    with pytest.raises(CourseError, match="broken JSON"):
        submit(mini_course, UNIT, "ada")


def test_a_name_of_which_nothing_is_left_is_refused():
    with pytest.raises(CourseError, match="--name ada"):
        student_id("../..")


def test_folders_zips_zips_of_zips_and_notebooks_are_all_taken(mini_course: Course, tmp_path: Path):
    inbox = tmp_path / "inbox"
    packed(inbox, "ada", notebook_bytes(double="a = 1"))
    inner = packed(tmp_path, "bo", notebook_bytes(double="b = 1")).read_bytes()
    zipped(
        inbox / "class.zip",
        {
            "bo/handin.zip": inner,
            f"ed/{UNIT}.ipynb": notebook_bytes(),
            "__MACOSX/x.ipynb": b"",
            "read.me": b"",
        },
    )
    plain = inbox / "cy" / UNIT / f"{UNIT}.ipynb"
    plain.parent.mkdir(parents=True)
    plain.write_bytes(notebook_bytes(double="c = 1"))
    (inbox / f"{UNIT}_di.ipynb").write_bytes(notebook_bytes(double="d = 1"))
    entries = collect(mini_course, [inbox])
    assert sorted(entry.student for entry in entries) == ["ada", "bo", "cy", "di", "ed"]
    assert all(entry.ok and entry.fate is Fate.TAKEN for entry in entries)
    assert sorted(p.name for p in (mini_course.root / "submitted").iterdir() if p.name[0] != ".") == [
        "ada",
        "bo",
        "cy",
        "di",
        "ed",
    ]


def test_a_newer_hand_in_replaces_an_older_one_which_is_kept(mini_course: Course, tmp_path: Path):
    first, second = notebook_bytes(double="a = 1"), notebook_bytes(double="a = 2")
    assert one(mini_course, packed(tmp_path / "1", "ada", first)).fate is Fate.TAKEN
    newer = packed(tmp_path / "2", "ada", second, NOON + timedelta(hours=1))
    assert one(mini_course, newer).fate is Fate.REPLACED
    assert one(mini_course, newer).fate is Fate.KNOWN
    assert one(mini_course, packed(tmp_path / "1", "ada", first)).fate is Fate.OLDER
    assert submitted(mini_course, "ada").read_bytes() == second
    older = mini_course.root / "submitted" / ".older" / "ada" / UNIT
    assert {path.read_bytes() for path in older.iterdir()} == {first}


def test_a_receipt_of_another_notebook_is_said(mini_course: Course, tmp_path: Path):
    receipt = packed(tmp_path, "ada", notebook_bytes())
    with zipfile.ZipFile(receipt) as archive:
        slip = archive.read(receipts.FILE_NAME)
    changed = zipped(
        tmp_path / f"handin-{UNIT}-ada.zip",
        {f"{UNIT}.ipynb": notebook_bytes(**RIGHT), receipts.FILE_NAME: slip},
    )
    entry = one(mini_course, changed)
    assert entry.fate is Fate.TAKEN
    assert not entry.ok
    assert "the hash differs" in entry.note


def test_a_name_and_a_receipt_that_disagree_are_refused(mini_course: Course, tmp_path: Path):
    path = packed(tmp_path, "ada", notebook_bytes())
    entry = one(mini_course, path.rename(tmp_path / f"handin-{UNIT}-bo.zip"))
    assert entry.fate is Fate.REFUSED
    assert entry.note == f"its receipt says ada, {UNIT}; its name says bo, {UNIT}"


@pytest.mark.parametrize(
    "name", ["../../evil.ipynb", "/etc/evil.ipynb", f"../{UNIT}/{UNIT}.ipynb", "..\\..\\evil.ipynb"]
)
def test_a_path_in_a_zip_leads_nowhere(mini_course: Course, tmp_path: Path, name: str):
    before = {p for p in tmp_path.rglob("*") if "submitted" not in p.parts}
    collect(mini_course, [zipped(tmp_path / "evil.zip", {name: notebook_bytes()})])
    after = {p for p in tmp_path.rglob("*") if "submitted" not in p.parts}
    assert after - before == {tmp_path / "evil.zip"}


@pytest.mark.parametrize("student", ["..", "../x", "a/b", "", ".older", "a" * 65, "a\nb"])
def test_a_receipt_cannot_name_a_path(mini_course: Course, tmp_path: Path, student: str):
    content = notebook_bytes()
    path = tmp_path / "x.zip"
    receipts.pack(path, content, write_receipt(UNIT, student, content, NOON))
    assert one(mini_course, path).fate is Fate.REFUSED
    assert not (mini_course.root / "submitted").exists()


def test_a_link_inside_a_zip_or_a_folder_is_refused(mini_course: Course, tmp_path: Path):
    info = zipfile.ZipInfo(f"{UNIT}-ada.ipynb")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert one(mini_course, tmp_path / "x.zip").note == "it is a link"


@pytest.mark.skipif(sys.platform == "win32", reason="links are made otherwise there")
def test_a_link_in_a_folder_is_refused(mini_course: Course, tmp_path: Path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (tmp_path / "secret.ipynb").write_bytes(notebook_bytes())
    (inbox / f"{UNIT}-ada.ipynb").symlink_to(tmp_path / "secret.ipynb")
    (inbox / "elsewhere").symlink_to(mini_course.root)
    assert one(mini_course, inbox).fate is Fate.REFUSED


def test_what_is_too_large_too_deep_or_damaged_is_refused(
    mini_course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(zips, "MAX_BYTES", 10_000)
    bomb = zipped(tmp_path / "bomb.zip", {f"{UNIT}-ada.ipynb": b" " * 10_001})
    assert "larger than" in one(mini_course, bomb).note
    deep = notebook_bytes()
    for _ in range(4):
        box = io.BytesIO()
        with zipfile.ZipFile(box, "w") as archive:
            archive.writestr("x.zip", deep)
        deep = box.getvalue()
    (tmp_path / "deep.zip").write_bytes(deep)
    assert "zips deep" in one(mini_course, tmp_path / "deep.zip").note
    (tmp_path / "no.zip").write_bytes(b"PK nonsense")
    assert "not a zip" in one(mini_course, tmp_path / "no.zip").note


def test_a_notebook_of_nobody_or_of_no_unit_is_refused_with_what_to_do(mini_course: Course, tmp_path: Path):
    (tmp_path / f"{UNIT}.ipynb").write_bytes(notebook_bytes())
    assert (
        one(mini_course, tmp_path / f"{UNIT}.ipynb").note
        == f"whose is it? Name it handin-{UNIT}-STUDENT.ipynb"
    )
    (tmp_path / "ada.ipynb").write_bytes(notebook_bytes())
    assert "which unit?" in one(mini_course, tmp_path / "ada.ipynb").note
    with pytest.raises(CourseError, match="no such file"):
        collect(mini_course, [tmp_path / "nowhere"])


def test_broken_json_is_taken_and_said(mini_course: Course, tmp_path: Path):
    entry = one(mini_course, packed(tmp_path, "ada", notebook_bytes()[:-50]))
    assert entry.fate is Fate.TAKEN
    assert "broken JSON" in entry.note


@pytest.mark.parametrize(
    ("where", "student"),
    [
        (f"ada/{UNIT}/{UNIT}.ipynb", "ada"),
        (f"ada/{UNIT}.ipynb", "ada"),
        (f"handin-{UNIT}-ada-b.zip/{UNIT}.ipynb", "ada-b"),
        (f"handin-{UNIT}-ada.ipynb", "ada"),
        (f"{UNIT}_ada.ipynb", "ada"),
        (f"Ada.L_{UNIT}.ipynb", "Ada.L"),
        (f"{UNIT}.ipynb", ""),
        (f"handin-{UNIT}-ada (1).zip/{UNIT}.ipynb", "ada"),
        (f"ada/{UNIT}-Copy1.ipynb", "ada"),
        (f"ada.zip/work/{UNIT}/{UNIT}.ipynb", "ada"),
        (f"mallory.zip/ada/{UNIT}.ipynb", "mallory"),
        (f"handin-{UNIT}-mallory.zip/handin-{UNIT}-ada.ipynb", "mallory"),
        (f"all.zip/ada/bo/{UNIT}.ipynb", "ada"),
        (f"CON/{UNIT}.ipynb", ""),
        (f"nul.txt/{UNIT}.ipynb", ""),
        (f"ada./{UNIT}.ipynb", ""),
    ],
)
def test_names_of_files_and_folders_tell_whose_it_is(where: str, student: str):
    named = whose(PurePosixPath(where), ["01-multiply", "02-later"])
    assert (named.student, named.unit) == (student, UNIT)


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
    path, _ = submit(mini_course, UNIT, "ada")
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
        [*(path.name for path in kept.glob("*.ipynb")), "b.py", "c.py"]
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


def test_of_many_files_beside_a_notebook_two_hundred_are_taken_and_the_rest_is_said(
    mini_course: Course, tmp_path: Path
):
    many = {f"f{number}.py": b"" for number in range(250)}
    path = zipped(tmp_path / f"handin-{UNIT}-eve.zip", {f"{UNIT}.ipynb": notebook_bytes(), **many})
    entry = one(mini_course, path)
    assert len(beside(mini_course, "eve")) == 200
    assert "there are more than 200 files" in entry.note
    assert entry.note.endswith("47 more files are left out")
