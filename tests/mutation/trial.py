"""Grades every answer over many probe seeds and finds what the autograder does wrong."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from typing import Any

import numpy as np

from autograder.isolated import observe_isolated
from autograder.judging import draw, judge
from autograder.observers import observe
from autograder.observers.frameworks import FRAMEWORKS, TensorFlow
from autograder.verdict import Status, Verdict
from tests.answers import answers_to
from tests.mutation.equal import NOT_GENERATED, still_right
from tests.mutation.mutator import Generated, answers_module, generate

COSTLY = {"start-weights": 5}
"""Seeds at most where one verdict takes seconds: each trains a network two hundred times."""

SECONDS = 5.0
"""A changed answer that computes for longer is taken to have no end."""

A_LOOK = 1.0
"""Seconds of computing in which an answer may end its process."""

Outcomes = dict[tuple[str, float, str | None], Verdict]
"""The first verdict of each kind: status, score, misconception."""


@dataclass
class Kills:
    """One line of the kill table: how many answers of a kind there are, and how many met their verdict."""

    exercise: str
    right: int = 0
    accepted: int = 0
    wrong: int = 0
    rejected: int = 0
    declared: int = 0
    named: int = 0
    generated: int = 0
    killed: int = 0
    still_right: int = 0
    left_out: int = 0
    seconds: float = field(default=0.0, compare=False)
    faults: list[str] = field(default_factory=list)

    def __add__(self, other: Kills) -> Kills:
        summed = {k: v + getattr(other, k) for k, v in vars(self).items() if k != "exercise"}
        return Kills(self.exercise, **summed)


@dataclass(frozen=True)
class Task:
    """A share of the work on one exercise: every ``of``-th answer from the ``share``-th on.

    The i-th generated answer gets ``generated_seeds`` seeds of its own, from i times that on (as many as the
    others where that is None): together they see far more probes than any of them.
    """

    exercise: str
    seeds: tuple[int, ...]
    share: int = 0
    of: int = 1
    most: int | None = None
    seconds: float = 60.0
    by_hand: bool = True
    generated_seeds: int | None = None

    def seeds_of(self, number: int) -> tuple[int, ...]:
        """The probe seeds of the generated answer of that number."""
        size = self.generated_seeds
        return self.seeds if size is None else tuple(range(number * size, (number + 1) * size))


def run(task: Task) -> Kills:
    """Grade the task's answers. At most ``most`` generated ones, and for ``seconds`` altogether."""
    started = time.process_time()
    kills = _run(task)
    kills.seconds = time.process_time() - started
    return kills


def _run(task: Task) -> Kills:
    kills = Kills(task.exercise)
    answers = answers_to(task.exercise)
    import_module("keras")  # takes seconds, which no answer should be charged with
    gc.freeze()  # nor should one that makes garbage with a look through all of TensorFlow
    most = COSTLY.get(task.exercise)
    if task.by_hand:
        for name, answer in list(answers.rights.items())[task.share :: task.of]:
            _right(kills, name, answer, task.seeds[:most])
        for wrong in answers.wrongs[task.share :: task.of]:
            _wrong(kills, wrong, task.seeds[:most])
    if task.exercise in NOT_GENERATED:
        return kills
    everything = list(enumerate(generate(answers_module(task.exercise))[: task.most]))
    waiting = everything[task.share :: task.of]
    until = time.monotonic() + task.seconds
    for done, (number, mutant) in enumerate(waiting):
        if time.monotonic() > until:
            kills.left_out = len(waiting) - done
            break
        _generated(kills, mutant, task.seeds_of(number)[:most])
    return kills


class CompiledOnce(TensorFlow):
    """TensorFlow that compiles an answer once for all seeds, where each check compiles it anew."""

    last: CompiledOnce | None = None
    answer: Any = None

    def __new__(cls, answer: Any) -> CompiledOnce:
        if cls.last is None or cls.last.answer is not answer:
            cls.last = super().__new__(cls)
        return cls.last

    def __init__(self, answer: Any) -> None:
        if self.answer is not answer:
            super().__init__(answer)
            self.answer = answer


