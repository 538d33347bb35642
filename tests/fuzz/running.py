"""Draws strange answers, grades each in a process of its own and holds every verdict to its promises."""

from __future__ import annotations

import json
import time
import warnings
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from autograder import isolated
from autograder.exercises import EXERCISES
from autograder.judging import grade
from autograder.observers.limits import PATIENCE
from autograder.verdict import Status
from tests.fuzz.answers import COMES_AS, HANGS, PLAIN, RIGHT, VALUE_KINDS, build, build_value
from tests.fuzz.values import SAME, VALUES

RARELY = 250
"""One answer in so many hangs, and as many take for ever to pack: each costs its whole limit."""

SLOW = [e for e in ("learned-weights",) if e in EXERCISES]
"""Their judges go through a whole grid of inputs."""

SLACK = 20.0
"""Seconds on top of the limit: a worker may have to be started anew on a busy machine."""

Description = tuple[str, list[str], str, list[str]]


def plain_exercises() -> list[str]:
    """The exercises whose answers need no TensorFlow, those with slow judges less often."""
    plain = [e for e in EXERCISES if e in RIGHT or EXERCISES[e].probe.observer == "value"]
    return [e for e in plain if e not in SLOW] * 10 + SLOW


@st.composite
def descriptions(draw: Any) -> Description:
    """Exercise, what the answer does, what it gives, what it comes as: names from the tables."""
    name = draw(st.sampled_from(plain_exercises()))
    if EXERCISES[name].probe.observer == "value":
        numbers = draw(st.lists(st.floats(width=64), max_size=9))
        return name, [repr(x) for x in numbers], draw(st.sampled_from([*VALUE_KINDS, *VALUES])), []
    does = draw(st.lists(st.sampled_from(list(PLAIN)), max_size=2))
    gives = draw(st.sampled_from([*SAME, *VALUES]) | st.sampled_from(list(SAME)))
    comes_as = draw(st.lists(st.sampled_from(list(COMES_AS)), max_size=2))
    rare = draw(st.integers(1, RARELY))
    if rare == RARELY // 2:
        does.append(draw(st.sampled_from(list(HANGS))))
    if rare == RARELY // 3:
        comes_as.append("slow pickle")
    return name, does, gives, comes_as


def answer_of(description: Description) -> Any:
    name, does, gives, comes_as = description
    if EXERCISES[name].probe.observer == "value":
        return build_value(gives, [float(x) for x in does])
    try:
        return build(name, does, gives, comes_as)
    except BaseException:  # it does not survive being made: an answer like any other
        return build(name, does, gives, [])


@dataclass
class Tally:
    """Counts, and the slowest answers with their seconds."""

    statuses: Counter[str] = field(default_factory=Counter)
    misconceptions: Counter[str] = field(default_factory=Counter)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, other: Tally) -> None:
        self.statuses += other.statuses
        self.misconceptions += other.misconceptions
        self.slowest = sorted(self.slowest + other.slowest, reverse=True)[:5]
        self.seconds = max(self.seconds, other.seconds)


def judge_one(description: Description, limit: float, tally: Tally) -> None:
    """Grade one answer; AssertionError where a promise is broken, and any exception of grade's own."""
    answer = answer_of(description)
    started = time.monotonic()
    verdict = grade(description[0], answer, isolated=True)
    took = time.monotonic() - started
    assert verdict.status in Status, verdict
    assert verdict.message, verdict
    assert 0 <= verdict.score <= 1, verdict
    assert (verdict.score == 1) == (verdict.status is Status.RIGHT), verdict
    json.dumps(verdict.as_json(), allow_nan=False).encode()
    assert took < (2 * PATIENCE + 1) * limit + SLACK, f"{took:.1f} s for {description}"
    assert description[2] in SAME or verdict.status is not Status.RIGHT, f"{description} is no right answer"
    tally.statuses[verdict.status.value] += 1
    tally.misconceptions[verdict.misconception or "(no name)"] += 1
    tally.slowest = sorted([*tally.slowest, (took, repr(description)[:120])], reverse=True)[:5]
    if (so_far := sum(tally.statuses.values())) % 1000 == 0:
        print(f"{so_far} answers, {dict(tally.statuses)}", flush=True)


def run(answers: int, start: int, limit: float) -> Tally:
    """Grade that many answers drawn from seed ``start``, each with ``limit`` seconds of computing."""
    tally = Tally()

    @seed(start)
    @settings(
        max_examples=answers,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    @given(descriptions())
    def every_answer_gets_a_verdict(description: Description) -> None:
        judge_one(description, limit, tally)

    defaults = isolated.observe_isolated.__kwdefaults__
    before = dict(defaults)
    defaults["seconds"] = limit
    started = time.monotonic()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a coroutine that is given away and never awaited
            every_answer_gets_a_verdict()
    finally:
        defaults.update(before)
    tally.seconds = time.monotonic() - started
    return tally
