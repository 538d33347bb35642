"""Progress: one small file, safe against two notebooks at once, damage and read-only folders."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder import progress, records
from autograder.overview import overview
from autograder.records import (
    CANNOT_KEEP,
    FILE_NAME,
    Record,
    read_records,
    record_hint,
    record_verdict,
    records_file,
)
from autograder.verdict import Status, Verdict

ROOT = Path(__file__).parents[2]
RIGHT = Verdict("activation", Status.RIGHT, 1.0, "")
PARTLY = Verdict("activation", Status.WRONG, 2 / 3, "")
WRONG = Verdict("activation", Status.WRONG, 0.0, "")
WAITING = Verdict("activation", Status.NOT_ATTEMPTED, 0.0, "")


@pytest.fixture(autouse=True)
def fresh_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COURSE_GRADING", raising=False)
    monkeypatch.delenv("COURSE_BUILDING", raising=False)
    monkeypatch.setattr(records, "_session", {})
    monkeypatch.setattr(records, "_said", set())


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "course.yml").write_text("title: A course\n", encoding="utf-8")
    for folder in (
        "work/01-warm-up",
        "work/02-divide-by-hand",
        "autograded/student-01/01-warm-up",
        "source/01",
    ):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path


@pytest.fixture
def unit(course: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The kernel's folder is a unit in the student's own folder."""
    monkeypatch.chdir(course / "work/01-warm-up")
    return course / "work/01-warm-up"


@pytest.fixture
def no_longer_root() -> Iterator[None]:
    """A superuser may write anywhere; give that up for a moment."""
    if os.name == "nt" or os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize(
    ("folder", "file"),
    [
        ("work/01-warm-up", "work"),
        ("work/02-divide-by-hand", "work"),
        ("work", "work"),
        (".", "."),
    ],
)
def test_the_file_stands_in_the_folder_that_holds_the_units(
    course: Path, monkeypatch: pytest.MonkeyPatch, folder: str, file: str
) -> None:
    monkeypatch.chdir(course / folder)
    assert records_file() == course.resolve() / file / FILE_NAME


def test_outside_a_course_the_file_stands_beside_the_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "downloads").mkdir()
    monkeypatch.chdir(tmp_path / "downloads")
    assert records_file() == (tmp_path / "downloads" / FILE_NAME).resolve()


def test_the_best_outcome_is_kept_and_attempts_are_counted(unit: Path) -> None:
    for verdict in (WAITING, WRONG, PARTLY, WRONG):
        assert record_verdict(verdict) == []
    assert read_records()[0]["activation"] == Record(Status.WRONG, 2 / 3, attempts=3, hints=0)
    record_verdict(RIGHT)
    record_verdict(WAITING)
    assert read_records()[0]["activation"] == Record(Status.RIGHT, 1.0, attempts=4, hints=0)
    saved = json.loads((unit.parent / FILE_NAME).read_text(encoding="utf-8"))
    assert saved["exercises"]["activation"] == {"status": "right", "score": 1.0, "attempts": 4, "hints": 0}


@pytest.mark.usefixtures("unit")
def test_hints_are_counted_beside_attempts() -> None:
    record_hint("activation")
    record_verdict(WRONG)
    record_hint("activation")
    assert read_records()[0]["activation"] == Record(Status.WRONG, 0.0, attempts=1, hints=2)