@contextmanager
def compiled_once() -> Iterator[None]:
    """In the block TensorFlow compiles no answer twice in a row."""
    FRAMEWORKS["tensorflow"] = CompiledOnce
    try:
        yield
    finally:
        FRAMEWORKS["tensorflow"], CompiledOnce.last = TensorFlow, None


def verdicts(exercise: str, answer: Any, seeds: Iterable[int]) -> Iterator[Verdict]:
    """One verdict for each seed; after one that ran out of time there are no more."""
    for seed in seeds:
        request = _request(exercise, seed)
        evidence = observe(request, answer, seconds=SECONDS)
        with np.errstate(all="ignore"):
            yield judge(exercise, request, evidence)
        if evidence.get("stopped"):
            return


@lru_cache(maxsize=256)
def _request(exercise: str, seed: int) -> dict[str, Any]:
    return draw(exercise, seed)


def outcomes(exercise: str, answer: Any, seeds: Iterable[int]) -> Outcomes:
    """The different verdicts over all seeds; a sound grader has one."""
    with compiled_once():
        return _different(verdicts(exercise, answer, seeds))


def _different(verdicts: Iterable[Verdict]) -> Outcomes:
    found: Outcomes = {}
    for verdict in verdicts:
        found.setdefault((str(verdict.status), round(verdict.score, 9), verdict.misconception), verdict)
    return found


def _ended(exercise: str, answer: Any, seed: int) -> Outcomes:
    """The verdict on an answer that ends the process it runs in, as TensorFlow does at some wrong shapes.

    It is tried in a process of its own; for all other answers this is empty.
    """
    request = _request(exercise, seed)
    evidence = observe_isolated(request, answer, seconds=A_LOOK)
    died = (evidence.get("stopped") or {}).get("why") == "died"
    return _different([judge(exercise, request, evidence)] if died else [])


def _right(kills: Kills, name: str, answer: Any, seeds: Iterable[int]) -> None:
    found = outcomes(kills.exercise, answer, seeds)
    kills.right += 1
    if list(found) == [(Status.RIGHT, 1.0, None)]:
        kills.accepted += 1
    else:
        kills.faults += [f"{name} is right, but: {v.message}" for s, v in found.items() if s[1] < 1.0]


def _wrong(kills: Kills, wrong: Any, seeds: Iterable[int]) -> None:
    found = outcomes(kills.exercise, wrong.answer, seeds)
    kills.wrong += 1
    kills.declared += wrong.misconception is not None
    if all(status == Status.WRONG for status, _, _ in found):
        kills.rejected += 1
    else:
        kills.faults.append(f"{wrong.name} is wrong, but: {_list(found)}")
    names = {name for _, _, name in found}
    kills.named += wrong.misconception is not None and names == {wrong.misconception}
    if names != {wrong.misconception}:
        kills.faults.append(f"{wrong.name} declares {wrong.misconception}: {_list(found)}")
    elif wrong.score is not None and any(abs(score - wrong.score) > 1e-6 for _, score, _ in found):
        kills.faults.append(f"{wrong.name} declares {wrong.score:.4g}: {_list(found)}")
    elif len(found) > 1:
        kills.faults.append(f"{wrong.name} is flaky: {_list(found)}")


def _generated(kills: Kills, mutant: Generated, seeds: Sequence[int]) -> None:
    try:
        answer = mutant.build()
    except Exception:  # no answer comes of this change
        return
    found = _ended(kills.exercise, answer, seeds[0])
    equal = not found and still_right(kills.exercise, mutant, answer)
    found = found or outcomes(kills.exercise, answer, seeds)
    wanted = Status.RIGHT if equal else Status.WRONG
    kills.still_right += equal
    kills.generated += not equal
    if any(status != wanted for status, _, _ in found):
        kills.faults.append(f"{mutant.name} is {wanted}, but: {_list(found)}")
    else:
        kills.killed += not equal
    if len(found) > 1:
        kills.faults.append(f"{mutant.name} is flaky: {_list(found)}")


def _list(found: Outcomes) -> str:
    return "; ".join(f"{status} {score:.4g} {name}" for status, score, name in found)
