"""Zips with the same bytes for the same files, and this course's wheel, made of what is installed here."""

from __future__ import annotations

import base64
import hashlib
import re
import zipfile
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from autograder.course_file import CourseError

DISTRIBUTION = "learning-to-divide"
PACKAGES = ("autograder", "divnet")
GIVEN = "given"
"""The folder in the first of them, in a wheel alone, with the course as students get it."""
LOCK, REQUIREMENTS = "requirements.lock", "requirements.txt"
"""What pip is given: the exact version of every package; the wheel, with these."""
SKIPPED = ("__pycache__",)
DATE = (2020, 2, 2, 0, 0, 0)
"""Of every file in a zip, as the tool that builds wheels has it."""
TAG = "py3-none-any"


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of files, by their names with ``/`` between folders, in whatever order they come."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in sorted(files.items()):
            member = zipfile.ZipInfo(name, DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3  # on Windows, too
            member.external_attr = 0o644 << 16
            archive.writestr(member, content)
    return packed.getvalue()


def files_in(folder: Path) -> dict[str, bytes]:
    """The files below a folder, by their names from there, without what programs leave or hide there."""
    named = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    return {
        name.as_posix(): path.read_bytes()
        for name, path in named.items()
        if not any(part.startswith(".") or part in SKIPPED for part in name.parts)
    }


def wheel(course: Mapping[str, bytes]) -> tuple[str, bytes]:
    """The name and the content of a wheel of this course's packages, as they are on this machine now.

    It brings the files of a course along, for `given`. Its version ends in a hash of what is in it: pip puts
    a wheel in the place of one of another version only.
    """
    installed = _installed()
    files = {f"{package}/{name}": content for package in PACKAGES for name, content in _package(package)}
    files |= {f"{PACKAGES[0]}/{GIVEN}/{name}": content for name, content in course.items()}
    about = {"METADATA": (installed.read_text("METADATA") or "").encode()}
    about["entry_points.txt"] = (installed.read_text("entry_points.txt") or "").encode()
    about |= {
        f"licenses/{path.name}": path.read_binary()
        for path in installed.files or ()
        if path.parent.name == "licenses"
    }
    digest = hashlib.sha256()
    for path, content in sorted({**files, **about}.items()):
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    version = f"{installed.version.partition('+')[0]}+r{digest.hexdigest()[:8]}"
    name = f"{DISTRIBUTION.replace('-', '_')}-{version}"
    about["METADATA"] = re.sub(
        rb"(?m)^Version: .*$", f"Version: {version}".encode(), about["METADATA"], count=1
    )
    about["WHEEL"] = f"Wheel-Version: 1.0\nGenerator: course\nRoot-Is-Purelib: true\nTag: {TAG}\n".encode()
    files |= {f"{name}.dist-info/{part}": content for part, content in about.items()}
    record = f"{name}.dist-info/RECORD"
    lines = [f"{path},sha256={_digest(content)},{len(content)}" for path, content in sorted(files.items())]
    files[record] = "\n".join([*lines, f"{record},,", ""]).encode()
    return f"{name}-{TAG}.whl", zipped(files)


@cache
def lock() -> bytes:
    """The exact versions of all packages: in the wheel, or beside the packages where these are edited."""
    package = _folder(PACKAGES[0])
    for place in (package / GIVEN / LOCK, package.parent / LOCK):
        if place.is_file():
            return place.read_bytes()
    raise CourseError(f"{package / GIVEN / LOCK} is missing. Next: install the course again.")


def given() -> dict[str, bytes]:
    """The files of the course that came with the wheel installed here; none where the packages are edited."""
    return files_in(_folder(PACKAGES[0]) / GIVEN)


def _installed() -> Any:
    try:
        return metadata.distribution(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        raise CourseError(
            f"{DISTRIBUTION} is not installed, only its files are here. Next: install it with pip."
        ) from None


def _package(name: str) -> list[tuple[str, bytes]]:
    there = files_in(_folder(name)).items()
    return [(path, content) for path, content in there if not path.startswith(f"{GIVEN}/")]


def _folder(package: str) -> Path:
    spec = find_spec(package)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        return Path(place)
    raise CourseError(f"The package {package} is not installed. Next: course doctor")


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
