"""A page of 20 MB of the worst is made, or cut, within bounds of processor time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.grading.page_bounds import WORST

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: measured with Linux's own counts."),
]
ROOT = Path(__file__).parents[2]
SECONDS, MEGABYTES = 10, 500
"""Five seconds on a machine of its own; one that others share takes twice as long for the same."""


def test_no_page_costs_more_than_its_bound():
    run = subprocess.run(
        [sys.executable, "-m", "tests.grading.page_bounds"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    costs = json.loads(run.stdout)
    assert list(costs) == list(WORST)
    assert {k: c for k, c in costs.items() if c is None or c[0] > SECONDS or c[1] > MEGABYTES} == {}