@pytest.mark.parametrize("variable", ["COURSE_GRADING", "COURSE_BUILDING"])
def test_grading_and_building_write_nothing_and_read_nothing(
    unit: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    record_verdict(RIGHT)
    before = (unit.parent / FILE_NAME).read_bytes()
    monkeypatch.setenv(variable, "1")
    assert read_records() == ({}, [])
    assert record_verdict(WRONG) == record_hint("activation") == []
    assert read_records()[0]["activation"] == Record(Status.WRONG, 0.0, attempts=1, hints=1)
    assert (unit.parent / FILE_NAME).read_bytes() == before


@pytest.mark.parametrize("folder", ["autograded/student-01/01-warm-up", "source/01"])
def test_the_teachers_folders_stay_clean(course: Path, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    monkeypatch.chdir(course / folder)
    record_verdict(RIGHT)
    assert read_records()[0]["activation"].status is Status.RIGHT
    assert not [*course.rglob(f"{FILE_NAME}*")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"exercises": []}',
        b'{"exercises": {"a": 1}}',
        b'{"exercises": {"a": {"status": "best", "score": 1, "attempts": 1, "hints": 0}}}',
        b'{"exercises": {"a": {"status": "right", "score": NaN, "attempts": 1, "hints": 0}}}',
        b'{"exercises": {"a": {"status": "right", "score": "1", "attempts": 1, "hints": 0}}}',
        b'{"exercises": {"a": {"status": "right", "score": 1, "attempts": 1e999, "hints": 0}}}',
        b'{"exercises": {"a": {"status": "right", "score": 1, "attempts": -1, "hints": 0}}}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_is_kept_aside_said_once_and_a_new_one_begins(unit: Path, content: bytes) -> None:
    file = unit.parent / FILE_NAME
    file.write_bytes(content)
    notes = record_verdict(PARTLY)
    assert len(notes) == 1
    assert f"{FILE_NAME}.damaged" in notes[0]
    assert file.with_name(f"{FILE_NAME}.damaged").read_bytes() == content
    assert record_verdict(RIGHT) == []
    assert read_records() == ({"activation": Record(Status.RIGHT, 1.0, attempts=2)}, [])


def test_a_second_damaged_file_does_not_replace_the_first(unit: Path) -> None:
    file = unit.parent / FILE_NAME
    for content in (b"first", b"second"):
        file.write_bytes(content)
        record_verdict(RIGHT)
    assert file.with_name(f"{FILE_NAME}.damaged").read_bytes() == b"first"
    assert file.with_name(f"{FILE_NAME}.damaged-2").read_bytes() == b"second"


def test_looking_at_a_damaged_file_keeps_it_aside_too(unit: Path) -> None:
    (unit.parent / FILE_NAME).write_bytes(b"{")
    found, notes = read_records()
    assert found == {}
    assert "damaged" in notes[0]
    assert read_records() == ({}, [])


@pytest.mark.usefixtures("no_longer_root")
def test_a_folder_that_cannot_be_written_is_remarked_once_and_breaks_nothing() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        saved = {"activation": {"status": "wrong", "score": 0.5, "attempts": 2, "hints": 1}}
        (path / FILE_NAME).write_text(json.dumps({"exercises": saved}), encoding="utf-8")
        path.chmod(0o500)
        before = Path.cwd()
        os.chdir(path)
        try:
            assert record_verdict(RIGHT) == [CANNOT_KEEP]
            assert record_hint("activation") == []
            assert read_records()[0]["activation"] == Record(Status.RIGHT, 1.0, attempts=3, hints=2)
            assert [p.name for p in path.iterdir()] == [FILE_NAME]
        finally:
            os.chdir(before)
            path.chmod(0o700)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the folder a process stands in")
def test_a_folder_that_is_gone_breaks_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert record_verdict(RIGHT) == [CANNOT_KEEP]
    assert read_records()[0]["activation"].status is Status.RIGHT


def test_a_lock_that_does_not_come_is_remarked_and_made_up_for_later(
    unit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from filelock import FileLock

    monkeypatch.setattr(records, "LOCK_SECONDS", 0.05)
    record_verdict(WRONG)
    with FileLock(f"{unit.parent / FILE_NAME}.lock"):
        assert record_verdict(RIGHT) == [CANNOT_KEEP]
        assert read_records()[0]["activation"] == Record(Status.RIGHT, 1.0, attempts=2)
    record_hint("activation")
    saved = json.loads((unit.parent / FILE_NAME).read_text(encoding="utf-8"))
    assert saved["exercises"]["activation"] == {"status": "right", "score": 1.0, "attempts": 2, "hints": 1}


def test_two_notebooks_that_write_at_once_lose_nothing(course: Path) -> None:
    code = """
import sys
from autograder.verdict import Status, Verdict
from autograder.records import read_records, record_hint, record_verdict
for n in range(40):
    notes = record_verdict(Verdict("shared", Status.WRONG, 0.0, "")) + record_hint(sys.argv[1])
    assert not notes, notes
    assert read_records()[0]["shared"].attempts > n
"""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, name], cwd=course / "work" / name, stderr=subprocess.PIPE
        )
        for name in ("01-warm-up", "02-divide-by-hand")
    ]
    errors = [process.communicate()[1].decode() for process in running]
    assert errors == ["", ""]
    saved = json.loads((course / "work" / FILE_NAME).read_text(encoding="utf-8"))["exercises"]
    assert saved["shared"]["attempts"] == 80
    assert saved["01-warm-up"]["hints"] == saved["02-divide-by-hand"]["hints"] == 40


