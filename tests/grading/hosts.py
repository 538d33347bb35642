"""Runs Python as on other hosts: as an ordinary user, and where namespaces or Landlock are forbidden."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).parents[2]
ORDINARY = 1234

_AS_ORDINARY_USER = f"""
# Folders that are closed to others, such as root's home with a Python in it, are opened in a view of our own.
system.unshare(system.CLONE_NEWNS)
system.mount("none", "/", None, system.MS_REC | system.MS_PRIVATE)
needed = {{Path(p).resolve() for p in (sys.prefix, sys.base_prefix, {str(ROOT)!r})}}
for place in needed:
    closed = next((f for f in reversed(place.parents) if not f.stat().st_mode & 0o001), None)
    if closed is not None:
        aside = tempfile.mkdtemp()
        system.mount(str(place), aside, None, system.MS_BIND | system.MS_REC)
        system.mount("tmpfs", str(closed), "tmpfs", 0, "mode=755")
        place.mkdir(parents=True)
        system.mount(aside, str(place), None, system.MS_BIND | system.MS_REC)
os.setgroups([])
os.setresgid({ORDINARY}, {ORDINARY}, {ORDINARY})
os.setresuid({ORDINARY}, {ORDINARY}, {ORDINARY})
ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # a change of user makes /proc/self root's, which an exec undoes too
os.environ["HOME"] = "/nonexistent"
"""
_BY_A_COUNT = """
# The kernel's own switch, turned off in a user namespace around the program.
uid, gid = os.getuid(), os.getgid()
system.unshare(system.CLONE_NEWUSER)
Path("/proc/self/setgroups").write_text("deny")
Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
Path("/proc/sys/user/max_user_namespaces").write_text("0")
system.drop_bounding_set()
system.drop_capabilities()
"""
_BY_A_FILTER = """
# As Docker's own filter does.
rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
forbidden = pyseccomp.ERRNO(errno.EPERM)
for name in ("unshare", "mount", "pivot_root", "setns"):
    rules.add_rule(forbidden, name)
for flag in (system.CLONE_NEWUSER, system.CLONE_NEWNS, system.CLONE_NEWPID):
    rules.add_rule(forbidden, "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, flag, flag))
rules.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "clone3")
system.forbid_new_privileges()
rules.load()
"""
_NO_LANDLOCK = """
rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
rules.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "landlock_create_ruleset")
system.forbid_new_privileges()
rules.load()
"""
HOSTS = {
    "ordinary user": _AS_ORDINARY_USER,
    "no namespaces, by a count": _BY_A_COUNT,
    "no namespaces, by a filter": _BY_A_FILTER,
    "no Landlock": _NO_LANDLOCK,
}


def run_on(
    host: tuple[str, ...], program: str, cwd: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a program where all of ``host``, names in HOSTS, holds. Only root can become an ordinary user."""
    prelude = "import ctypes, errno, os, sys, tempfile\nfrom pathlib import Path\n"
    prelude += "from autograder.grading.sandbox.system_call_filter import load_library\nload_library()\n"
    prelude += "import pyseccomp\nfrom autograder.grading.sandbox import system_calls as system\n"
    prelude += "".join(HOSTS[name] for name in host if name != "ordinary user" or os.geteuid() == 0)
    start = "\nos.execv(sys.executable, [sys.executable, '-c', sys.argv[1]])\n"
    return subprocess.run(
        [sys.executable, "-c", prelude + start, textwrap.dedent(program)],
        capture_output=True,
        text=True,
        cwd=cwd,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
