"""`python -m tests.strangers [EXERCISE …]`: each answer's verdict, and the figures of all together.

Whether a name that the judge gives is true of an answer, a person has to read: what was read and found true,
message and all, stands in TRUE_NAMES of the answer's module. Any other name counts as false until then.
"""

from __future__ import annotations

import contextlib
import io
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder import grade
from autograder.own_exercises import module_name
from autograder.verdict import Status, Verdict

SEEDS = (1, 2, 3)
NO_FRAMEWORK = "Neither PyTorch nor JAX is installed here"


def main() -> None:
    """Print what was rejected or accepted and should not have been, and what each wrong one was told."""
    warnings.simplefilter("ignore")
    here = sorted(p.stem for p in Path(__file__).parent.glob("[a-z]*.py"))
    figures: Counter[str] = Counter()
    for name in map(module_name, sys.argv[1:] or here):
        for line in judged(name, import_module(f"tests.strangers.{name}"), figures):
            print(line, flush=True)
    right, wrong, named = figures["right"], figures["wrong"], figures["truly"]
    print(f"right accepted: {figures['accepted']} of {right}", end="; ")
    print(f"wrong rejected: {figures['rejected']} of {wrong}", end="; ")
    print(f"told something false: {figures['falsely']}", end="; ")
    print(f"named truthfully: {named} of {wrong}", end="; ")
    print(f"not tried, for want of PyTorch and JAX: {figures['not tried']}")


def judged(name: str, module: ModuleType, figures: Counter[str]) -> Iterator[str]:
    """Lines on answers to one exercise: "!" for a wrong verdict, "?" for a name that nobody found true."""
    for case, answer, truth, mistake in module.CASES:
        verdicts = verdicts_on(name.replace("_", "-"), answer)
        if verdicts[0].message.startswith(NO_FRAMEWORK):
            figures["not tried"] += 1
            continue
        accepted = {v.status is Status.RIGHT for v in verdicts}
        right = truth == "right"
        named = {v.misconception for v in verdicts}
        false = named - {None, *module.TRUE_NAMES.get(case, "").split()}
        figures[truth] += 1
        figures["accepted"] += right and accepted == {True}
        figures["rejected"] += not right and accepted == {False}
        figures["falsely"] += bool(false)
        figures["truly"] += not right and None not in named and not false
        if not right or accepted != {True}:
            mark = "!" if accepted != {right} else "?" if false else " "
            names = ", ".join(sorted(n or "no name" for n in named))
            yield f"{mark} {name}/{case} [{truth}: {mistake}]: {names}\n      {verdicts[0].message}"


def verdicts_on(exercise: str, answer: Any) -> list[Verdict]:
    """One verdict for each seed; what the answer prints goes nowhere."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return [grade(exercise, answer, seed=seed) for seed in SEEDS]


if __name__ == "__main__":
    main()
