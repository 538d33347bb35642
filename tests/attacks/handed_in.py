"""Attacks on `course collect`: what mallory hands in to be taken for another, or to stop it for the class."""

from __future__ import annotations

import gzip
import io
import json
import os
import socket
import struct
import tarfile
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from autograder.grading.handins import receipts
from autograder.grading.handins.receipts import write_receipt
from tests.attacks.attack import UNIT

ADA, MALLORY = "ada", "mallory"
NOTEBOOK = f"{UNIT}.ipynb"
WORK = b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
"""What mallory wants to be graded in place of ada's work."""
LATELY, NEVER = datetime(2026, 3, 1, tzinfo=UTC), datetime(2107, 1, 1, tzinfo=UTC)
REFUSED, HER_OWN = "not taken", "taken, as mallory's own"


@dataclass(frozen=True)
class HandedIn:
    """``lay`` puts it into the folder that is collected; ``ends`` is what becomes of it, in one line each."""

    name: str
    tries: str
    lay: Callable[[Path], None]
    ends: str = REFUSED
    lines: int = 1


def file(name: str, content: bytes | Callable[[], bytes]) -> Callable[[Path], None]:
    """Puts one file there; what takes a while to make is made only then."""

    def lay(inbox: Path) -> None:
        path = inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content())

    return lay


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, LATELY.timetuple()[:6]), content, method)
    return packed.getvalue()


def slip(student: str, moment: datetime = LATELY) -> dict[str, bytes]:
    """A notebook with a receipt, as `course submit` packs them."""
    receipt = json.dumps(write_receipt(UNIT, student, WORK, moment).as_json())
    return {NOTEBOOK: WORK, receipts.FILE_NAME: receipt.encode()}


def bomb() -> bytes:
    """7 KB that open to 3 GB: a zip of a hundred zips of two notebooks of spaces."""
    inner = zipped({f"{n}/{NOTEBOOK}": b" " * 15_000_000 for n in range(2)})
    return zipped({"a.zip": zipped({f"{n}.zip": inner for n in range(100)})})


def overlapping(count: int = 5_000) -> bytes:
    """Each name in the directory leads to the same compressed bytes."""
    packed = zipped({NOTEBOOK: b" " * 15_000_000})
    end = packed[-22:]
    size, offset = struct.unpack("<LL", end[12:20])
    entry = packed[offset : offset + size]
    counts = struct.pack("<HHLL", count & 0xFFFF, count & 0xFFFF, size * count, offset)
    return packed[:offset] + entry * count + end[:8] + counts + end[20:]