def test_a_writer_that_dies_halfway_leaves_the_old_file(unit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record_verdict(PARTLY)
    before = (unit.parent / FILE_NAME).read_bytes()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            record_verdict(RIGHT)
    assert (unit.parent / FILE_NAME).read_bytes() == before
    assert {p.name for p in unit.parent.iterdir() if p.is_file()} <= {FILE_NAME, f"{FILE_NAME}.lock"}


UNITS = {"01-warm-up": ["sigmoid", "epochs"], "02-divide-by-hand": ["activation", "divide", "<b>odd</b>"]}
KEPT = {
    "sigmoid": Record(Status.RIGHT, 1.0, attempts=1),
    "epochs": Record(Status.RIGHT, 1.0, attempts=3, hints=2),
    "activation": Record(Status.WRONG, 2 / 3, attempts=4),
    "gone-from-the-course": Record(Status.RIGHT, 1.0, attempts=1),
}


def test_the_chart_tells_the_same_in_html_and_in_plain_text() -> None:
    shown = overview(UNITS, KEPT, ["A note."])
    for words in ("2 of 5 exercises right", "2 of 2 right", "0 of 3 right, 1 begun", "67 %", "A note."):
        assert words in shown["text/plain"]
        assert words in shown["text/html"]
    assert "epochs: right (3 attempts, 2 hints)" in shown["text/plain"]
    assert "right (1 attempt)" in shown["text/html"]
    assert "gone-from-the-course" not in shown["text/plain"]
    assert "<b>" not in shown["text/html"]


def test_the_bars_are_as_long_as_what_is_done() -> None:
    shown = overview(UNITS, KEPT)
    first, second = (line for line in shown["text/plain"].splitlines() if "░" in line or "█" in line)
    assert first.count("█") == 20
    assert (second.count("█"), second.count("▒"), second.count("░")) == (0, 7, 13)
    assert "width:100.00%" in shown["text/html"]
    assert "width:33.33%" in shown["text/html"]


def test_a_course_not_begun_shows_empty_bars() -> None:
    text = overview(UNITS, {})["text/plain"]
    assert "0 of 5 exercises right" in text
    assert text.count("░") == 40
    assert "○ sigmoid: open" in text


def test_only_the_units_of_this_course_are_counted(unit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = unit.parents[1]
    shutil.copytree(ROOT / "lessons/02-divide-by-hand", root / "lessons/02-divide-by-hand")
    unit_two = "{id: 02-divide-by-hand, title: Divide, minutes: 50, objectives: [Divide.]}"
    (root / "course.yml").write_text(f"title: One unit\nunits:\n  - {unit_two}\n", encoding="utf-8")
    progress()
    said = capsys.readouterr().out
    assert "0 of 4 exercises right" in said
    assert "02-divide-by-hand" in said
    assert "01-warm-up" not in said
