"""Attacks by what lies in the place of a notebook."""

from __future__ import annotations

import os
from pathlib import Path

from tests.attacks.attack import UNIT, Attack

NAME = f"{UNIT}.ipynb"


def _folder(folder: Path, course: Path) -> None:  # noqa: ARG001
    (folder / NAME).mkdir()


def _link_to_source(folder: Path, course: Path) -> None:
    (folder / NAME).symlink_to(course / "source" / UNIT / NAME)


def _link_to_secret(folder: Path, course: Path) -> None:
    (folder / NAME).symlink_to(course.parent / "home" / ".secret")


def _link_to_folder(folder: Path, course: Path) -> None:
    """The student's folder of the unit is the course's own."""
    folder.rmdir()
    folder.symlink_to(course / "source" / UNIT)


def _link_to_student(folder: Path, course: Path) -> None:
    """The student's folder is another student's."""
    folder.rmdir()
    folder.parent.rmdir()
    folder.parent.symlink_to(course / "submitted" / "aa-honest")


def _pipe(folder: Path, course: Path) -> None:  # noqa: ARG001
    os.mkfifo(folder / NAME)


def _sparse(folder: Path, course: Path) -> None:  # noqa: ARG001
    with (folder / NAME).open("wb") as file:
        file.truncate(10**11)


def _other_name(folder: Path, course: Path) -> None:
    (folder / "Untitled.ipynb").write_bytes((course / "lessons" / UNIT / NAME).read_bytes())


def _odd_timestamp(folder: Path, course: Path) -> None:
    (folder / NAME).write_bytes((course / "lessons" / UNIT / NAME).read_bytes())
    os.mkfifo(folder / "timestamp.txt")


ATTACKS = [
    Attack("broken-json", "breaks off in the middle", content=lambda c: c[: len(c) // 2], status="broken"),
    Attack("binary", "is not text", content=lambda _: bytes(range(256)) * 400, status="broken"),
    Attack("empty", "is empty", content=lambda _: b"", status="broken"),
    Attack(
        "nested",
        "is JSON nested a million deep",
        content=lambda _: b"[" * 10**6 + b"]" * 10**6,
        status="broken",
    ),
    Attack(
        "invalid-utf-8",
        "has bytes that are no UTF-8",
        content=lambda c: c.replace(b"numpy", b"\xff\xfe"),
        status="broken",
    ),
    Attack("no-notebook", "is JSON of another kind", content=lambda _: b'{"cells": 3}', status="broken"),
    Attack(
        "too-large",
        "has 25 MB of text",
        content=lambda c: c.replace(b"numpy", b"n" * 25_000_000),
        status="broken",
    ),
    Attack("folder", "is a folder", lay=_folder, status="broken"),
    Attack(
        "link-to-source", "is a link to the notebook with the solutions", lay=_link_to_source, status="broken"
    ),
    Attack("link-to-secret", "is a link to a file of the teacher's", lay=_link_to_secret, status="broken"),
    Attack(
        "linked-folder", "lies in a folder that is a link to source/", lay=_link_to_folder, status="broken"
    ),
    Attack(
        "linked-student",
        "lies in a folder that is a link to another student's",
        lay=_link_to_student,
        status="broken",
    ),
    Attack("pipe", "is a pipe that nobody writes to", lay=_pipe, status="broken"),
    Attack("sparse", "is 100 GB long and takes no space", lay=_sparse, status="broken"),
    Attack("other-name", "has another name", lay=_other_name, status="broken"),
    Attack("timestamp-pipe", "has a pipe for its time of handing in", lay=_odd_timestamp),
]