def tarred(members: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size, member.mtime = len(content), LATELY.timestamp()
            archive.addfile(member, io.BytesIO(content))
    return packed.getvalue()


def tar_bomb() -> bytes:
    return gzip.compress(tarred({NOTEBOOK: bytes(200_000_000)}))


def backwards() -> bytes:
    """A size below zero, as GNU writes large ones, with the sum of the header's bytes put right."""
    packed = bytearray(tarred({NOTEBOOK: WORK}))
    packed[124:136] = (-1024).to_bytes(12, "big", signed=True)
    packed[148:156] = b" " * 8
    packed[148:156] = b"%06o\0 " % sum(packed[:512])
    return bytes(packed)


def damaged(method: int) -> bytes:
    """A member whose packed bytes are nonsense."""
    packed = bytearray(zipped({NOTEBOOK: WORK * 50}, method))
    start = packed.index(NOTEBOOK.encode()) + len(NOTEBOOK) + 9
    packed[start : start + 20] = b"\xff" * 20
    return bytes(packed)


def claiming(size: int) -> bytes:
    """Of a member the directory says that it has so many bytes."""
    packed = zipped({NOTEBOOK: WORK})
    place = packed.rindex(b"PK\1\2") + 24
    return packed[:place] + struct.pack("<L", size) + packed[place + 4 :]


def with_password() -> bytes:
    packed = bytearray(zipped({NOTEBOOK: WORK}))
    packed[6] |= 1
    packed[packed.rindex(b"PK\1\2") + 8] |= 1
    return bytes(packed)


def linked() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        member = zipfile.ZipInfo(NOTEBOOK)
        member.external_attr = 0o120777 << 16
        archive.writestr(member, f"../{ADA}/{UNIT}/{NOTEBOOK}")
    return packed.getvalue()


def doubled_name() -> bytes:
    names = b",".join(b'"%d": 1' % n for n in range(100_000))
    return b'{"nbformat": 4, "cells": [], "metadata": {%b, "1": 1}}' % names


def directory(count: int) -> bytes:
    """Nothing but names."""
    name = NOTEBOOK.encode()
    fields = (b"PK\1\2", 20, 3, 20, 0, 0, 0, 0, 33, 0, 0, 0, len(name), 0, 0, 0, 0, 0, 0)
    entries = (struct.pack("<4s4B4HL2L5H2L", *fields) + name) * count
    return entries + struct.pack(
        "<4s4H2LH", b"PK\5\6", 0, 0, count & 0xFFFF, count & 0xFFFF, len(entries), 0, 0
    )


def method(number: int) -> bytes:
    packed = bytearray(zipped({NOTEBOOK: WORK}))
    packed[8] = packed[packed.rindex(b"PK\1\2") + 10] = number
    return bytes(packed)


def _undecodable(inbox: Path) -> None:
    Path(os.fsdecode(os.fsencode(inbox) + b"/mall\xff\xfery.zip")).write_bytes(zipped({NOTEBOOK: WORK}))


def _forbidden(inbox: Path) -> None:
    file("mallory.zip", zipped({NOTEBOOK: WORK}))(inbox)
    (inbox / "mallory.zip").chmod(0)


def _forbidden_folder(inbox: Path) -> None:
    file(f"{MALLORY}/{NOTEBOOK}", WORK)(inbox)
    (inbox / MALLORY).chmod(0)


def _pipe(name: str) -> Callable[[Path], None]:
    def lay(inbox: Path) -> None:
        (inbox / name).parent.mkdir(exist_ok=True)
        os.mkfifo(inbox / name)

    return lay


def _socket(inbox: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(inbox)  # a socket's path is short
        try:
            made.bind("mallory.zip")
        finally:
            os.chdir(here)


def _link(inbox: Path) -> None:
    (inbox / "mallory.zip").symlink_to(inbox.parent / "secret.zip")


def _loop(inbox: Path) -> None:
    (inbox / MALLORY).mkdir()
    (inbox / MALLORY / "again").symlink_to(inbox)
    (inbox / MALLORY / NOTEBOOK).symlink_to(NOTEBOOK)


def _sparse(inbox: Path) -> None:
    with (inbox / "mallory.zip").open("wb") as made:
        made.truncate(10**11)


def _deep(inbox: Path) -> None:
    """Folders so deep that a path to the last of them is too long."""
    here = os.open(inbox, os.O_RDONLY)
    for _ in range(1_100):
        os.mkdir("deep", dir_fd=here)
        below = os.open("deep", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)


def _pipe_for_receipt(inbox: Path) -> None:
    file(f"{MALLORY}/{NOTEBOOK}", WORK)(inbox)
    os.mkfifo(inbox / MALLORY / receipts.FILE_NAME)


def _folders_of_others(inbox: Path) -> None:
    for student in (ADA, "bo"):
        file(f"{MALLORY}/{student}/{NOTEBOOK}", WORK)(inbox)


def _no_date(inbox: Path) -> None:
    packed = zipped({NOTEBOOK: WORK})
    place = packed.rindex(b"PK\1\2") + 12
    (inbox / "mallory.zip").write_bytes(packed[:place] + bytes(4) + packed[place + 4 :])


def _copies(beside: Mapping[str, bytes]) -> bytes:
    """Twenty notebooks in one folder, no two the same, with files beside them."""
    return zipped({f"{UNIT}-Copy{n}.ipynb": WORK + b" " * n for n in range(20)} | dict(beside))


HANDED_IN = [
    HandedIn(
        "zip-of-another",
        "has ada's name on a folder inside",
        file("mallory.zip", zipped({f"{ADA}/{NOTEBOOK}": WORK})),
        HER_OWN,
    ),
    HandedIn(
        "zip-of-many",
        "has the names of others on folders inside",
        file("mallory.zip", zipped({f"{ADA}/{NOTEBOOK}": WORK, f"bo/{NOTEBOOK}": WORK + b" "})),
        f"{HER_OWN} or {REFUSED}",
        2,
    ),
    HandedIn(
        "hand-in-of-another",
        "holds a hand-in by ada, with its receipt",
        file("mallory.zip", zipped({f"handin-{UNIT}-{ADA}.zip": zipped(slip(ADA))})),
    ),
    HandedIn(
        "receipt-of-another", "has ada's receipt", file(f"handin-{UNIT}-mallory.zip", zipped(slip(ADA)))
    ),
    HandedIn("receipt-alone", "has no name but that in ada's receipt", file("handin.zip", zipped(slip(ADA)))),
    HandedIn(
        "receipt-of-2107",
        "has ada's receipt from the year 2107",
        file("handin.zip", zipped(slip(ADA, NEVER))),
    ),
    HandedIn(
        "folder-of-another",
        "has folders of others in her own",
        _folders_of_others,
        REFUSED,
        2,
    ),
    HandedIn(
        "name-that-is-none",
        "is called so that her own name does not count",
        file("Mallory M.zip", zipped({f"{ADA}/{NOTEBOOK}": WORK})),
    ),
    HandedIn(
        "as-the-class",
        "is called as the archive of a class",
        file("all.zip", zipped({f"{ADA}/{NOTEBOOK}": WORK})),
    ),
    HandedIn(
        "date-of-2107",
        "is from the year 2107",
        file(f"handin-{UNIT}-mallory.zip", zipped(slip(MALLORY, NEVER))),
        HER_OWN,
    ),
    HandedIn("date-of-0", "is from month 0 of 1980", _no_date, HER_OWN),
    HandedIn("nested-bomb", "opens from 7 KB to 3 GB", file("mallory.zip", bomb)),
    HandedIn("overlapping-bomb", "has one file under 5000 names", file("mallory.zip", overlapping)),
    HandedIn(
        "bzip2-bomb",
        "has a file that opens to 50 MB at once",
        file("mallory.zip", lambda: zipped({NOTEBOOK: b" " * 50_000_000}, zipfile.ZIP_BZIP2)),
    ),
    HandedIn(
        "many-names",
        "has a directory of a hundred thousand files",
        file("mallory.zip", lambda: directory(100_000)),
    ),
    HandedIn("damaged-lzma", "has a damaged member (LZMA)", file("mallory.zip", damaged(zipfile.ZIP_LZMA))),
    HandedIn(
        "damaged-deflate",
        "has a damaged member (deflate)",
        file("mallory.zip", damaged(zipfile.ZIP_DEFLATED)),
    ),
    HandedIn(
        "unknown-method", "is packed in a way that there is not", file("mallory.zip", lambda: method(97))
    ),
    HandedIn(
        "claims-4-gb", "has a member that claims to have 4 GB", file("mallory.zip", claiming(2**32 - 2))
    ),
    HandedIn(
        "claims-nothing", "has a member that claims to be empty", file("mallory.zip", claiming(0)), REFUSED
    ),
    HandedIn("password", "has a password", file("mallory.zip", with_password())),
    HandedIn("half-a-zip", "breaks off", file("mallory.zip", zipped({NOTEBOOK: WORK})[:-30])),
    HandedIn("link-in-zip", "is a link inside a zip", file("mallory.zip", linked())),
    HandedIn("name-no-unicode", "has a name that is no UTF-8", _undecodable),
    HandedIn(
        "names-of-windows",
        "has names with a drive, of a device and with a dot at the end",
        file(
            "all.zip",
            zipped({f"C:\\CON\\{NOTEBOOK}": WORK, f"nul/{NOTEBOOK}": WORK, f"{ADA}./{NOTEBOOK}": WORK}),
        ),
        REFUSED,
        3,
    ),
    HandedIn(
        "name-decomposed",
        "has a name that some systems take for another",
        file(f"{unicodedata.normalize('NFD', 'ädä')}.zip", zipped({NOTEBOOK: WORK})),
    ),
    HandedIn(
        "long-name", "has a name of 60 000 letters", file("all.zip", zipped({"x" * 60_000 + ".zip": b""}))
    ),
    HandedIn(
        "many-folders",
        "lies in 32 000 folders of a zip, by its name",
        file("mallory.zip", zipped({"a/" * 32_000 + NOTEBOOK: WORK})),
    ),
    HandedIn(
        "copies-of-much",
        "has twenty notebooks beside 19 MB that pack to nothing",
        file("mallory.zip", lambda: _copies({"x.bin": bytes(19_000_000)})),
        HER_OWN,
    ),
    HandedIn(
        "copies-beside-many",
        "has twenty notebooks beside 19 000 files",
        file("mallory.zip", lambda: _copies({f"{n}.txt": b"" for n in range(19_000)})),
        HER_OWN,
    ),
    HandedIn("tar-bomb", "opens from 200 KB to 200 MB", file("mallory.tar.gz", tar_bomb)),
    HandedIn(
        "tar-of-another",
        "is a tar with ada's name on a folder inside, and on one that leads out of it",
        file("mallory.tar", lambda: tarred({f"{ADA}/{NOTEBOOK}": WORK, f"../../{ADA}/x.py": b"1"})),
        f"{HER_OWN} or {REFUSED}",
        2,
    ),
    HandedIn(
        "tar-that-leads-back",
        "is a tar whose header says that the next one is the one before",
        file("mallory.tar", backwards),
    ),
    HandedIn(
        "stamp-of-her-own",
        "has a timestamp.txt of her own making",
        file("mallory.zip", zipped({NOTEBOOK: WORK, "timestamp.txt": b"2026-01-01 00:00:00 UTC"})),
        HER_OWN,
    ),
    HandedIn("forbidden-zip", "may not be read", _forbidden, f"{REFUSED} or {HER_OWN}"),
    HandedIn(
        "forbidden-folder",
        "lies in a folder that may not be read",
        _forbidden_folder,
        f"{REFUSED} or {HER_OWN}",
    ),
    HandedIn("pipe-for-zip", "is a pipe that nobody writes to, called a zip", _pipe("mallory.zip")),
    HandedIn("socket-for-zip", "is a socket called a zip", _socket),
    HandedIn("link-for-zip", "is a link to a zip of the teacher's", _link),
    HandedIn("link-loop", "has links that lead back to themselves", _loop),
    HandedIn("sparse-zip", "is a zip of 100 GB that takes no space", _sparse),
    HandedIn("deep-folders", "lies a thousand folders deep", _deep),
    HandedIn("pipe-for-receipt", "has a pipe for a receipt", _pipe_for_receipt, HER_OWN),
    HandedIn(
        "huge-receipt",
        "has a receipt of 15 MB",
        file("mallory.zip", lambda: zipped({NOTEBOOK: WORK, receipts.FILE_NAME: b" " * 15_000_000})),
        HER_OWN,
    ),
    HandedIn(
        "doubled-name",
        "has a name twice among a hundred thousand in its JSON",
        file("mallory.zip", lambda: zipped({NOTEBOOK: doubled_name()})),
        HER_OWN,
    ),
    HandedIn(
        "tiny-cells",
        "has millions of cells",
        file(f"{MALLORY}/{NOTEBOOK}", lambda: b'{"nbformat": 4, "cells": [' + b"{}," * 6_000_000 + b"{}]}"),
        HER_OWN,
    ),
]
