"""Hand-ins from a student's `course submit` to the teacher's submitted/."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath

import nbformat
import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.commands.submit import as_text, submit, which
from autograder.course import Course, CourseError
from autograder.grading.handins import archives, choosing, receipts
from autograder.grading.handins.collecting import MOST_KEPT, Entry, Fate, collect
from autograder.grading.handins.naming import of_several, whose
from autograder.grading.handins.people import People
from autograder.grading.handins.receipts import student_id, write_receipt
from autograder.grading.notebooks.graded_cells import type_in
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


@pytest.fixture
def two(mini_course: Course) -> tuple[Course, Path, Path]:
    """A course, a student's work on a unit, and a newer lesson beside it."""
    own = mini_course.root / "work" / UNIT / f"{UNIT}.ipynb"
    own.parent.mkdir(parents=True)
    own.write_bytes(notebook_bytes(**RIGHT))
    newer = own.with_name(f"{UNIT} (new 2027-02-03).ipynb")
    newer.write_bytes(notebook_bytes(double=RIGHT["double"]))
    return mini_course, own, newer


def test_of_a_notebook_and_a_newer_lesson_beside_it_the_student_is_asked_which_counts(two: tuple):
    course, own, newer = two
    asked = []
    chosen = which(course, UNIT, ask=lambda *said: asked.append(said) or 1)
    assert asked == [
        (
            f"Which of these is your {UNIT}?",
            [(own.name, "2 of 3 answered"), (newer.name, "1 of 3 answered")],
        )
    ]
    assert chosen == newer
    path, receipt = submit(course, UNIT, "ada", chosen)
    assert f"notebook  {newer.name}" in as_text(path, receipt, chosen)
    with zipfile.ZipFile(path) as packed:
        assert packed.read(f"{UNIT}.ipynb") == newer.read_bytes()
        assert packed.namelist() == [f"{UNIT}.ipynb", "receipt.json"]


def test_where_nobody_can_be_asked_the_sentence_says_what_to_type(two: tuple):
    course, own, newer = two
    with pytest.raises(CourseError, match=rf'2 of 3 .* --notebook "{UNIT}\.ipynb"$'):
        which(course, UNIT)
    own.write_text("{")
    with pytest.raises(CourseError, match=r'cannot be read.* --notebook "01-multiply \(new 2027-02-03\)'):
        which(course, UNIT)
    assert which(course, UNIT, newer.name) == which(course, UNIT, str(newer)) == newer
    for elsewhere in ("nothing.ipynb", str(course.lesson(UNIT)), "receipt.json"):
        with pytest.raises(CourseError, match="there is no such notebook in"):
            which(course, UNIT, elsewhere)
    newer.unlink()
    assert which(course, UNIT) == own


@pytest.mark.parametrize("name", ["../..", "", "CON", "nul.txt"])
def test_a_name_that_cannot_be_a_folders_everywhere_is_refused(name: str):
    with pytest.raises(CourseError, match="--name ada"):
        student_id(name)


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
    assert [entry.where for entry in entries if entry.fate is Fate.REFUSED] == ["class.zip/read.me"]
    entries = [entry for entry in entries if entry.fate is not Fate.REFUSED]
    assert sorted(entry.student for entry in entries) == ["ada", "bo", "cy", "di", "ed"]
    assert all(entry.fate is Fate.TAKEN for entry in entries)
    assert {entry.student: entry.note for entry in entries if not entry.ok} == {
        student: f"only a name inside class.zip says that it is {student}'s" for student in ("bo", "ed")
    }
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
    assert {path.read_bytes() for path in older.glob("*.ipynb")} == {first}


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
    monkeypatch.setattr(archives, "MAX_BYTES", 10_000)
    bomb = zipped(tmp_path / "bomb.zip", {f"{UNIT}-ada.ipynb": b" " * 10_001})
    assert "larger than" in one(mini_course, bomb).note
    deep = notebook_bytes()
    for _ in range(4):
        box = io.BytesIO()
        with zipfile.ZipFile(box, "w") as archive:
            archive.writestr("x.zip", deep)
        deep = box.getvalue()
    (tmp_path / "deep.zip").write_bytes(deep)
    assert "archives deep" in one(mini_course, tmp_path / "deep.zip").note
    (tmp_path / "no.zip").write_bytes(b"PK nonsense")
    assert "not a zip" in one(mini_course, tmp_path / "no.zip").note


