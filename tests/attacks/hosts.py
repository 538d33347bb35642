"""``python -m tests.attacks.hosts`` tries all attacks on five kinds of host, among honest hand-ins on each.

Root and an ordinary user at both levels of the sandbox, and root with bubblewrap around the default one.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from autograder.grading.sandbox import Level
from tests.attacks.catalogue import ATTACKS
from tests.attacks.ground import HONEST, ground
from tests.attacks.trial import Trial, try_all
from tests.grading.hosts import run_on

HOSTS: dict[str, tuple[tuple[str, ...], Level, bool]] = {
    "root, namespaces": ((), Level.NAMESPACES, False),
    "root, landlock": ((), Level.LANDLOCK, False),
    "ordinary user, namespaces": (("ordinary user",), Level.NAMESPACES, False),
    "ordinary user, landlock": (("ordinary user",), Level.LANDLOCK, False),
    "root, namespaces, bubblewrap": ((), Level.NAMESPACES, True),
}


def tried(level: Level, names: list[str]) -> dict[str, Any]:
    """What the attacks of these names, or all, came to here: how many there were, and what went wrong."""
    chosen = [attack for attack in ATTACKS if not names or attack.name in names]
    wrong: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder, ground(Path(folder)) as made:
        for unit in dict.fromkeys(attack.unit for attack in chosen):
            trial = try_all(made, unit, [attack for attack in chosen if attack.unit == unit], level)
            wrong |= {attack.name: said for attack in trial.attacks if (said := _gained(trial, attack))}
            wrong |= {f"honest work in {unit}": said for said in _harmed(trial)}
        if outside := [*made.heard, *made.left_in_the_world()]:
            wrong["outside"] = ", ".join(outside)
        written = _written(made.course.root)
        for place, secret in made.secrets.items():
            if secret in written:
                wrong[f"the secret of {place}"] = "stands in what grading wrote"
    return {"tried": len(chosen), "wrong": wrong}


def _gained(trial: Trial, attack: Any) -> str:
    return f"gained {points}" if (points := trial.gained(attack)) else ""


def _harmed(trial: Trial) -> list[str]:
    """What became of others' files, processes and points."""
    said = [f"changed: {trial.changed}"] if trial.changed else []
    said += [f"left running: {trial.running}"] if trial.running else []
    for student in HONEST:
        result = trial.results[student]
        given = [score == points for score, points in result.scores.values() if score is not None]
        if str(result.status) != "graded" or not all(given) or len(result.waiting) > 1:
            said.append(f"{student}: {result.status} {dict(result.scores)} {result.reason}")
    return said


def _written(root: Path) -> str:
    """What grading made of attackers' hand-ins."""
    files = (path for path in root.glob("autograded/attack-*/**/*") if path.is_file())
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def main(names: Annotated[list[str] | None, typer.Argument(help="Attacks; left out: all.")] = None) -> None:
    """Print a line for each kind of host; exit status 1 where an attack got through."""
    failed = False
    for name, (host, level, in_bubblewrap) in HOSTS.items():
        began = time.monotonic()
        program = f"""
        import json
        from autograder.grading.sandbox import Level, bubblewrap
        if not {in_bubblewrap}:
            bubblewrap.problem = lambda level: "not wanted here"
        elif why := bubblewrap.problem(Level({str(level)!r})):
            raise SystemExit(why)
        from tests.attacks.hosts import tried
        print(json.dumps(tried(Level({str(level)!r}), {names or []!r})))
        """
        run = run_on(host, program)
        seconds = time.monotonic() - began
        if run.returncode:
            failed = True
            print(f"{name}: not tried ({run.stderr.strip().splitlines()[-1:]})")
            continue
        found = json.loads(run.stdout.splitlines()[-1])
        blocked = found["tried"] - sum(wrong in {a.name for a in ATTACKS} for wrong in found["wrong"])
        print(f"{name}: {blocked} of {found['tried']} blocked, {seconds:.0f} s")
        for what, said in found["wrong"].items():
            failed = True
            print(f"  {what}: {said}")
    sys.exit(failed)


if __name__ == "__main__":
    typer.run(main)
