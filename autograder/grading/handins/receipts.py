"""A hand-in: a zip with the student's notebook and a receipt that says what was handed in, and when.

A receipt shows that a notebook is the one that was packed. It is no signature: who can write a zip can write
a receipt, too.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
import struct
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from autograder.course_file import CourseError
from autograder.grading.inside.frames import read_json
from autograder.whole_files import replacing

FILE_NAME = "receipt.json"
PACKAGES = ("learning-to-divide", "numpy", "keras", "tensorflow-cpu", "tensorflow")
MAX_BYTES = 20_000
UTC_FIELD = 0x5455
"""Of a zip, by which its times can be told in another zone."""
STUDENT_ID = re.compile(
    r"(?!(?i:con|prn|aux|nul|com\d|lpt\d)(\.|$))[A-Za-z0-9]([A-Za-z0-9._@-]{0,62}[A-Za-z0-9_@-])?"
)
"""A name that every file system takes: Windows has devices of some names, and drops a dot at the end."""

MACHINES = (
    "azureuser codespace colab docker ec2-user gitpod jovyan jupyter pi runner sagemaker-user ubuntu vagrant"
)
ROLES = "admin administrator benutzer elev guest owner root student students teacher test user users"
NO_NAMES = "anonymous default home me name nobody none notebook unknown username vscode your-name"
GENERIC = frozenset((*MACHINES.split(), *ROLES.split(), *NO_NAMES.split()))
"""Logins that many machines share, and words that stand for a name: never a student."""
WHOLE = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th"}
    | dict(zip("øØłŁđĐðÐħĦıŧŦ", "oOlLdDdDhHitT", strict=True))
)
"""Latin letters that are no other letter with a mark."""


@dataclass(frozen=True)
class Receipt:
    """What was handed in: unit, student, hash of the notebook's bytes, time (ISO 8601 with offset)."""

    unit: str
    student: str
    sha256: str
    time: str
    versions: Mapping[str, str]
    unfinished: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def moment(self) -> datetime:
        """The time in UTC."""
        return datetime.fromisoformat(self.time).astimezone(UTC)

    def fits(self, notebook: bytes) -> bool:
        """Is this the notebook that the receipt was written for?"""
        return self.sha256 == hashlib.sha256(notebook).hexdigest()


def write_receipt(
    unit: str, student: str, notebook: bytes, moment: datetime, unfinished: Sequence[str] = ()
) -> Receipt:
    """The receipt for these bytes; ``moment`` is in the course's time zone."""
    digest = hashlib.sha256(notebook).hexdigest()
    time = moment.isoformat(timespec="seconds")
    return Receipt(unit, student, digest, time, versions(), tuple(unfinished))


def read_receipt(content: bytes) -> Receipt:
    """The receipt in these bytes. Raises ValueError where it is none."""
    if len(content) > MAX_BYTES:
        raise ValueError("this is no receipt")
    try:
        data = read_json(content)
        receipt = Receipt(
            unit=data["unit"],
            student=data["student"],
            sha256=data["sha256"],
            time=data["time"],
            versions=dict(data.get("versions", {})),
            unfinished=tuple(data.get("unfinished", ())),
        )
        if datetime.fromisoformat(receipt.time).tzinfo is None:
            raise ValueError("a time without its zone")
        _ = receipt.moment  # year 1 and the like cannot be told in UTC
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        raise ValueError("this is no receipt") from None
    if not all(isinstance(text, str) for text in (receipt.unit, receipt.student, receipt.sha256)):
        raise ValueError("this is no receipt")
    return receipt


def pack(path: Path, notebook: bytes, receipt: Receipt, files: Mapping[str, bytes] | None = None) -> None:
    """Write the zip in one piece: ``<unit>.ipynb``, ``receipt.json``, and the files beside the notebook."""
    slip = json.dumps(receipt.as_json(), indent=2, ensure_ascii=False) + "\n"
    contents = {f"{receipt.unit}.ipynb": notebook, FILE_NAME: slip.encode(), **(files or {})}
    with replacing(path) as draft, zipfile.ZipFile(draft, "w") as archive:
        for name, content in contents.items():
            archive.writestr(_member(name, receipt), content, zipfile.ZIP_DEFLATED)


def _member(name: str, receipt: Receipt) -> zipfile.ZipInfo:
    """With the receipt's time, in UTC, too: in another zone a zip's own is another."""
    member, moment = zipfile.ZipInfo(name), datetime.fromisoformat(receipt.time)
    if 1980 <= moment.year < 2038:  # what the two fields can hold
        member.date_time = moment.timetuple()[:6]
        member.extra = struct.pack("<HHBl", UTC_FIELD, 5, 1, int(moment.timestamp()))
    return member


def student_id(name: str) -> str:
    """A student's name as nbgrader and every file system take it: ``Åsa Öberg`` → ``Asa-Oberg``.

    Raises CourseError where a letter has no such form, and for a login that many machines share.
    """
    if is_generic(name):
        raise CourseError(
            f"{name!r} is a login that many share, and nobody's name. Next: give your own, as in --name ada."
        )
    letters = unicodedata.normalize("NFKD", name.translate(WHOLE))
    is_whole = all(one.isascii() for one in letters if unicodedata.category(one) in ("Lu", "Ll", "Lt", "Lo"))
    plain = re.sub(r"[^A-Za-z0-9._@]+", "-", letters.encode("ascii", "ignore").decode()).strip("-._@")[:64]
    if not is_whole or not STUDENT_ID.fullmatch(plain):
        raise CourseError(
            f"{name!r} cannot be a name here. Next: give one in letters a to z and digits, as in --name ada."
        )
    return plain


def is_generic(name: str) -> bool:
    """Is it a login, or a word, that says of nobody who it is?"""
    return name.strip().casefold() in GENERIC


def versions() -> dict[str, str]:
    """The versions of Python and of the packages that an answer's numbers may depend on."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found
