"""``python -m autograder.grading.sandbox``: which levels this machine has, and what each promises."""

from __future__ import annotations

from autograder.grading.sandbox import bubblewrap
from autograder.grading.sandbox.jail import SANDBOXES
from autograder.grading.sandbox.probing import probe, refusal

found = [probe(level) for level in SANDBOXES]
for one in found:
    print(f"{one.level}: {'works' if one.works else one.problem}")
    if one.works:
        print(*(f"  - {promise}" for promise in one.level.promises), sep="\n")
        print(f"  {bubblewrap.said(one.level)}")
if not any(one.works for one in found):
    raise SystemExit(refusal())
