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
