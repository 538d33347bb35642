"""The system calls of Linux that Python has no function for; each raises an OSError that names it.

Numbers and flags are those of the kernel's own headers. Calls are made through the C library by name; the few
that it does not export have one number on all architectures (they are newer than 5.1).
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from typing import Any

from autograder.processes.forking import checked, libc, prctl

# unshare(2)
CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS = 0x00020000, 0x02000000, 0x04000000
CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x08000000, 0x10000000, 0x20000000, 0x40000000
# mount(2)
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT = 1, 2, 4, 8, 32
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
MNT_DETACH = 2
# mount_setattr(2)
_MOUNT_SETATTR, _AT_FDCWD, _AT_RECURSIVE = 442, -100, 0x8000
# prctl(2)
_PR_SET_DUMPABLE, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT = 4, 24, 38, 47
_PR_CAP_AMBIENT_CLEAR_ALL = 4
_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 22, 2
_INSTRUCTION_BYTES = 8
_CAPABILITY_VERSION_3 = 0x20080522


def unshare(flags: int) -> None:
    """Leave the namespaces that ``flags`` names for new ones."""
    checked("unshare", libc().unshare(ctypes.c_int(flags)))


def mount(source: str, target: str, kind: str | None, flags: int, options: str = "") -> None:
    """Mount ``source`` at ``target``."""
    encoded = (source.encode(), target.encode(), kind.encode() if kind else None)
    result = libc().mount(*encoded, ctypes.c_ulong(flags), options.encode() or None)
    checked(f"mount {target}", result)


def unmount(target: str) -> None:
    """Take a mount away now; what still uses it keeps it until it is done."""
    checked(f"umount2 {target}", libc().umount2(target.encode(), MNT_DETACH))


def make_read_only(target: str) -> None:
    """Make a mount and all below it read-only, without devices and set-user-id programs (Linux 5.12)."""

    class _Attributes(ctypes.Structure):
        _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "userns_fd")]

    wanted = _Attributes(set=MS_RDONLY | MS_NOSUID | MS_NODEV)
    result = libc().syscall(
        ctypes.c_long(_MOUNT_SETATTR),
        ctypes.c_int(_AT_FDCWD),
        ctypes.c_char_p(target.encode()),
        ctypes.c_uint(_AT_RECURSIVE),
        ctypes.byref(wanted),
        ctypes.c_size_t(ctypes.sizeof(wanted)),
    )
    checked(f"mount_setattr {target}", result)


def swap_root(new_root: str) -> None:
    """Make ``new_root`` the root of the file system, and the old one unreachable."""
    os.chdir(new_root)
    checked("pivot_root", libc().pivot_root(b".", b"."))  # the old root now lies on top of the new one
    unmount(".")
    os.chdir("/")


def drop_bounding_set() -> None:
    """No program that is run later can have a right of root, whatever its file says."""
    for capability in range(64):
        try:
            prctl("PR_CAPBSET_DROP", _PR_CAPBSET_DROP, capability)
        except OSError:
            break  # beyond the last one, or not ours to drop: then not ours to use either


def drop_capabilities() -> None:
    """Give up every right of root, for good."""
    prctl("PR_CAP_AMBIENT", _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    checked("capset", libc().capset(header, (ctypes.c_uint32 * 6)()))


def forbid_new_privileges() -> None:
    """From now on no program gains rights by being run; a filter may be set without any right."""
    prctl("PR_SET_NO_NEW_PRIVS", _PR_SET_NO_NEW_PRIVS, 1)


def forbid_inspection() -> None:
    """No other process of this user may trace this one or read its memory."""
    prctl("PR_SET_DUMPABLE", _PR_SET_DUMPABLE, 0)


def filter_calls(program: bytes) -> None:
    """Set a seccomp filter, as libseccomp exports it, for this process: it and what it starts keep it."""

    class _Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))

    wanted = _Program(len(program) // _INSTRUCTION_BYTES, program)
    prctl("PR_SET_SECCOMP", _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(wanted))


def fork_under(watch: Callable[[int], None]) -> None:
    """Fork, and return in the new process; the old one ends after ``watch(pid)``."""
    if pid := os.fork():
        try:
            watch(pid)
        finally:
            os._exit(0)


def numbered(name: str, number: int, *arguments: Any) -> int:
    """Make the system call of this number; each argument a ctypes value."""
    return checked(name, libc().syscall(ctypes.c_long(number), *arguments))
