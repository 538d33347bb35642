"""What student code cannot do in the sandbox, at both levels, one sentence a test."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.grading.sandbox import SANDBOXES, Level
from autograder.grading.sandbox.probing import probe
from tests.grading.jailed import ROOT, in_jail

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: the sandbox needs Linux.")

DENIED = ("PermissionError", "FileNotFoundError", "OSError")


@pytest.fixture(params=SANDBOXES, scope="module")
def level(request: pytest.FixtureRequest) -> Level:
    found = probe(request.param)
    if not found.works:
        pytest.skip(f"NOT TESTED: this machine has no {request.param}: {found.problem}")
    return request.param


FORBIDDEN = {
    "read the course": f"open({str(ROOT / 'course.yml')!r}).read()",
    "read a judge": f"open({str(ROOT / 'autograder' / 'judging.py')!r}).read()",
    "read the users' list of the machine": "value = open('/etc/passwd').read(); assert 'root' not in value",
    "read what the host has in its environment": "open('/proc/1/environ').read()",
    "list a folder of the host's": "import os; os.listdir(outside)",
    "write beside its scratch folder": "open(outside / 'mine', 'w')",
    "write into Python's own folder": "import sys; open(sys.prefix + '/mine', 'w')",
    "write into the system": "open('/usr/lib/mine', 'w')",
    "truncate a file by its name": f"import os; os.truncate({str(ROOT / 'course.yml')!r}, 0)",
    "change the mode of a file outside": f"import os; os.chmod({str(ROOT / 'course.yml')!r}, 0)",
    "fork": "import os; os.fork()",
    "start a program": "import os; os.execv('/usr/bin/env', ['env'])",
    "start a process by subprocess": "import subprocess; subprocess.run(['env'])",
    "start a process by multiprocessing": "import multiprocessing as m; m.Process(target=print).start()",
    "open a TCP socket": "import socket; socket.socket()",
    "open a UDP socket": "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "open a Unix socket": "import socket; socket.socket(socket.AF_UNIX)",
    "open a netlink socket": "import socket; socket.socket(socket.AF_NETLINK)",
    "make a pair of sockets that can send to others": (
        "import socket; socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)"
    ),
    "have the kernel signal another process": "import fcntl; fcntl.fcntl(1, fcntl.F_SETOWN, 1)",
    "signal its parent": "import os; os.kill(os.getppid(), 9)",
    "signal every process": "import os; os.kill(-1, 9)",
    "signal its process group": "import os; os.kill(0, 0)",
    "become another user": "import os; os.setuid(0) if os.getuid() else os.setuid(1)",
    "make memory that no limit counts": "import os; os.memfd_create('x')",
    "map more memory than it may": "import mmap; mmap.mmap(-1, 2**30)",
    "write a file larger than it may": "open('big', 'wb').write(bytes(2**21))",
    "raise its own limits": (
        "import resource as r; r.setrlimit(r.RLIMIT_AS, (r.RLIM_INFINITY, r.RLIM_INFINITY))"
    ),
    "make a device": "import os, stat; os.mknod('d', stat.S_IFBLK | 0o600, os.makedev(8, 0))",
}


@pytest.mark.parametrize("source", FORBIDDEN.values(), ids=FORBIDDEN)
def test_student_code_cannot(level: Level, source: str) -> None:
    said = in_jail(level, source)
    if source.startswith("value"):  # reading is allowed where there is nothing to read
        assert "root" not in str(said.get("value", ""))
    else:
        assert said.get("raised") in (*DENIED, "ValueError"), said


SYSTEM_CALLS = {
    "unshare": "libc.unshare(0x10000000)",
    "mount": "libc.mount(b'none', b'/', b'tmpfs', 0, None)",
    "prctl, to outlive its parent": "libc.prctl(1, 0, 0, 0, 0)",
    "prctl, to be inspected": "libc.prctl(4, 1, 0, 0, 0)",
    "ptrace": "libc.ptrace(16, 1, 0, 0)",
    "keyctl": "libc.syscall(250, 0, -3, 0)",
    "bpf": "libc.syscall(321, 0, 0, 0)",
    "io_uring_setup": "libc.syscall(425, 1, 0)",
    "userfaultfd": "libc.syscall(323, 0)",
    "shmget": "libc.shmget(0, 4096, 0o1600)",
    "a number that no kernel has": "libc.syscall(5000)",
}


@pytest.mark.parametrize("call", SYSTEM_CALLS.values(), ids=SYSTEM_CALLS)
def test_system_calls_that_lead_out_fail(level: Level, call: str) -> None:
    source = f"import ctypes; libc = ctypes.CDLL(None, use_errno=True); value = {call}, ctypes.get_errno()"
    result, error = in_jail(level, source)["value"]
    assert result == -1
    assert error in (1, 38)  # EPERM, ENOSYS


def test_there_is_nothing_of_the_host_to_see_but_python_and_the_systems_libraries() -> None:
    if not probe(Level.NAMESPACES).works:
        pytest.skip("NOT TESTED: this machine has no namespaces.")
    seen = in_jail(Level.NAMESPACES, "import os; value = sorted(os.listdir('/'))")["value"]
    ours = {Path(folder).parts[1] for folder in (sys.prefix, sys.base_prefix)}
    assert set(seen) <= {"dev", "etc", "lib", "lib64", "proc", "scratch", "tmp", "usr"} | ours
    others = in_jail(Level.NAMESPACES, "import os; value = [n for n in os.listdir('/proc') if n.isdigit()]")
    assert others["value"] in ([], ["1"])


def test_student_code_can_compute_run_threads_and_write_to_its_own_folder(level: Level) -> None:
    source = (
        "import threading, numpy as np\n"
        "open('mine', 'w').write('mine')\n"
        "worker = threading.Thread(target=lambda: None); worker.start(); worker.join()\n"
        "value = [open('mine').read(), float(np.linalg.norm([3.0, 4.0]))]"
    )
    assert in_jail(level, source) == {"value": ["mine", 5.0]}


def test_a_bomb_of_threads_ends_at_the_limit(level: Level) -> None:
    source = (
        "import threading\n"
        "stop = threading.Event(); value = 0\n"
        "try:\n"
        "    while value < 5000:\n"
        "        threading.Thread(target=stop.wait, daemon=True).start(); value += 1\n"
        "except RuntimeError: pass\n"
        "stop.set()"
    )
    assert in_jail(level, source)["value"] < 1000


def test_a_disk_filler_ends_at_the_limit_of_the_scratch_folder() -> None:
    if not probe(Level.NAMESPACES).works:
        pytest.skip("NOT TESTED: this machine has no namespaces.")
    source = "for n in range(40): open(str(n), 'wb').write(bytes(2**19))"
    assert "No space left" in in_jail(Level.NAMESPACES, source)["text"]


TRIED_ON_A_FILE = """
import os, shutil
precious = outside / "precious"
attempts = [
    lambda: open(precious, "w"), lambda: os.truncate(precious, 0), lambda: os.unlink(precious),
    lambda: os.rename(precious, "mine"), lambda: os.link(precious, "mine"), lambda: os.chmod(precious, 0),
    lambda: os.utime(precious, (0, 0)), lambda: shutil.rmtree(outside),
]
for attempt in attempts:
    try: attempt()
    except OSError: pass
