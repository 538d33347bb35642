"""What a jailed process may see of the file system: Python, its packages, the system's libraries; no more."""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SYSTEM = (
    "/usr/lib",
    "/usr/lib64",
    "/usr/libx32",
    "/usr/share",
    "/lib",
    "/lib64",
    "/etc/fonts",
    "/etc/ssl/certs",
)
SYSTEM_FILES = ("/etc/ld.so.cache", "/etc/localtime", "/etc/nsswitch.conf")
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
INSTALLED_IN = ("site-packages", "dist-packages")
"""Names of folders on Python's path in which packages are installed; the second is Debian's."""
OURS = ("autograder", "divnet")
"""Packages of this course: they know the answers, and are never shown where they are installed."""


@dataclass(frozen=True)
class View:
    """``readable``: folders and files; ``hidden``: folders inside them that are shown empty."""

    readable: tuple[Path, ...]
    hidden: tuple[Path, ...] = ()


def view_of_python(*more: Path) -> View:
    """This Python with its packages, the system's libraries, and ``more``; without the course's packages."""
    interpreter = {Path(sys.base_prefix), Path(sys.base_exec_prefix), Path(sys.prefix), Path(sys.exec_prefix)}
    system = [Path(path) for path in (*SYSTEM, *SYSTEM_FILES)]
    folders = [path.resolve() for path in interpreter if path != Path("/usr")]
    packages = site_packages()
    readable = _outermost([*folders, *packages, *(path for path in system if path.exists()), *more])
    hidden = [folder / name for folder in packages for name in OURS if (folder / name).is_dir()]
    return View(tuple(readable), tuple(hidden))


def site_packages() -> list[Path]:
    """The folders that packages are installed in, in Python's order.

    Besides the environment's, these may be a user's own, and those of an environment that it builds on.
    """
    own = [Path(sysconfig.get_path(name)) for name in ("purelib", "platlib")]
    found = [path for path in map(Path, sys.path) if path.name in INSTALLED_IN and path.is_dir()]
    return list(dict.fromkeys(path.resolve() for path in [*found, *own]))


def _outermost(paths: Iterable[Path]) -> list[Path]:
    """The paths without those that lie inside another."""
    kept: list[Path] = []
    for path in sorted(set(paths), key=lambda p: len(p.parts)):
        if not any(path.is_relative_to(outer) for outer in kept):
            kept.append(path)
    return kept
