"""The kill table notices a grader that rejects, accepts, misnames or wavers."""

from __future__ import annotations

import os
from types import SimpleNamespace

import pytest

from autograder.verdict import Status, Verdict
from tests.answers import Wrong
from tests.mutation import trial


def verdict(status: Status, name: str | None = None, score: float = 0.0) -> Verdict:
    return Verdict("sigmoid", status, score, "said", name)


@pytest.fixture
def judged(monkeypatch):
    """Judges as the test says, one verdict a seed, over and over."""

    def use(*verdicts: Verdict) -> None:
        monkeypatch.setattr(trial, "judge", lambda _exercise, request, _evidence: verdicts[request["seed"]])
        monkeypatch.setattr(trial, "draw", lambda _exercise, seed: {"seed": seed % len(verdicts)})
        monkeypatch.setattr(trial, "observe", lambda *_, **__: {})
        monkeypatch.setattr(trial, "observe_isolated", lambda *_, **__: {})
        trial._request.cache_clear()

    yield use
    trial._request.cache_clear()


RIGHT = verdict(Status.RIGHT, None, 1.0)
SIGN, BRACKETS, NONE = (verdict(Status.WRONG, n) for n in ("sign", "brackets", None))


@pytest.mark.parametrize(
    ("verdicts", "fault"),
    [
        ((SIGN,), None),
        ((RIGHT,), "is wrong, but"),
        ((BRACKETS,), "declares sign"),
        ((SIGN, NONE), "declares sign"),
        ((SIGN, verdict(Status.WRONG, "sign", 0.5)), "declares 0"),
        ((SIGN, RIGHT), "is wrong, but"),
    ],
)
def test_a_wrong_answer_must_be_rejected_named_and_scored_alike_over_all_seeds(judged, verdicts, fault):
    judged(*verdicts)
    kills = trial.Kills("sigmoid")
    trial._wrong(kills, Wrong("minus", None, "sign", 0.0), range(4))
    assert bool(kills.faults) == bool(fault)
    assert fault is None or fault in kills.faults[0]
    assert kills.declared == kills.wrong == 1


def test_an_answer_whose_score_nobody_worked_out_must_get_the_same_one_with_every_seed(judged):
    for other, faults in ((0.5, 0), (0.25, 1)):
        judged(verdict(Status.WRONG, "sign", 0.5), verdict(Status.WRONG, "sign", other))
        kills = trial.Kills("sigmoid")
        trial._wrong(kills, Wrong("made", None, "sign", None), range(4))
        assert (kills.named, len(kills.faults)) == (1, faults)


def test_a_right_answer_must_be_accepted_with_every_seed(judged):
    judged(RIGHT, SIGN)
    kills = trial.Kills("sigmoid")
    trial._right(kills, "textbook", None, range(4))
    assert (kills.right, kills.accepted) == (1, 0)
    assert kills.faults == ["textbook is right, but: said"]


@pytest.mark.parametrize(
    ("verdicts", "still_right", "fault"),
    [
        ((SIGN,), False, None),
        ((RIGHT,), True, None),
        ((RIGHT,), False, "is wrong, but"),
        ((SIGN,), True, "is right, but"),
        ((SIGN, NONE), False, "is flaky"),
    ],
)
def test_a_generated_answer_must_get_the_verdict_that_the_reference_gives_it(
    judged, monkeypatch, verdicts, still_right, fault
):
    judged(*verdicts)
    monkeypatch.setattr(trial, "still_right", lambda *_: still_right)
    kills = trial.Kills("sigmoid")
    trial._generated(kills, SimpleNamespace(name="x + 1", build=lambda: None), range(4))
    assert bool(kills.faults) == bool(fault)
    assert fault is None or fault in kills.faults[0]
    assert (kills.still_right, kills.generated) == (int(still_right), int(not still_right))


def test_a_generated_answer_that_ends_its_process_is_rejected_and_ends_no_other():
    kills = trial.Kills("sigmoid")
    trial._generated(kills, SimpleNamespace(name="ends", build=lambda: lambda _: os._exit(6)), (0, 1))
    assert (kills.generated, kills.killed, kills.faults) == (1, 1, [])


def test_the_shares_of_an_exercise_hold_all_its_answers_once():
    whole = trial.run(trial.Task("epochs", (0,), most=8))
    shares = [trial.run(trial.Task("epochs", (0,), i, 3, most=8)) for i in range(3)]
    assert sum(shares[1:], shares[0]) == whole
    assert whole.generated + whole.still_right == 8
    assert not whole.faults


def test_generated_answers_may_have_seeds_of_their_own():
    task = trial.Task("epochs", (0, 1), generated_seeds=3)
    assert [task.seeds_of(i) for i in range(2)] == [(0, 1, 2), (3, 4, 5)]
    assert trial.Task("epochs", (0, 1)).seeds_of(7) == (0, 1)


def test_an_answer_is_compiled_once_for_all_seeds_and_anew_in_every_check():
    traces = []

    def tf_activation(x):
        traces.append(type(x).__name__)
        return x

    seeds = range(4)
    trial.outcomes("tf-activation", tf_activation, seeds)
    assert traces.count("SymbolicTensor") == 2  # float32 and float64
    for seed in seeds:
        list(trial.verdicts("tf-activation", tf_activation, [seed]))
    assert traces.count("SymbolicTensor") == 2 + 2 * len(seeds)
