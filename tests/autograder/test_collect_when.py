"""When a hand-in came: the best source counts, the table says which, and what cannot be decides nothing."""

from __future__ import annotations

import io
import json
import os
import struct
import tarfile
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from autograder.course import Course, CourseError
from autograder.grading.handins import receipts
from autograder.grading.handins.collecting import Entry, Fate, collect
from autograder.grading.handins.moments import Source, in_zip, read_stamp
from autograder.grading.handins.receipts import write_receipt
from autograder.grading.handins.submitted import timestamp_of
from tests.autograder.conftest import UNIT
from tests.autograder.test_commands_collect import notebook_bytes, one, packed, submitted

STOCKHOLM = ZoneInfo("Europe/Stockholm")
WORK = notebook_bytes(double="a = 1")
NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)
LOCAL = (2026, 2, 1, 20, 0, 0)
"""On the wall, wherever the archive was made."""


def utc_field(moment: datetime) -> bytes:
    return struct.pack("<HHBl", 0x5455, 5, 1, int(moment.timestamp()))


def windows_field(moment: datetime) -> bytes:
    ticks = int((moment - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7
    return struct.pack("<HHLHHQQQ", 0x000A, 32, 0, 1, 24, ticks, ticks, ticks)


def in_a_zip(path: Path, date=LOCAL, extra: bytes = b"", **beside: bytes) -> Path:
    """A zip with the notebook and files beside it, all of one time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {f"{UNIT}.ipynb": WORK, **beside}.items():
            member = zipfile.ZipInfo(name, date)
            member.extra = extra
            archive.writestr(member, content)
    return path


def in_a_tar(path: Path, moment: datetime) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo(f"{UNIT}.ipynb")
        member.size, member.mtime = len(WORK), moment.timestamp()
        archive.addfile(member, io.BytesIO(WORK))
    return path


def receipt(moment: datetime) -> bytes:
    return json.dumps(write_receipt(UNIT, "ada", WORK, moment).as_json()).encode()


def on_the_disk(folder: Path, moment: datetime, **beside: str) -> Path:
    folder.mkdir(parents=True)
    (folder / f"{UNIT}.ipynb").write_bytes(WORK)
    for name, text in beside.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    os.utime(folder / f"{UNIT}.ipynb", (moment.timestamp(), moment.timestamp()))
    return folder.parent


HOUR = timedelta(hours=1)
STAMP = f"{NOON + HOUR:%Y-%m-%d %H:%M:%S.%f} UTC\n"


@pytest.mark.parametrize(
    ("arrives", "moment", "source"),
    [
        (lambda box: on_the_disk(box / "ada", NOON), NOON, Source.FILE),
        (lambda box: in_a_zip(box / "ada.zip"), datetime(*LOCAL, tzinfo=STOCKHOLM), Source.ARCHIVE),
        (lambda box: in_a_zip(box / "ada.zip", LOCAL, utc_field(NOON)), NOON, Source.ARCHIVE_UTC),
        (lambda box: in_a_zip(box / "ada.zip", LOCAL, windows_field(NOON)), NOON, Source.ARCHIVE_UTC),
        (lambda box: in_a_tar(box / "ada.tar.gz", NOON), NOON, Source.ARCHIVE_UTC),
        (lambda box: packed(box, "ada", WORK, NOON), NOON, Source.RECEIPT),
        (lambda box: on_the_disk(box / "ada", NOON, timestamp_txt=STAMP), NOON + HOUR, Source.STAMP),
        (
            lambda box: in_a_zip(box / "ada.zip", **{"timestamp.txt": STAMP.encode()}),
            NOON + HOUR,
            Source.OWN_STAMP,
        ),
        (
            lambda box: on_the_disk(box / "Ada A_123_assignsubmission_file_", NOON, timestamp_txt=STAMP),
            NOON + HOUR,
            Source.OWN_STAMP,  # she uploaded it with her notebook
        ),
        (
            lambda box: on_the_disk(box / f"ada+{UNIT}+2026-02-01 12:00:00 UTC", NOON - HOUR),
            NOON,
            Source.PLATFORM,
        ),
    ],
)
def test_the_best_source_counts_and_is_said(mini_course: Course, tmp_path: Path, arrives, moment, source):
    box = tmp_path / "box"
    box.mkdir()
    arrived = arrives(box)
    entry = next(entry for entry in collect(mini_course, [arrived]) if entry.student)
    assert entry.handed_in == f"{moment.astimezone(STOCKHOLM):%Y-%m-%d %H:%M} ({source})"
    stamp = (mini_course.root / "submitted" / entry.student / UNIT / "timestamp.txt").read_text()
    assert stamp == f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-24 14:03:22.123456 UTC", datetime(2026, 11, 24, 14, 3, 22, 123456, tzinfo=UTC)),
        ("2026-11-24 14:03:22 UTC\n", datetime(2026, 11, 24, 14, 3, 22, tzinfo=UTC)),
        ("2026-11-24 14:03:22", datetime(2026, 11, 24, 14, 3, 22, tzinfo=UTC)),
        ("2026-07-24 14:03:22.5 CEST", datetime(2026, 7, 24, 12, 3, 22, 500000, tzinfo=UTC)),
        ("2026-11-24 14:03:22 CET", datetime(2026, 11, 24, 13, 3, 22, tzinfo=UTC)),
        ("2026-11-24T14:03+02:00", datetime(2026, 11, 24, 12, 3, tzinfo=UTC)),
    ],
)
def test_stamps_are_read_as_nbgrader_and_the_exchange_write_them(text: str, moment: datetime):
    assert read_stamp(text, STOCKHOLM) == moment


@pytest.mark.parametrize("text", ["", "yesterday", "2026-11-24 14:03:22 EST", "2026-13-01 00:00 UTC", "1"])
def test_what_is_no_time_is_none(text: str):
    with pytest.raises(ValueError):
        read_stamp(text, STOCKHOLM)


def test_nbgrader_is_told_a_stamp_in_words_that_it_does_not_misread(mini_course: Course):
    folder = submitted(mini_course, "ada").parent
    folder.mkdir(parents=True)
    for text, told in (("2026-07-24 14:03:22.5 CEST", "2026-07-24 12:03:22.500000 UTC"), ("soon", None)):
        (folder / "timestamp.txt").write_text(text)
        assert timestamp_of(mini_course, UNIT, "ada") == told


def test_a_time_that_the_teacher_gives_counts_for_a_whole_download_but_not_against_the_exchange(
    mini_course: Course, tmp_path: Path
):
    box = tmp_path / "box"
    box.mkdir()
    packed(box, "ada", WORK, NOON)
    on_the_disk(box / "bo", NOON, timestamp_txt=STAMP)
    times = {
        entry.student: entry.handed_in for entry in collect(mini_course, [box], received="2026-02-03 08:00")
    }
    assert times == {"ada": "2026-02-03 08:00 (--received)", "bo": "2026-02-01 14:00 (timestamp.txt)"}
    corrected = {entry.student: entry for entry in collect(mini_course, [box], received="2026-02-02 08:00")}
    assert (corrected["ada"].fate, corrected["bo"].fate) == (Fate.CORRECTED, Fate.KNOWN)
    assert submitted(mini_course, "ada").with_name("timestamp.txt").read_text() == "2026-02-02 07:00:00 UTC"
    assert {entry.fate for entry in collect(mini_course, [box])} == {Fate.KNOWN}
    assert submitted(mini_course, "ada").with_name("timestamp.txt").read_text() == "2026-02-02 07:00:00 UTC"


@pytest.mark.parametrize("text", ["2126-02-03 08:00", "2026-02-03", "noon", ""])
def test_a_time_that_is_none_or_lies_ahead_is_refused(mini_course: Course, tmp_path: Path, text: str):
    with pytest.raises(CourseError, match="Next: give"):
        collect(mini_course, [in_a_zip(tmp_path / "ada.zip")], received=text)


def test_of_two_notebooks_received_together_the_one_written_last_counts(mini_course: Course, tmp_path: Path):
    folder = tmp_path / "box" / "ada"
    on_the_disk(folder, NOON + HOUR)
    (folder / f"{UNIT}-Copy1.ipynb").write_bytes(notebook_bytes(double="a = 2"))
    os.utime(folder / f"{UNIT}-Copy1.ipynb", (NOON.timestamp(), NOON.timestamp()))
    [entry] = collect(mini_course, [tmp_path / "box"], received="2026-02-03 08:00")
    assert entry.where == f"ada/{UNIT}.ipynb"


@pytest.mark.parametrize(
    ("extra", "apart", "flagged"),
    [
        (True, timedelta(minutes=5), False),
        (True, timedelta(minutes=30), True),
        (False, timedelta(hours=20), False),  # it may have been packed on the other side of the earth
        (False, timedelta(hours=40), True),
    ],
)
def test_a_receipt_is_a_claim_and_flagged_where_its_archive_contradicts(
    mini_course: Course, tmp_path: Path, extra: bool, apart: timedelta, flagged: bool
):
    made = datetime(*LOCAL, tzinfo=STOCKHOLM)
    slip = {receipts.FILE_NAME: receipt(made - apart)}
    entry = one(mini_course, in_a_zip(tmp_path / "ada.zip", LOCAL, utc_field(made) if extra else b"", **slip))
    assert "(receipt, a claim)" in entry.handed_in
    assert entry.ok is not flagged
    assert ("ask when it was handed in" in entry.note) is flagged


def test_a_receipt_that_was_changed_in_its_zip_shows_by_its_own_time(mini_course: Course, tmp_path: Path):
    honest = packed(tmp_path, "ada", WORK, NOON)
    with zipfile.ZipFile(honest) as archive:
        members = [(member, archive.read(member)) for member in archive.infolist()]
    with zipfile.ZipFile(honest, "w") as archive:
        for member, content in members:
            if member.filename == receipts.FILE_NAME:
                content = content.replace(b"2026-02-01T12", b"2026-02-01T08")
                member.extra = utc_field(NOON + 3 * HOUR)
            archive.writestr(member, content)
    assert "its receipt says 2026-02-01 09:00, its archive 2026-02-01 13:00" in one(mini_course, honest).note


@pytest.mark.parametrize(
    "date", [(1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58), (datetime.now().year + 1, 1, 1, 0, 0, 0)]
)
def test_a_date_that_cannot_be_decides_nothing(mini_course: Course, tmp_path: Path, date):
    first = in_a_zip(tmp_path / "1" / "ada.zip")
    assert one(mini_course, first).fate is Fate.TAKEN
    better = notebook_bytes(double="a = 2")
    path = tmp_path / "2" / "ada.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(f"{UNIT}.ipynb", date), better)
    entry = one(mini_course, path)
    assert (entry.fate, submitted(mini_course, "ada").read_bytes()) == (Fate.REPLACED, better)
    assert entry.handed_in.endswith(f"({Source.FILE})")
    assert entry.note.startswith(f"its date cannot be right ({date[0]}-")


@pytest.mark.parametrize(
    "extra",
    [
        b"",
        b"UT",
        utc_field(NOON)[:6],
        b"UT\5\0\2aaaa",
        b"\x0a\0\4\0abcd",
        struct.pack("<HHLHHQ", 0x000A, 16, 0, 1, 8, 2**64 - 1),
    ],
)
def test_a_field_that_holds_no_time_is_passed_over(extra: bytes):
    assert in_zip(extra) is None


def test_what_a_platform_marks_is_shown(mini_course: Course, tmp_path: Path):
    path = tmp_path / "submissions.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(f"aada_LATE_12345_67890_{UNIT}.ipynb", LOCAL), WORK)
    entry: Entry = one(mini_course, path)
    assert entry.handed_in == "2026-02-01 20:00 (archive, local time), LATE in Canvas"
