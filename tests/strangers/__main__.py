"""`python -m tests.strangers [EXERCISE …]`: each answer's verdict, and the figures of all together.

Whether a name that the judge gives is true of an answer, a person has to read.
"""

from __future__ import annotations

import contextlib
import io
import sys
import warnings
from collections import Counter
from importlib import import_module
from pathlib import Path

from autograder import grade
from autograder.own_exercises import module_name

SEEDS = (1, 2, 3)


def main() -> None:
    """Print what was rejected or accepted and should not have been, and the name of each wrong one."""
    warnings.simplefilter("ignore")
    here = sorted(p.stem for p in Path(__file__).parent.glob("[a-z]*.py"))
    figures: Counter[str] = Counter()
    for name in map(module_name, sys.argv[1:] or here):
        for case, answer, truth, mistake in import_module(f"tests.strangers.{name}").CASES:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                verdicts = [grade(name.replace("_", "-"), answer, seed=seed) for seed in SEEDS]
            accepted = {v.status.value == "right" for v in verdicts}
            as_it_is = accepted == {truth == "right"}
            called = sorted({v.misconception or "no name" for v in verdicts})
            figures[truth] += 1
            figures[f"{truth}, and so judged"] += as_it_is
            figures["wrong, with a name"] += truth == "wrong" and as_it_is and called != ["no name"]
            if truth == "wrong" or not as_it_is:
                mark = " " if as_it_is else "!"
                print(f"{mark} {name}/{case} [{truth}: {mistake}]: {', '.join(called)}")
                print(f"      {verdicts[0].message}")
    print("; ".join(f"{what}: {number}" for what, number in figures.items()))


if __name__ == "__main__":
    main()
