"""Hand-ins graded at the same time, on every kind of host: none speaks with another, or takes what it needs.

Two children at once are the ends of each channel; while others use up what they can, one goes on computing.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.grading.run.children import Child, Lost
from autograder.grading.run.warm_parents import WarmParent
from autograder.grading.sandbox import SANDBOXES, Level, Limits
from autograder.grading.sandbox.probing import probe
from tests.attacks import names
from tests.attacks.neighbours import CHANNELS, HOGS, KNOWN
from tests.grading.hosts import run_on

pytestmark = [
    pytest.mark.skipif(
        sys.platform != "linux" or not all(probe(level).works for level in SANDBOXES),
        reason="NOT TESTED: this machine has not both levels of the sandbox.",
    ),
]
LIMITS = Limits(file_bytes=2 * 2**20, threads=40)
HONEST = """
for thread in [threading.Thread(target=time.sleep, args=(0.01,)) for _ in range(10)]:
    thread.start(); thread.join()
open("mine", "wb").write(bytes(1_000_000))
print(6 * 7)
"""
THIRTY = """
import threading, time
kept = [threading.Thread(target=time.sleep, args=(60,), daemon=True) for _ in range(30)]
for thread in kept: thread.start()
print("30")
"""
CLOSED = "import os; os.makedirs('a/b'); os.chmod('a/b', 0o300); os.chmod('a', 0o300)"
SECRET = "canary-secret-name"
PATIENCE = 60


def meet(level: str, *, in_bubblewrap: bool) -> dict[str, Any]:
    """What came of each attack on neighbours and names, at this level, as who calls it."""
    with (
        _course() as course,
        WarmParent(Level(level), LIMITS, modules=("numpy",), in_bubblewrap=in_bubblewrap) as parent,
    ):
        with contextlib.closing(parent.child()) as speaker, contextlib.closing(parent.child()) as listener:
            found: dict[str, Any] = {"channels": _channels(speaker, listener)}
            found["names"] = {
                attack.name: _say(speaker, f"COURSE = {str(course)!r}\n{attack.cells[0][1]}")
                for attack in names.ATTACKS
            }
            found["beside a full disk"] = _beside_a_full_disk(listener)
            _say(listener, CLOSED)
            if level != Level.NONE:
                found["hogs"] = {
                    name: _while_a_hog(parent, KNOWN + source, listener) for name, (_, source) in HOGS.items()
                }
        with contextlib.ExitStack() as six:
            children = [six.enter_context(contextlib.closing(parent.child())) for _ in range(6)]
            found["together"] = [_say(child, THIRTY) for child in children]
        found["left"] = [path.name for path in parent._folder.glob("scratch-*")]
    return found


def _channels(speaker: Child, listener: Child) -> dict[str, bool]:
    for child in (speaker, listener):
        _say(child, KNOWN)
    return {
        one.name: "heard" in "".join(
            [_say(listener, one.prepare), _say(speaker, one.speak), _say(listener, one.listen)]
        )
        for one in CHANNELS
    }  # fmt: skip


def _while_a_hog(parent: WarmParent, source: str, neighbour: Child) -> list[str]:
    """What a hog said or how it ended, and what its neighbour said meanwhile and afterwards."""
    with contextlib.closing(parent.child()) as hog:
        hog.send({"source": source, "number": 1}, PATIENCE)
        meanwhile = _say(neighbour, HONEST)
        try:
            said = _told(hog.receive(PATIENCE))
        except Lost as lost:
            said = str(lost)
    return [said, meanwhile, _say(neighbour, HONEST)]


def _beside_a_full_disk(child: Child) -> str:
    """What one says while the disk gets fuller by much more than a scratch folder may hold."""
    with tempfile.TemporaryFile() as large:
        os.posix_fallocate(large.fileno(), 0, 100 * LIMITS.file_bytes)
        return _say(child, f"time.sleep(0.7)\n{HONEST}")


def _say(child: Child, source: str) -> str:
    child.send({"source": source, "number": 1}, PATIENCE)
    return _told(child.receive(PATIENCE))


def _told(message: dict[str, Any]) -> str:
    return "".join(output.get("text") or output.get("ename", "") for output in message["outputs"])


@contextlib.contextmanager
def _course() -> Iterator[Path]:
    """A folder with names that nobody may learn, in which files are made all the time."""
    done = threading.Event()
    with tempfile.TemporaryDirectory() as name, socket.socket(socket.AF_UNIX) as named:
        folder = Path(name)
        named.bind(f"\0{SECRET}")
        (folder / "link").symlink_to(SECRET)
        (folder / "course.yml").write_text(SECRET)
        with contextlib.suppress(OSError):
            os.setxattr(folder / "course.yml", "user.note", SECRET.encode())

        def work() -> None:
            while not done.wait(0.05):
                (folder / SECRET).touch()
                (folder / SECRET).unlink()

        worker = threading.Thread(target=work)
        worker.start()
        try:
            yield folder
        finally:
            done.set()
            worker.join()


WHO = {"root": (), "ordinary user": ("ordinary user",)} if os.geteuid() == 0 else {"ordinary user": ()}
AROUND = [False, True] if shutil.which("bwrap") else [False]


@pytest.fixture(scope="module", params=AROUND, ids=["without bubblewrap", "in bubblewrap"][: len(AROUND)])
def in_bubblewrap(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(scope="module", params=SANDBOXES)
def level(request: pytest.FixtureRequest) -> Level:
    return Level(request.param)


@pytest.fixture(scope="module", params=WHO)
def met(request: pytest.FixtureRequest, level: Level, in_bubblewrap: bool) -> dict[str, Any]:
    program = f"""
    import json
    from tests.attacks.test_neighbours import meet
    print(json.dumps(meet({str(level)!r}, in_bubblewrap={in_bubblewrap})))
    """
    run = run_on(WHO[request.param], program)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout.splitlines()[-1])


def test_nobody_hears_another(met: dict[str, Any]):
    assert [name for name, heard in met["channels"].items() if heard] == []


def test_a_hog_ends_itself_and_its_neighbour_computes_on(met: dict[str, Any]):
    for name, (said, *neighbour) in met["hogs"].items():
        assert neighbour == ["42\n", "42\n"], name
        assert "heard" not in said, name
        if name.endswith(("-files", "threads")):
            refused = ("filled its scratch folder", "more threads than it may", "refused", "OSError")
            assert any(word in said for word in (*refused, "PermissionError")), (name, said)


def test_what_others_use_of_disk_and_threads_costs_an_honest_one_nothing(met: dict[str, Any]):
    assert met["beside a full disk"] == "42\n"
    assert met["together"] == ["30\n"] * 6  # of 40 that each may have


def test_no_name_and_no_fact_of_the_host_is_told(met: dict[str, Any]):
    assert [name for name, said in met["names"].items() if SECRET in said] == []


def test_mounts_of_the_host_are_told_nobody(met: dict[str, Any], level: Level):
    if level is Level.LANDLOCK:
        assert " - " not in met["names"]["name-mounts"]  # a line of mountinfo


def test_nothing_is_left_of_a_folder_that_was_closed(met: dict[str, Any]):
    assert met["left"] == []


def test_every_channel_works_where_there_is_no_jail():
    """Else nothing would be shown by their silence."""
    with (
        WarmParent(Level.NONE, LIMITS, modules=("numpy",)) as parent,
        contextlib.closing(parent.child()) as speaker,
        contextlib.closing(parent.child()) as listener,
    ):
        heard = _channels(speaker, listener)
    assert [name for name, yes in heard.items() if not yes] == ["mail"]  # which the limits alone refuse
