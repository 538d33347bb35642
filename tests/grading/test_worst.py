"""What is handed in costs no more than its size: the worst of 20 MB is read, or refused with a reason."""

from __future__ import annotations

import sys

import pytest

from tests.grading.worst import ARCHIVES, NOTEBOOKS, measure_apart

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: memory is told otherwise there.")


@pytest.mark.parametrize("name", [*NOTEBOOKS, *ARCHIVES])
def test_the_worst_20_mb_cost_at_most_5_seconds_and_500_mb(name: str):
    found = measure_apart(name)
    assert found["seconds"] < 5, found
    assert found["MB"] < 500, found
    assert found["said"], found
