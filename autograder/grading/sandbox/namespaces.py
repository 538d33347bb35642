"""Level one: a root of its own, no network, processes that see only themselves.

The freshly forked, single-threaded child calls `enter`, which forks once more: the inner process is pid 1 of
its own process namespace, so that its end ends whatever it started. Its file system is a small tmpfs with
read-only views of Python and the system's libraries, a fresh /proc, five devices and an empty scratch folder.
Works as root with CAP_SYS_ADMIN, and as an ordinary user where user namespaces are allowed.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

from autograder.grading.sandbox import system_calls as system
from autograder.grading.sandbox.view import DEVICES, View
from autograder.processes.limits import MOST_FILES

SCRATCH = Path("/scratch")
NOBODY = 65534
FIRST_OF_OURS, HOW_MANY = 0x70000000, 0x0FFFFFFF
"""Numbers of users that are nobody's, by systemd's table of them. What the kernel counts for each user, as
threads, is then counted for each jail."""
PID = 1
"""Of the inner process, as it sees itself."""

_SEPARATE = (
    *(system.CLONE_NEWNS, system.CLONE_NEWPID, system.CLONE_NEWNET),
    *(system.CLONE_NEWIPC, system.CLONE_NEWUTS, system.CLONE_NEWCGROUP),
)
_TMPFS = system.MS_NOSUID | system.MS_NODEV


def enter(
    view: View, mount_point: Path, scratch: Path, scratch_bytes: int, watch: Callable[[int], None]
) -> None:
    """Return in the inner process, jailed but for its system calls; the outer one ends in ``watch(pid)``.

    ``mount_point`` is an empty folder that the new root is built on, unseen outside; ``scratch`` a folder
    that no other jail has. ``watch`` gets the inner process's pid as it is outside, and must end the outer
    process. Raises OSError where namespaces are forbidden: then nothing has been entered that matters, and
    the caller must end.
    """
    flags = sum(_SEPARATE)
    user = FIRST_OF_OURS + scratch.stat().st_ino % HOW_MANY
    try:
        if os.geteuid() != 0 or not _is_mapped(user):
            raise PermissionError
        system.unshare(flags)
    except PermissionError:
        user, uid, gid = NOBODY, os.geteuid(), os.getegid()
        _leave_for_a_user_namespace(flags)
        Path("/proc/self/setgroups").write_bytes(b"deny")
        Path("/proc/self/uid_map").write_bytes(f"{NOBODY} {uid} 1".encode())
        Path("/proc/self/gid_map").write_bytes(f"{NOBODY} {gid} 1".encode())
    system.fork_under(watch)
    _build_root(view, mount_point, scratch_bytes, user)
    system.drop_bounding_set()
    _become(user)


def _is_mapped(user: int) -> bool:
    """Whether this user namespace, such as a container's, has a user of this number."""
    spans = (map(int, line.split()) for line in Path("/proc/self/uid_map").read_text("ascii").splitlines())
    return any(first <= user < first + count for first, _, count in spans)


def _leave_for_a_user_namespace(flags: int) -> None:
    try:
        system.unshare(flags | system.CLONE_NEWUSER)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        said = "unshare: this host allows no more user namespaces (sysctl user.max_user_namespaces)"
        raise OSError(errno.ENOSPC, said) from None


def _build_root(view: View, root: Path, scratch_bytes: int, user: int) -> None:
    system.mount("none", "/", None, system.MS_REC | system.MS_PRIVATE)  # nothing of this is seen outside
    system.mount("tmpfs", str(root), "tmpfs", _TMPFS, "size=4m,nr_inodes=4k,mode=755")
    for path in view.readable:
        _show(path, root)
    for path in view.hidden:
        empty = "size=4k,nr_inodes=1,mode=755"
        system.mount("tmpfs", str(_inside(root, path)), "tmpfs", _TMPFS | system.MS_RDONLY, empty)
    _proc(root)
    for device in DEVICES:
        _bind(Path(device), _inside(root, Path(device)))
    _etc(root, user)
    scratch = _inside(root, SCRATCH)
    scratch.mkdir()
    options = f"size={scratch_bytes},nr_inodes={MOST_FILES},mode=777"
    system.mount("tmpfs", str(scratch), "tmpfs", _TMPFS, options)
    if not (root / "tmp").exists():
        (root / "tmp").symlink_to(SCRATCH)
    system.mount("none", str(root), None, system.MS_REMOUNT | system.MS_BIND | system.MS_RDONLY | _TMPFS)
    system.swap_root(str(root))


def _inside(root: Path, path: Path) -> Path:
    """Where ``path`` stands while the new root is being built."""
    return root / path.relative_to("/")


def _show(path: Path, root: Path) -> None:
    """Show a file or folder under its own name, read-only; a link as the link that it is."""
    target = _inside(root, path)
    if path.is_symlink():
        target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        target.symlink_to(path.readlink())
        return
    _bind(path, target)
    system.make_read_only(str(target))


def _bind(path: Path, target: Path) -> None:
    if path.is_dir():
        target.mkdir(mode=0o755, parents=True, exist_ok=True)
    else:
        target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        target.touch(mode=0o644)
    system.mount(str(path), str(target), None, system.MS_BIND | system.MS_REC)


def _proc(root: Path) -> None:
    """A /proc of the new process namespace, with processes only; inside some containers there is none."""
    target = root / "proc"
    target.mkdir()
    for options in ("subset=pid,hidepid=2", ""):
        try:
            system.mount("proc", str(target), "proc", _TMPFS | system.MS_NOEXEC, options)
            return
        except OSError:
            continue


def _etc(root: Path, user: int) -> None:
    """Names for the one user there is, as `getpass` and `pwd` look for them."""
    etc = root / "etc"
    etc.mkdir(exist_ok=True)
    passwd = f"student:x:{user}:{user}::{SCRATCH}:/none\n"
    (etc / "passwd").write_bytes(passwd.encode())
    (etc / "group").write_bytes(f"student:x:{user}:\n".encode())


def _become(user: int) -> None:
    if os.geteuid() != user:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    os.umask(stat.S_IWGRP | stat.S_IWOTH)
