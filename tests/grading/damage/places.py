"""Damage to what lies in the place of the notebook."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

from tests.grading.damage.kinds import BROKEN, GRADED, Damage

AS_ROOT = os.geteuid() == 0
"""Root may read every file."""


def a_folder(path: Path, content: bytes, _: Random) -> None:
    path.mkdir()
    (path / path.name).write_bytes(content)


def other_name(path: Path, content: bytes, random: Random) -> None:
    names = (
        "Untitled.ipynb",
        f"{path.stem} (1).ipynb",
        f"{path.stem}.ipynb.txt",
        path.name.upper(),
        ".ipynb",
    )
    (path.parent / random.choice(names)).write_bytes(content)


def unreadable(path: Path, content: bytes, _: Random) -> None:
    path.write_bytes(content)
    path.chmod(0)


def dangling(path: Path, _content: bytes, _: Random) -> None:
    path.symlink_to("gone.ipynb")


def linked(path: Path, content: bytes, _: Random) -> None:
    (path.parent / "elsewhere.ipynb").write_bytes(content)
    path.symlink_to("elsewhere.ipynb")


def pipe(path: Path, _content: bytes, _: Random) -> None:
    os.mkfifo(path)


def too_large(path: Path, content: bytes, _: Random) -> None:
    path.write_bytes(content)
    os.truncate(path, 10**9)


def odd_timestamp(path: Path, content: bytes, random: Random) -> None:
    path.write_bytes(content)
    odd = (b"", b"yesterday", bytes(range(256)), b"9999-99-99", b"2027-02-01 12:00:00 Mars/Phobos", b"\0")
    (path.parent / "timestamp.txt").write_bytes(random.choice(odd))


def among_others(path: Path, content: bytes, _: Random) -> None:
    """A checkpoint, a picture and a second notebook lie beside it."""
    path.write_bytes(content)
    (path.parent / ".ipynb_checkpoints").mkdir()
    (path.parent / ".ipynb_checkpoints" / path.name).write_bytes(b"")
    (path.parent / "picture.png").write_bytes(b"\x89PNG")
    (path.parent / "other.ipynb").write_bytes(b"{")


DAMAGE = [
    Damage("folder", "is a folder", a_folder, BROKEN),
    Damage("other name", "has another name", other_name, BROKEN),
    Damage("nothing", "is not there, only its folder", lambda *_: None, BROKEN),
    Damage("unreadable", "may not be read", unreadable, GRADED if AS_ROOT else BROKEN),
    Damage("dangling link", "is a link to nothing", dangling, BROKEN),
    Damage("link", "is a link to a notebook beside it", linked, BROKEN),
    Damage("pipe", "is a pipe", pipe, BROKEN),
    Damage("too large", "has a gigabyte of NUL bytes at its end", too_large, BROKEN),
    Damage("odd timestamp", "has a time of handing in that is none", odd_timestamp, GRADED),
    Damage("among others", "lies among other files", among_others, GRADED),
]
