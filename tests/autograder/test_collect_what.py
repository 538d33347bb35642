"""All that came is in the table: taken, or not, and why."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.grading.handins.archives import MOST_TOLD
from autograder.grading.handins.collecting import Fate, collect
from tests.autograder.conftest import RIGHT, UNIT
from tests.autograder.test_collect_beside import beside
from tests.autograder.test_commands_collect import notebook_bytes, one, submitted, zipped

WORK = notebook_bytes(**RIGHT)


LONG = f"{'work/' * 19}{UNIT}.ipynb"
"""Longer than a header of a tar has room for."""


def tarred(members: dict[str, bytes], mode: str = "w:gz", form: int = tarfile.PAX_FORMAT) -> bytes:
    box = io.BytesIO()
    with tarfile.open(fileobj=box, mode=mode, format=form) as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size, member.mtime = len(content), 1_770_000_000
            archive.addfile(member, io.BytesIO(content))
    return box.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        (f"{UNIT}.ipynb.txt", WORK, ""),
        (f"{UNIT}.ipynb.json", WORK, ""),
        (f"{UNIT}.ipynb (1).txt", WORK, ""),
        (f"{UNIT}.IPYNB", WORK, ""),
        ("handin.tar", tarred({f"{UNIT}.ipynb": WORK}, "w"), ""),
        ("handin.tar.gz", tarred({f"./work/{UNIT}/{UNIT}.ipynb": WORK}), ""),
        ("handin.tgz", tarred({LONG: WORK}), ""),
        ("handin.tar", tarred({LONG: WORK}, "w", tarfile.GNU_FORMAT), ""),
        ("handin.tar.gz", tarred({f"{UNIT}.ipynb": WORK}, "w"), ""),  # a browser has unpacked it
        (f"{UNIT}.html", b"x", "it is a web page"),
        (f"{UNIT}.py", b"x", "it is a program"),
        ("answers.docx", b"x", "it is a document"),
        ("answers.xyz", b"x", "a file of another kind (.xyz)"),
        ("README", b"x", "a file of another kind, and lies"),
        ("handin.rar", b"x", ".rar archives are not opened here"),
        ("handin.7z", b"x", ".7z archives are not opened here"),
        ("handin.tar.bz2", tarred({f"{UNIT}.ipynb": WORK}, "w:bz2"), ".bz2 archives are not opened"),
        ("handin.tar.gz", b"x", "it is not a tar archive, or a damaged one"),
        ("handin.tar.gz", tarred({f"{UNIT}.ipynb": WORK})[:-200], "damaged"),
        ("handin.tar", tarred({f"{UNIT}.ipynb": WORK}, "w")[:1500], "it breaks off"),
        ("handin.zip", b"PK\5\6" + bytes(18), "there is no notebook in it"),
    ],
)
def test_each_form_is_taken_or_told_with_its_reason(
    mini_course: Course, tmp_path: Path, name: str, content: bytes, reason: str
):
    folder = tmp_path / "box" / "ada"
    folder.mkdir(parents=True)
    (folder / name).write_bytes(content)
    [entry] = collect(mini_course, [tmp_path / "box"])
    assert reason in entry.note and entry.where.startswith(f"ada/{name}")
    if reason:
        assert (entry.fate, entry.ok) == (Fate.REFUSED, False)
    else:
        assert (entry.fate, entry.student, entry.ok) == (Fate.TAKEN, "ada", True), entry
        assert submitted(mini_course, "ada").read_bytes() == WORK


@pytest.mark.parametrize("name", [f"{UNIT}-ada.ipynb.txt", f"handin-{UNIT}-ada.tar.gz"])
def test_whose_it_is_can_be_told_by_any_of_these_names(mini_course: Course, tmp_path: Path, name: str):
    (tmp_path / name).write_bytes(WORK if "ipynb" in name else tarred({f"{UNIT}.ipynb": WORK}))
    entry = one(mini_course, tmp_path / name)
    assert (entry.student, entry.fate) == ("ada", Fate.TAKEN)


def test_what_lies_beside_a_notebook_in_a_tar_travels_with_it_and_links_lead_nowhere(
    mini_course: Course, tmp_path: Path
):
    path = tmp_path / f"handin-{UNIT}-ada.tar"
    with tarfile.open(path, "w") as archive:
        for name, content in {f"{UNIT}.ipynb": WORK, "data/own.csv": b"1", "../../x.py": b"2"}.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        for kind, name in ((tarfile.SYMTYPE, "secret.csv"), (tarfile.FIFOTYPE, "pipe.csv")):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
    entries = collect(mini_course, [path])
    [taken] = [entry for entry in entries if entry.fate is Fate.TAKEN]
    assert "'secret.csv' is left out: it is a link" in taken.note
    assert "'pipe.csv' is left out: it is not a regular file" in taken.note
    assert beside(mini_course, "ada") == {"data/own.csv": "1"}
    assert not list(tmp_path.rglob("x.py"))


def test_a_tar_may_hold_the_class(mini_course: Course, tmp_path: Path):
    names = {f"{student}/{UNIT}.ipynb": WORK + b" " * len(student) for student in ("ada", "bob")}
    (tmp_path / "class.tar.gz").write_bytes(tarred(names))
    entries = collect(mini_course, [tmp_path / "class.tar.gz"])
    assert [(entry.student, entry.ok) for entry in entries] == [("ada", True), ("bob", True)]


def test_of_many_files_that_are_nothing_the_first_ones_are_told_and_how_many_more(
    mini_course: Course, tmp_path: Path
):
    many = {f"photos/{number:03}.jpg": b"" for number in range(50)}
    zipped(tmp_path / "ada.zip", {**many, f"work/{UNIT}.ipynb": WORK, ".DS_Store": b"", "Thumbs.db": b""})
    entries = collect(mini_course, [tmp_path / "ada.zip"])
    told = [entry for entry in entries if entry.fate is Fate.REFUSED]
    assert len(told) == MOST_TOLD + 1
    assert told[-1].note == f"{50 - MOST_TOLD} more files in it are no notebooks"
    assert [entry.student for entry in entries if entry.fate is Fate.TAKEN] == ["ada"]
    assert json.dumps([entry.as_json() for entry in entries])