def test_a_notebook_of_nobody_or_of_no_unit_is_refused_with_what_to_do(mini_course: Course, tmp_path: Path):
    (tmp_path / f"{UNIT}.ipynb").write_bytes(notebook_bytes())
    assert one(mini_course, tmp_path / f"{UNIT}.ipynb").note == (
        "whose is it? No name tells it. Next: course collect --assign 'FILE=STUDENT', or fill in whose.csv, "
        "or name it handin-UNIT-STUDENT.ipynb"
    )
    (tmp_path / "ada.ipynb").write_bytes(b"{}")
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
        (f"jovyan/{UNIT}.ipynb", ""),
    ],
)
def test_names_of_files_and_folders_tell_whose_it_is(tmp_path: Path, where: str, student: str):
    named = whose(PurePosixPath(where), ["01-multiply", "02-later"], people := People(tmp_path))
    assert (people.called(named.name), named.unit) == ((student,) if student else (), UNIT)


def test_a_zip_given_by_itself_may_hold_the_class_and_a_newer_one_of_that_name_replaces_it(
    mini_course: Course, tmp_path: Path
):
    first, second = notebook_bytes(double="a = 1"), notebook_bytes(double="a = 2")
    for folder, content in (("1", first), ("2", second)):
        names = {f"course/{student}/{UNIT}.ipynb": content for student in ("ada", "bo")}
        entries = collect(mini_course, [zipped(tmp_path / folder / "course.zip", names)])
        assert [(entry.student, entry.ok) for entry in entries] == [("ada", True), ("bo", True)]
    assert submitted(mini_course, "ada").read_bytes() == submitted(mini_course, "bo").read_bytes() == second


def test_a_zip_of_many_among_others_is_taken_for_its_name_and_said(mini_course: Course, tmp_path: Path):
    names = {f"{student}/{UNIT}.ipynb": notebook_bytes() for student in ("ada", "bo")}
    zipped(tmp_path / "inbox" / "cy.zip", names)
    entries = collect(mini_course, [tmp_path / "inbox"])
    assert {(entry.student, entry.ok) for entry in entries} == {("cy", False)}
    assert "further in it says bo: the outermost name counts" in entries[0].note


def test_who_has_handed_in_before_owns_the_zip_of_that_name(mini_course: Course, tmp_path: Path):
    one(mini_course, packed(tmp_path, "mallory", notebook_bytes()))
    names = {f"{student}/{UNIT}.ipynb": notebook_bytes(double="x = 1") for student in ("ada", "bo")}
    entries = collect(mini_course, [zipped(tmp_path / "mallory.zip", names)])
    assert {entry.student for entry in entries} == {"mallory"}


def test_what_came_by_a_name_inside_an_archive_never_replaces_what_came_otherwise(
    mini_course: Course, tmp_path: Path
):
    def from_archive(name: str, content: bytes) -> Entry:
        others = {f"{student}/{UNIT}.ipynb": content for student in ("ada", "bo")}
        return collect(mini_course, [zipped(tmp_path / name, others)])[0]

    own, inner, newer = (notebook_bytes(double=f"a = {number}") for number in range(3))
    assert from_archive("course.zip", inner).fate is Fate.TAKEN
    refused = from_archive("other.zip", newer)
    assert refused.fate is Fate.REFUSED
    assert refused.note == (
        "only a name inside other.zip says that it is ada's, who has one here that came in course.zip. "
        f"Next: if it is, name it handin-{UNIT}-ada.ipynb"
    )
    assert one(mini_course, packed(tmp_path, "ada", own, NOON)).fate is Fate.REPLACED  # though it is older
    assert from_archive("course.zip", newer).fate is Fate.REFUSED
    assert submitted(mini_course, "ada").read_bytes() == own


def test_what_only_an_inner_name_says_is_taken_with_a_word_and_gives_way_to_the_archive_of_the_class(
    mini_course: Course, tmp_path: Path
):
    inbox = tmp_path / "inbox"
    for student in ("ada", "bo"):
        (inbox / "mallory" / student).mkdir(parents=True)
        (inbox / "mallory" / student / f"{UNIT}.ipynb").write_bytes(notebook_bytes(double="m = 1"))
    taken = collect(mini_course, [inbox])
    assert [(entry.student, entry.fate, entry.note) for entry in taken] == [
        (student, Fate.TAKEN, f"only a name inside mallory says that it is {student}'s")
        for student in ("ada", "bo")
    ]
    own = {f"{student}/{UNIT}.ipynb": notebook_bytes(double="a = 1") for student in ("ada", "bo")}
    archive = zipped(tmp_path / "class.zip", own)
    os.utime(inbox / "mallory" / "ada" / f"{UNIT}.ipynb")  # newer than what is in the archive
    among_others = collect(mini_course, [archive, inbox])
    assert {entry.fate for entry in among_others} == {Fate.REFUSED}
    assert all("and they differ: neither is taken" in entry.note for entry in among_others)
    assert all(entry.ok and entry.fate is Fate.REPLACED for entry in collect(mini_course, [archive]))
    assert {entry.fate for entry in collect(mini_course, [inbox])} == {Fate.REFUSED}
    assert submitted(mini_course, "ada").read_bytes() == notebook_bytes(double="a = 1")


