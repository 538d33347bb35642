"""The sandbox on other hosts: root, an ordinary user, namespaces or Landlock forbidden; and in bubblewrap."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.grading.run.children import Lost
from autograder.grading.run.warm_parents import WarmParent
from autograder.grading.sandbox import SANDBOXES, Level, Limits, bubblewrap
from autograder.grading.sandbox.probing import probe
from tests.conftest import double_unit, write_notebook
from tests.grading.hosts import run_on
from tests.grading.test_sandbox import DENIED, FORBIDDEN

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not all(probe(level).works for level in SANDBOXES),
    reason="NOT TESTED: this machine has not both levels of the sandbox, to forbid one of them.",
)
in_bubblewrap = pytest.mark.skipif(
    shutil.which("bwrap") is None, reason="NOT TESTED: bubblewrap is not installed."
)

SEEN = """
import json, os
from autograder.grading.sandbox import SANDBOXES, bubblewrap
from autograder.grading.sandbox.probing import best_level, probe
print(json.dumps({"user": os.getuid(), "level": best_level(),
                  "problems": {level: probe(level).problem for level in SANDBOXES},
                  "bubblewrap": {level: bubblewrap.problem(level) for level in SANDBOXES}}))
"""
USERS = [()] if os.geteuid() else [(), ("ordinary user",)]
NO_NAMESPACES = ["no namespaces, by a count", "no namespaces, by a filter"]


@pytest.mark.parametrize("user", USERS, ids=str)
def test_every_user_has_the_first_level_and_bubblewrap_around_it(user: tuple[str, ...]) -> None:
    seen = json.loads(run_on(user, SEEN).stdout)
    assert seen["level"] == "namespaces"
    assert set(seen["problems"].values()) == {""}
    assert set(seen["bubblewrap"].values()) == (
        {""} if shutil.which("bwrap") else {"it is not installed (Debian, Ubuntu: apt install bubblewrap)"}
    )


@pytest.mark.parametrize("forbidden", NO_NAMESPACES)
@pytest.mark.parametrize("user", USERS, ids=str)
def test_every_user_has_the_second_level_where_namespaces_are_forbidden(
    user: tuple[str, ...], forbidden: str
) -> None:
    run = run_on((*user, forbidden), SEEN)
    seen = json.loads(run.stdout or run.stderr)
    assert seen["level"] == "landlock"
    assert "unshare" in seen["problems"]["namespaces"]
    assert seen["bubblewrap"]["landlock"] != ""  # it too needs namespaces; that it does not work is said


GRADES = """
import json, os
from autograder.grading.run.children import Lost
from autograder.grading.run.warm_parents import WarmParent
from autograder.grading.sandbox.probing import best_level
cells = ["x = 6 * 7", "import os; print(x, os.getuid())", "open('mine', 'w').write('mine')",
         "import socket; socket.socket()", "open('/proc/1/environ').read()"]
with WarmParent(best_level(), modules=("numpy",)) as parent:
    child = parent.child()
    shown = []
    for number, source in enumerate(cells, start=1):
        child.send({"source": source, "number": number}, 30)
        shown.append([o.get("text") or o.get("ename") for o in child.receive(30)["outputs"]])
    child.close()
