"""Tries the attacks on stock ``nbgrader autograde`` and notes what they achieve, in ``stock.json``.

Run as ``python -m tests.attacks.stock [attack[+attack …] …]``: those joined by + in one run; without names,
all that were not tried yet, each in a run of its own. WARNING: this runs attack code as yourself. What could
harm the machine is left out; what is after processes of others sees only its own, and is left out where
`unshare` cannot see to that. Still, use a machine that you can lose.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from autograder.grading.gradebook.gradebook import read_scores
from autograder.grading.nbgrader_inside import at_work, course_directory, read_config
from tests.attacks.attack import OTHERS, Attack
from tests.attacks.catalogue import ATTACKS
from tests.attacks.ground import HONEST, LIMITS, Ground, ground, hand_in_honestly

RECORD = Path(__file__).with_name("stock.json")
RUN_SECONDS = 100
NBGRADER = [sys.executable, "-m", "nbgrader"]
NOT_TRIED = "not tried"
APART = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"]
"""Before a command: it sees no process but its own. Needs root, here."""


def tried() -> dict[str, str]:
    """What stock nbgrader did, by attack."""
    return json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}


def try_stock(attacks: Sequence[Attack]) -> dict[str, str]:
    """What came of attacks on stock nbgrader, in one run, with an honest hand-in after them.

    What several do to files, sockets or processes is not told apart: give one that does such things alone.
    """
    unit = attacks[0].unit
    with tempfile.TemporaryDirectory() as folder, ground(Path(folder), LIMITS | {"cell_timeout": 15}) as made:
        hand_in_honestly(made, unit)
        for attack in attacks:
            attack.hand_in(made.course.root, made.lesson(unit), made.known)
        apart = APART if any(attack.unsafe == OTHERS for attack in attacks) else []
        with (made.course.root / "log").open("w") as log:
            _nbgrader(made, log, "generate_assignment", unit, "--force").wait(RUN_SECONDS)
            before = made.files()
            status = _autograde(made, unit, RUN_SECONDS + 40 * len(attacks), log, apart)
            before["course/log"] = made.files()["course/log"]
        effects = _effects(made, before, unit)
        return {
            attack.name: "; ".join([_points(made, attack, status), *_leaked(made, attack), *effects])
            for attack in attacks
        }


def _effects(made: Ground, before: Mapping[str, str], unit: str) -> list[str]:
    """What happened to everything else than the attackers' own scores."""
    said = []
    after = made.files()
    if changed := [name for name, text in before.items() if after.get(name, text) != text]:
        said.append(f"changed {', '.join(map(_short, changed))}")
    if gone := sorted(set(before) - set(after)):
        said.append(f"deleted {', '.join(map(_short, gone))}")
    if new := sorted(set(after) - set(before)):
        said.append(f"wrote {', '.join(map(_short, new)).replace(made.mark, '…')}")
    said += sorted({f"reached {heard.split(':')[0]}" for heard in made.heard})
    for left in made.left_in_the_world():
        said.append("left a file behind")
        Path(left).unlink() if Path(left).is_file() else Path(left).rmdir()
    said += ["left a process running"] * _end_marked(made.mark)
    graded = (made.course.root / "autograded").rglob(f"{unit}.ipynb")
    if (size := max((path.stat().st_size for path in graded), default=0)) > 5_000_000:
        said.append(f"left a notebook of {size / 1e6:.0f} MB")
    if not _scores(made, unit, HONEST[-1]):
        said.append("the next student was not graded")
    return list(dict.fromkeys(said))


def _short(path: str) -> str:
    parts = path.split("/")
    return path if len(parts) < 4 else f"{'/'.join(parts[:3])}/…"


def _nbgrader(made: Ground, log: Any, *words: str, apart: Sequence[str] = ()) -> subprocess.Popen[bytes]:
    command = [*apart, *NBGRADER, *words]
    return subprocess.Popen(command, cwd=made.course.root, stdout=log, stderr=log, start_new_session=True)


def _autograde(made: Ground, unit: str, seconds: float, log: Any, apart: Sequence[str]) -> str:
    """Grade attackers and the next student; say how the run ended where that was not by itself."""
    run = _nbgrader(made, log, "autograde", unit, "--student=[az][tz]*", apart=apart)
    try:
        status = run.wait(seconds)
        return "" if status in (0, 1) else f"the run died ({status})"
    except subprocess.TimeoutExpired:
        return f"still running after {seconds:g} s"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        _end_kernels(made)


def _points(made: Ground, attack: Attack, status: str) -> str:
    scores = _scores(made, attack.unit, attack.student)
    if not scores:
        return f"{status}; no score".removeprefix("; ")
    given = sum(score or 0.0 for score, _ in scores.values())
    earned = sum(attack.earned({name: most for name, (_, most) in scores.items()}).values())
    word = (
        f"{given:g} points, {given - earned:g} of them not earned" if given > earned else f"{given:g} points"
    )
    return f"{status}; {word}".removeprefix("; ")


def _scores(made: Ground, unit: str, student: str) -> dict[str, Any]:
    with at_work():
        try:
            scores, _ = read_scores(course_directory(made.course, read_config(made.course)), unit, student)
        except Exception:  # no entry, or a gradebook that is locked or broken
            return {}
    return {n: s for n, s in scores.items() if n not in ("which-constant", "error-picture")} if any(
        score is not None for score, _ in scores.values()
    ) else {}  # fmt: skip


def _leaked(made: Ground, attack: Attack) -> list[str]:
    text = "".join(
        path.read_text(encoding="utf-8", errors="replace")
        for path in (made.course.root / "autograded" / attack.student).rglob("*.ipynb")
    )
    return [f"read a secret ({place})" for place, secret in made.secrets.items() if secret in text]


def _end_marked(mark: str) -> bool:
    """End what an attack left running, by the mark in its command line; was there something?"""
    found = False
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            pid = int(entry.name)
            if mark.encode() in (entry / "cmdline").read_bytes() and pid != os.getpid():
                os.kill(pid, signal.SIGKILL)
                found = True
    return found


def _end_kernels(made: Ground) -> None:
    """End what outlived its run in the course's folders, but for what an attack marked as its own."""
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            ours = (entry / "cwd").readlink().is_relative_to(made.course.root)
            if ours and made.mark.encode() not in (entry / "cmdline").read_bytes():
                os.kill(int(entry.name), signal.SIGKILL)


def _may_run(attack: Attack) -> bool:
    if attack.unsafe == OTHERS:
        return subprocess.run([*APART, "true"], capture_output=True, check=False).returncode == 0
    return not attack.unsafe


def main(names: list[str]) -> None:
    by_name = {attack.name: attack for attack in ATTACKS}
    left = [name for name in by_name if name not in tried()]
    wanted = [[by_name[one] for one in name.split("+")] for name in names or left]
    for group in wanted:
        began = time.monotonic()
        found = {a.name: f"not run: {a.unsafe}" for a in group if not _may_run(a)}
        if safe := [a for a in group if _may_run(a)]:
            found |= try_stock(safe)
        for name, said in found.items():
            print(f"{name}: {said}", flush=True)
        print(f"({time.monotonic() - began:.0f} s)", flush=True)
        record = {**tried(), **found}
        RECORD.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