def test_of_one_hand_in_the_newest_notebook_counts_and_the_others_are_said(
    mini_course: Course, tmp_path: Path
):
    folder = tmp_path / "inbox" / "ada"
    folder.mkdir(parents=True)
    for number, name in enumerate(("", "-Copy1", "-Copy2")):
        path = folder / f"{UNIT}{name}.ipynb"
        path.write_bytes(notebook_bytes(double=f"a = {number}"))
        os.utime(path, (NOON.timestamp() + 60 * (number == 1), NOON.timestamp() + 60 * (number == 1)))
    entry = one(mini_course, tmp_path / "inbox")
    assert (entry.where, entry.fate) == (f"ada/{UNIT}-Copy1.ipynb", Fate.TAKEN)
    assert entry.note.startswith("the newest notebook of this unit in it counts; not taken: ada/")
    assert entry.note.endswith(" and 1 more")
    assert submitted(mini_course, "ada").read_bytes() == notebook_bytes(double="a = 1")
    assert not (mini_course.root / "submitted" / ".older").exists()


def test_one_run_keeps_no_more_than_so_many_aside(mini_course: Course, tmp_path: Path):
    for number in range(MOST_KEPT + 3):
        moment = NOON + timedelta(hours=number)
        path = packed(tmp_path / "inbox", "ada", notebook_bytes(double=f"a = {number}"), moment)
        path.rename(path.with_stem(f"{path.stem} ({number + 10})"))
    *taken, first, second = collect(mini_course, [tmp_path / "inbox"])
    assert all(entry.ok for entry in taken)
    assert first.note == second.note
    assert first.note == "20 by ada are kept aside in this run. Next: collect it alone"
    older = mini_course.root / "submitted" / ".older" / "ada" / UNIT
    assert len(list(older.glob("*.ipynb"))) == MOST_KEPT


@pytest.mark.parametrize("ends", [MemoryError, RecursionError])
def test_what_takes_more_memory_than_there_is_ends_one_hand_in(
    mini_course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ends: type[Exception]
):
    def parse(content: bytes) -> None:
        if content == b"eve":
            raise ends

    for student, content in (("ada", notebook_bytes()), ("eve", b"eve"), ("zoe", notebook_bytes())):
        packed(tmp_path / "inbox", student, content)
    monkeypatch.setattr(choosing, "parse", parse)
    entries = collect(mini_course, [tmp_path / "inbox"])
    assert [entry.student for entry in entries] == ["ada", "", "zoe"]
    assert entries[1].note == "it takes more memory than there is"


@pytest.mark.parametrize("outer", ["Lea Müller", "Åsa", "O'Neil", "王伟"])
def test_an_outer_name_that_cannot_be_a_students_is_asked_about_and_no_inner_one_takes_its_place(
    mini_course: Course, tmp_path: Path, outer: str
):
    entry = one(mini_course, zipped(tmp_path / f"{outer}.zip", {f"Documents/{UNIT}.ipynb": notebook_bytes()}))
    assert entry.fate is Fate.REFUSED
    assert entry.note.startswith(f"whose is it? {outer!r} cannot be a student's name here")
    assert not (mini_course.root / "submitted").exists()


def test_two_hand_ins_of_one_student_under_two_names_are_said_and_nothing_is_replaced(
    mini_course: Course, tmp_path: Path
):
    one(mini_course, packed(tmp_path, "ada", notebook_bytes()))
    inbox = tmp_path / "inbox"
    packed(inbox, "ada", notebook_bytes(double="a = 1"), NOON + timedelta(hours=1))
    zipped(inbox / "ada.zip", {f"{UNIT}.ipynb": notebook_bytes(double="a = 2")})
    entries = collect(mini_course, [inbox])
    assert {(entry.fate, entry.ok) for entry in entries} == {(Fate.REFUSED, False)}
    assert all(entry.note.endswith("--assign 'FILE=ada' says which counts") for entry in entries)
    assert submitted(mini_course, "ada").read_bytes() == notebook_bytes()
    collect(mini_course, [inbox], assign=["ada.zip=ada"])
    assert submitted(mini_course, "ada").read_bytes() == notebook_bytes(double="a = 2")


