"""The worst evidence that fits into a message is refused, or read and judged, in little time and memory."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from autograder.grading.run.children import MOST_OF_EVIDENCE
from tests.grading.jailed import ROOT

SECONDS, MEGABYTES = 5.0, 500
"""Of processor time, and of memory beyond what the judge has anyway."""

WORST = {
    "empty lists": ("[", "[],", "[]]"),
    "empty dicts": ("[", "{},", "{}]"),
    "nested lists": ("[", "[[[[[[[[]]]]]]]],", "[]]"),
    "numbers": ('{"kind": "value", "value": {"result": {"values": [', "0.5,", "0.5]}}}"),
    "names": ("{", '"%07d": 0,', '"end": 0}'),
    "half pairs": ('{"kind": "', "\\ud800", '"}'),
    "a text": ('{"kind": "', "x" * 100, '"}'),
}
"""Beginning, what is repeated, and end."""

JUDGED = """
import json, socket, sys, threading, time
from tests.grading.worst import peak_megabytes
from autograder.grading.inside import frames
from autograder.judging import draw, judge
begin, middle, end, size, limit = json.loads(sys.stdin.read())
request = draw("sigmoid", 1)
judge("sigmoid", request, {})
times = (size - len(begin) - len(end) - 13) // len(middle % 0 if "%" in middle else middle)
body = "".join(middle % i for i in range(times)) if "%" in middle else middle * times
data = ('{"evidence":' + begin + body + end + "}").encode()
del body
ours, theirs = socket.socketpair()
sending = threading.Thread(target=lambda: theirs.sendall(len(data).to_bytes(4, "big") + data), daemon=True)
before, began = peak_megabytes(), time.process_time()
sending.start()
score = 0.0
try:
    verdict = judge("sigmoid", request, frames.receive(ours, limit)["evidence"])
    score, said = verdict.score, verdict.misconception
except frames.BadFrame as error:
    said = str(error)
print(json.dumps([score, said, time.process_time() - began, peak_megabytes() - before]))
"""


def judged(kind: str, size: int) -> tuple[float, str, float, float]:
    """Score, what was said, seconds of processor time, megabytes."""
    given = json.dumps([*WORST[kind], size, MOST_OF_EVIDENCE])
    run = subprocess.run(
        [sys.executable, "-c", JUDGED], input=given, capture_output=True, text=True, check=True, cwd=ROOT
    )
    return tuple(json.loads(run.stdout))


@pytest.mark.parametrize("kind", WORST)
def test_the_worst_evidence_that_is_taken_costs_little(kind: str):
    score, said, seconds, megabytes = judged(kind, MOST_OF_EVIDENCE)
    assert score == 0.0
    assert said == "unreadable" or "not JSON" in said or "more than the 1000000 values" in said
    assert (seconds < SECONDS, megabytes < MEGABYTES) == (True, True), (seconds, megabytes)


def test_twenty_megabytes_are_refused_before_they_are_read():
    score, said, seconds, megabytes = judged("empty lists", 20_000_000)
    assert score == 0.0
    assert "where 8000000 are allowed" in said
    assert (seconds < SECONDS, megabytes < MEGABYTES) == (True, True), (seconds, megabytes)