print(json.dumps([parent.in_bubblewrap, shown]))
"""


@pytest.mark.parametrize("forbidden", [(), (NO_NAMESPACES[1],)], ids=str)
def test_an_ordinary_user_runs_cells_at_either_level(forbidden: tuple[str, ...]) -> None:
    run = run_on(("ordinary user", *forbidden), GRADES)
    in_bubblewrap, shown = json.loads(run.stdout or run.stderr)
    assert in_bubblewrap == (bool(shutil.which("bwrap")) and not forbidden)
    computed, printed, written, *denied = shown
    assert (computed, written) == ([], [None])  # the number of characters written has no text
    assert printed[0].startswith("42 ")
    assert printed[0] != "42 0\n"
    assert [names[0] for names in denied] == ["PermissionError"] * 2


NOTHING_WORKS = (NO_NAMESPACES[1], "no Landlock")


def test_where_neither_works_grading_refuses_and_the_doctor_says_what_to_allow(
    small_course: Path,
) -> None:
    write_notebook(small_course / "submitted/ada/01-double/01-double.ipynb", double_unit())
    before = sorted(small_course.rglob("*"))
    run = run_on(NOTHING_WORKS, "from autograder.cli import app; app(['grade', '01-double'])", small_course)
    assert run.returncode == 1
    assert "no sandbox" in run.stderr
    assert "user.max_user_namespaces" in run.stderr
    assert "--unsafe" in run.stderr
    assert "Traceback" not in run.stderr
    assert sorted(small_course.rglob("*")) == before
    look = (
        "from pathlib import Path; from autograder.commands.doctor import _sandbox; print(_sandbox(Path()))"
    )
    found = run_on(NOTHING_WORKS, look).stdout
    assert "ok=False" in found
    assert "unshare: Operation not permitted" in found
    assert "Landlock" in found
    assert "--unsafe" in found


@in_bubblewrap
@pytest.mark.parametrize("level", SANDBOXES)
def test_what_is_forbidden_is_forbidden_in_bubblewrap_too(level: Level) -> None:
    limits = Limits(memory=300 * 2**20, file_bytes=2**20)
    with WarmParent(level, limits, modules=("numpy",), in_bubblewrap=True) as parent:
        child = parent.child()
        raised = {}
        for name, source in FORBIDDEN.items():
            here = f"from pathlib import Path; outside = Path('/var/tmp')\n{source}"
            child.send({"source": here, "number": 1}, 30)
            outputs = child.receive(30)["outputs"]
            raised[name] = next((o["ename"] for o in outputs if o["output_type"] == "error"), "nothing")
        child.close()
    if level is Level.NAMESPACES:  # it has a list of its own; the cell looks for root in it
        assert raised.pop("read the users' list of the machine") == "nothing"
    assert {name: kind for name, kind in raised.items() if kind not in (*DENIED, "ValueError")} == {}


@pytest.fixture(scope="module")
def second_level() -> Iterator[WarmParent]:
    with WarmParent(Level.LANDLOCK, modules=()) as parent:
        yield parent


@in_bubblewrap
def test_at_the_second_level_bubblewrap_hides_even_the_names_of_files(second_level: WarmParent) -> None:
    child = second_level.child()
    child.send({"source": "import os\nprint(os.path.exists('/etc/passwd'))", "number": 1}, 30)
    outputs = child.receive(30)["outputs"]
    child.close()
    assert outputs[0]["text"] == "False\n"


FILLERS = {
    "many small files": "for n in range(10**7): open(str(n), 'w').close()",
    "many large files": "for n in range(10**4): open(str(n), 'wb').write(bytes(10**7))",
    "files in a folder that its keeper cannot list": (
        "import os, time; os.mkdir('a', 0o300); os.mkdir('a/b'); time.sleep(20)"
    ),
}


@pytest.mark.parametrize("source", FILLERS.values(), ids=FILLERS)
def test_a_disk_filler_is_ended_at_the_second_level(second_level: WarmParent, source: str) -> None:
    if "0o300" in source and os.geteuid() == 0:
        pytest.skip("Root can list every folder.")
    child = second_level.child()
    try:
        child.send({"source": source, "number": 1}, 30)
        with pytest.raises(Lost, match="filled its scratch folder"):
            child.receive(30)
    finally:
        child.close()


@in_bubblewrap
def test_all_in_bubblewrap_ends_with_the_process_that_started_it() -> None:
    program = """
    import os, sys
    from pathlib import Path
    from autograder.grading.run.children import Lost
    from autograder.grading.run.warm_parents import WarmParent
    from autograder.grading.sandbox import Level
    def below(pid):
        own = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return own + [deeper for child in own for deeper in below(child)]
    parent = WarmParent(Level.NAMESPACES, modules=(), in_bubblewrap=True)
    parent.start()
    child = parent.child()
    child.send({"source": "while True: pass", "number": 1}, 30)
    print(*below(os.getpid()), flush=True)
    os.kill(os.getpid(), 9)
    """
    run = run_on((), program)
    started = run.stdout.split()
    assert run.returncode == -9
    assert len(started) >= 4  # bubblewrap, the warm parent, a keeper, a jailed child
    deadline = 6000
    while deadline and (left := [pid for pid in started if _runs(pid)]):
        deadline -= 1
        time.sleep(0.1)
    assert left == []


def _runs(pid: str) -> bool:
    """Whether a process is there and no zombie."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def test_without_bubblewrap_grading_goes_on_and_says_why_it_is_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bubblewrap, "PROGRAM", "no-such-program")
    bubblewrap.problem.cache_clear()
    try:
        with WarmParent(Level.NAMESPACES, modules=()) as parent:
            assert not parent.in_bubblewrap
            parent.child().close()
        assert "apt install bubblewrap" in bubblewrap.said(Level.NAMESPACES)
    finally:
        bubblewrap.problem.cache_clear()