def test_a_copy_that_a_browser_made_is_the_same_students(mini_course: Course, tmp_path: Path):
    inbox = tmp_path / "inbox"
    packed(inbox, "ada", notebook_bytes(double="a = 1"))
    again = packed(tmp_path / "again", "ada", notebook_bytes(double="a = 2"), NOON + timedelta(hours=1))
    again.rename(inbox / f"handin-{UNIT}-ada (1).zip")
    entries = collect(mini_course, [inbox])
    assert {entry.student for entry in entries} == {"ada"} and all(entry.ok for entry in entries)
    assert submitted(mini_course, "ada").read_bytes() == notebook_bytes(double="a = 2")


def test_a_name_in_other_letters_is_the_same_student(mini_course: Course, tmp_path: Path):
    one(mini_course, packed(tmp_path, "ada", notebook_bytes(double="a = 1")))
    entry = one(mini_course, packed(tmp_path, "Ada", notebook_bytes(double="a = 2"), NOON + timedelta(1)))
    assert (entry.student, entry.fate) == ("ada", Fate.REPLACED)


@pytest.mark.parametrize("year", [1970, 1999, 2107, 9000])
def test_an_impossible_date_decides_nothing_and_is_said(mini_course: Course, tmp_path: Path, year: int):
    first, second = notebook_bytes(double="a = 1"), notebook_bytes(double="a = 2")
    entry = one(mini_course, packed(tmp_path / "1", "ada", first, NOON.replace(year=year)))
    assert entry.fate is Fate.TAKEN
    assert entry.note.startswith(f"its date cannot be right ({year}-")
    newer = packed(tmp_path / "2", "ada", second, datetime.now(UTC) + timedelta(minutes=5))
    assert one(mini_course, newer).fate is Fate.REPLACED


def test_of_a_stamp_that_cannot_be_true_the_files_own_time_counts(mini_course: Course, tmp_path: Path):
    one(mini_course, packed(tmp_path / "1", "ada", notebook_bytes(double="a = 1")))
    here = submitted(mini_course, "ada")
    here.with_name("timestamp.txt").write_text("2107-01-01 00:00:00 UTC")
    os.utime(here, (NOON.timestamp(), NOON.timestamp()))
    newer = packed(tmp_path / "2", "ada", notebook_bytes(double="a = 2"), NOON + timedelta(hours=1))
    assert one(mini_course, newer).fate is Fate.REPLACED


def test_what_was_put_aside_is_put_aside_once(mini_course: Course, tmp_path: Path):
    one(mini_course, packed(tmp_path / "1", "ada", notebook_bytes(double="a = 2"), NOON + timedelta(hours=1)))
    for _ in range(3):
        old = packed(tmp_path / "2", "ada", notebook_bytes(double="a = 1"))
        assert one(mini_course, old).fate is Fate.OLDER
    assert len(list((mini_course.root / "submitted" / ".older" / "ada" / UNIT).glob("*.ipynb"))) == 1


@pytest.mark.parametrize("content", [b"[" * 9_000, b'{"unit": 1, "unit": 2}', b" " * 30_000, b"\xff", b"7"])
def test_a_receipt_that_cannot_be_read_is_said(mini_course: Course, tmp_path: Path, content: bytes):
    members = {f"{UNIT}.ipynb": notebook_bytes(), receipts.FILE_NAME: content}
    entry = one(mini_course, zipped(tmp_path / "ada.zip", members))
    assert (entry.student, entry.note) == ("ada", "its receipt cannot be read")


def test_one_bad_hand_in_is_one_line_and_exit_status_1(
    mini_course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    inbox = tmp_path / "inbox"
    packed(inbox, "ada", notebook_bytes())
    (inbox / "eve.zip").write_bytes(b"PK\3\4 and no more")
    monkeypatch.chdir(mini_course.root)
    done = CliRunner().invoke(app, ["collect", str(inbox)])
    assert done.exit_code == 1
    assert "1 not taken, 1 taken." in done.stdout
    assert submitted(mini_course, "ada").exists()


def test_folders_and_zips_that_hold_the_work_of_many_name_nobody(tmp_path: Path):
    files = [PurePosixPath(f"kurs/group/{name}") for name in (f"ada/{UNIT}.ipynb", f"{UNIT}-bo.ipynb")]
    alone = [PurePosixPath(f"cy/{folder}/{folder}.ipynb") for folder in (UNIT, "02-later")]
    found = of_several([*files, *alone], [UNIT, "02-later"], People(tmp_path))
    assert found == {PurePosixPath("kurs"), PurePosixPath("kurs/group")}
    (tmp_path / "submitted" / "group").mkdir(parents=True)
    assert of_several(files, [UNIT], People(tmp_path)) == set()