"""


def test_a_file_outside_is_untouched_whatever_is_tried(level: Level, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("precious")
    before = precious.stat()
    in_jail(level, TRIED_ON_A_FILE, tmp_path)
    after = precious.stat()
    assert precious.read_text() == "precious"
    kept = ("st_mode", "st_mtime", "st_nlink", "st_uid")
    assert [getattr(before, name) for name in kept] == [getattr(after, name) for name in kept]


def test_the_second_level_stands_where_namespaces_are_forbidden() -> None:
    """A filter on the host's side forbids unshare and mount, as Docker's own does."""
    program = (
        "import pyseccomp as s, errno\n"
        "from autograder.grading.sandbox.system_calls import forbid_new_privileges\n"
        "rules = s.SyscallFilter(s.ALLOW)\n"
        "for name in ('unshare', 'mount', 'pivot_root'): rules.add_rule(s.ERRNO(errno.EPERM), name)\n"
        "forbid_new_privileges(); rules.load()\n"
        "from autograder.grading.sandbox.probing import best_level, probe\n"
        "from autograder.grading.sandbox import Level\n"
        "print(best_level(), '|', probe(Level.NAMESPACES).problem)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True
    )
    level, problem = run.stdout.strip().split(" | ")
    assert "Operation not permitted" in problem
    assert level == ("landlock" if probe(Level.LANDLOCK).works else "None")


PROBED = """
from autograder.grading.sandbox import SANDBOXES, Level
from autograder.grading.sandbox.probing import probe
print(probe(Level.NAMESPACES))
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can read, with the sandbox's own code in it."""
    import pyseccomp

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        package = folder / "autograder" / "grading"
        package.mkdir(parents=True)
        for place in (package, package.parent):
            (place / "__init__.py").write_text("")
        shutil.copytree(ROOT / "autograder/grading/sandbox", package / "sandbox")
        shutil.copytree(ROOT / "autograder/processes", package.parent / "processes")
        shutil.copy(pyseccomp.__file__, folder)
        yield folder


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root can become another user.")
def test_an_ordinary_user_has_the_first_level_too(open_folder: Path) -> None:
    """With the system's Python, since root's own folders are closed to others."""
    python = shutil.which("python3", path="/usr/bin")
    newer = [python, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
    if python is None or subprocess.run(newer, check=False).returncode:
        pytest.skip("NOT TESTED: there is no /usr/bin/python3 of version 3.11 or newer.")
    run = subprocess.run(
        [python, "-c", PROBED],
        capture_output=True,
        text=True,
        cwd=open_folder,
        user=65534,
        group=65534,
        extra_groups=[],
        env={},
        check=False,
    )
    assert "problem=''" in run.stdout, run.stdout + run.stderr
