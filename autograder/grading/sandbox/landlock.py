"""Landlock: this process, and all that comes of it, may touch the named files and no others.

Needs no right and no namespace. Level two of the sandbox rests on it. Source: the kernel's
Documentation/userspace-api/landlock.rst.
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from autograder.grading.sandbox.system_calls import numbered

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_FOR_ABI = 1
_PATH_BENEATH = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = (1 << n for n in range(6))
MAKE_CHAR, MAKE_DIR, MAKE_REG, MAKE_SOCK, MAKE_FIFO, MAKE_BLOCK, MAKE_SYM = (1 << n for n in range(6, 13))
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15

_READ = READ_FILE | READ_DIR
_WRITE = (
    _READ
    | WRITE_FILE
    | REMOVE_DIR
    | REMOVE_FILE
    | MAKE_DIR
    | MAKE_REG
    | MAKE_FIFO
    | MAKE_SYM
    | REFER
    | TRUNCATE
)
_ON_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
_TCP = 0b11  # bind and connect
_SCOPES = 0b11  # abstract Unix sockets and signals of processes outside

LEAST_ABI = 3
"""The first that also forbids to truncate a file by its path; Linux 6.2."""


class _Ruleset(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("files", "network", "scopes")]


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def abi() -> int:
    """The version of Landlock in this kernel, 0 where there is none."""
    try:
        nothing = (ctypes.c_void_p(None), ctypes.c_size_t(0), ctypes.c_uint32(_ASK_FOR_ABI))
        return numbered("landlock_create_ruleset", _CREATE_RULESET, *nothing)
    except OSError:
        return 0


def restrict(readable: Iterable[Path], writable: Iterable[Path], hidden: Iterable[Path] = ()) -> None:
    """Allow reading below ``readable`` and anything but devices and sockets below ``writable``; no TCP.

    ``hidden`` are folders inside ``readable`` of whose files only the names can be seen. Paths that do not
    exist are left out; a file in ``writable`` may be written to, such as /dev/null. Raises OSError where the
    kernel has no Landlock of ``LEAST_ABI``. Needs `forbid_new_privileges` before.
    """
    version = abi()
    if version < LEAST_ABI:
        raise OSError(f"Landlock has version {version} in this kernel; {LEAST_ABI} is needed (Linux 6.2)")
    files = (1 << (16 if version >= 5 else 15)) - 1
    wanted = _Ruleset(files, _TCP if version >= 4 else 0, _SCOPES if version >= 6 else 0)
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = numbered(
        "landlock_create_ruleset",
        *(_CREATE_RULESET, ctypes.byref(wanted), ctypes.c_size_t(size), ctypes.c_uint32(0)),
    )
    try:
        for path in readable:
            _allow_reading(ruleset, path, [Path(folder) for folder in hidden])
        for path in writable:
            _allow(ruleset, path, _WRITE & files)
        numbered("landlock_restrict_self", _RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    finally:
        os.close(ruleset)


def _allow_reading(ruleset: int, path: Path, hidden: list[Path]) -> None:
    """Rules only ever add: a folder with a hidden one inside is allowed child by child."""
    inside = [folder for folder in hidden if folder.is_relative_to(path)]
    if path in inside:
        return
    _allow(ruleset, path, READ_DIR if inside else _READ)
    for child in path.iterdir() if inside else ():
        _allow_reading(ruleset, child, inside)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(parent).st_mode):
            rights &= _ON_FILES
        rule = _Beneath(rights, parent)
        numbered(
            "landlock_add_rule",
            *(_ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(_PATH_BENEATH)),
            *(ctypes.byref(rule), ctypes.c_uint32(0)),
        )
    finally:
        os.close(parent)
