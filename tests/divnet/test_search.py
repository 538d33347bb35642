"""A search does every trial of its grid once, however often and however roughly it is stopped."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from divnet.data import division_data
from divnet.search import SPACE, Configuration, Plan, SearchError, finished_trials, search
from divnet.search import trial as trials
from divnet.search.plan import Training
from divnet.search.study import load_study, open_study, open_trials, owned
from divnet.search.workers import run_side_by_side

SMALL = {"batch_size": [32, 64], "dropout": [0.0, 0.0005], "epochs": [1], "optimizer": ["sgd"]}
POINTS = 100


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "search.db"


@pytest.fixture
def no_training(monkeypatch):
    """Trials that take no time: the error is the seed."""
    ran = []

    def run(training, _points, progress):
        ran.append(training)
        progress(training.configuration.epochs, training.configuration.epochs)
        return trials.Result(float(training.seed), 0.0, [0.0] * 9)

    monkeypatch.setattr("divnet.search.workers.run_training", run)
    return ran


def states(study) -> list[str]:
    return [trial.state.name for trial in study.trials]


# The plan.


def test_the_deck_s_grid_has_280_trials_and_150_million_steps():
    plan = Plan()
    assert len(plan.trainings()) == 280 and plan.steps() == 150_732_120
    assert len({training.configuration for training in plan.trainings()}) == 280
    assert [training.seed for training in plan.trainings()] == list(range(280))


def test_the_last_smaller_batch_is_a_step():
    assert Configuration(64, 0.0, 90, "sgd").steps() == 188 * 90
    assert Configuration(4, 0.0, 3, "sgd").steps(10) == 9


def test_every_start_has_a_seed_of_its_own():
    trainings = Plan(SMALL, starts=3, first_seed=1000).trainings()
    assert [training.seed for training in trainings] == list(range(1000, 1012))
    assert len({training.configuration for training in trainings[:3]}) == 1


@pytest.mark.parametrize(
    "space, words",
    [
        ({"batch_size": [1]}, "the space has batch_size; expected batch_size, dropout, epochs, optimizer"),
        ([1], "the space has list"),
        (SMALL | {"epochs": []}, "epochs = []; expected a list with one value at least"),
        (SMALL | {"epochs": 90}, "epochs = 90; expected a list"),
        (SMALL | {"optimizer": "adam"}, "optimizer = 'adam'; expected a list"),
        (SMALL | {"epochs": [1, 1]}, "has a value twice"),
        (SMALL | {"epochs": [0]}, "epochs has 0; expected whole numbers from 1 on"),
        (SMALL | {"batch_size": [True]}, "batch_size has True"),
        (SMALL | {"dropout": [1.0]}, "dropout has 1.0; expected shares from 0 to below 1"),
        (SMALL | {"optimizer": ["adamw"]}, "optimizer has 'adamw'; expected rmsprop, ftrl"),
    ],
)
def test_a_space_that_cannot_be_is_refused_in_one_sentence(space, words, file):
    with pytest.raises(SearchError) as refused:
        search(file, space)
    assert words in str(refused.value) and "\n" not in str(refused.value) and not file.exists()


@pytest.mark.parametrize("name", ["starts", "points", "workers", "at_most"])
@pytest.mark.parametrize("value", [0, 1.5, True, "2"])
def test_a_number_that_cannot_be_is_refused(name, value, file):
    with pytest.raises(SearchError, match=f"{name} = .*expected a whole number from 1 on"):
        search(file, SMALL, **{name: value})


# The file.


def test_it_trains_every_configuration_once_and_writes_it_down(file, no_training):
    study = search(file, SMALL, points=POINTS)
    assert no_training == Plan(SMALL).trainings()
    assert states(study) == ["COMPLETE"] * 4
    assert [trial.error for trial in finished_trials(study)] == [0.0, 1.0, 2.0, 3.0]
    assert finished_trials(load_study(file)) == finished_trials(study)


def test_called_again_it_does_what_is_missing_and_nothing_twice(file, no_training):
    search(file, SMALL, points=POINTS, at_most=1)
    assert states(load_study(file)) == ["COMPLETE"] + ["WAITING"] * 3
    search(file, SMALL, points=POINTS, at_most=2)
    search(file, SMALL, points=POINTS)
    search(file, SMALL, points=POINTS)
    assert no_training == Plan(SMALL).trainings()


def test_a_trial_left_running_by_a_dead_process_is_taken_up_first(file, no_training):
    study = open_study(file, Plan(SMALL, points=POINTS))
    next(open_trials(study))
    assert states(study)[0] == "RUNNING"
    study = search(file, SMALL, points=POINTS)
    assert states(study) == ["COMPLETE"] * 4 and no_training == Plan(SMALL).trainings()


def test_a_training_that_ran_away_is_a_trial_without_an_error(file, monkeypatch):
    lost = trials.Result(float("nan"), 1.0, [0.0] * 9)
    monkeypatch.setattr("divnet.search.workers.run_training", lambda *_: lost)
    study = search(file, SMALL, points=POINTS)
    assert states(study) == ["FAIL"] * 4
    assert all(np.isnan(trial.error) for trial in finished_trials(study))


def test_another_search_is_not_mixed_in(file, no_training):
    search(file, SMALL, points=POINTS)
    with pytest.raises(SearchError, match=r"another search \(epochs \[1\] instead of \[2\]\)"):
        search(file, SMALL | {"epochs": [2]}, points=POINTS)
    with pytest.raises(SearchError, match=r"another search \(points 100 instead of 99\)"):
        search(file, SMALL, points=99)
    assert len(no_training) == 4


def test_a_file_of_something_else_is_left_alone(file):
    file.write_text("dear diary")
    with pytest.raises(SearchError, match="this is not a file that divnet"):
        search(file, SMALL)
    assert file.read_text() == "dear diary"


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SearchError, match="there is no folder"):
        search(tmp_path / "nowhere" / "search.db", SMALL)


def test_two_searches_in_one_file_are_refused(file):
    with owned(file), pytest.raises(SearchError, match="another process is searching in this file"):
        search(file, SMALL)


@pytest.mark.usefixtures("no_training")
def test_nothing_reaches_stderr(file, capfd):
    search(file, SMALL, points=POINTS)
    assert capfd.readouterr() == ("", "")


# The training.


def test_a_trial_is_the_training_that_its_configuration_says():
    from divnet.division_models import division_model
    from divnet.network import Weights
    from divnet.tensorflow_activation import tf_activation
    from divnet.training import fit

    training = Training(Configuration(32, 0.0005, 2, "nadam"), 5)
    for _ in range(2):  # the second time the compiled loop is used again
        result = trials.run_training(training, 200)
    model = division_model(tf_activation, dropout=0.0005, optimizer="nadam", seed=5)
    x, y = division_data(200, np.random.default_rng(0), 9.99)
    fit(model, x, y, batch_size=32, epochs=2, seed=5)
    expected = Weights(*(w.astype(np.float64) for w in model.get_weights()))
    assert result.weights == np.concatenate(expected, axis=None).tolist()
    assert result.error == trials.square_error(expected) and result.cpu_seconds > 0


def test_the_error_is_that_of_all_810_000_divisions():
    from divnet.network import DECK_WEIGHTS, divide

    axis = np.arange(100, 1000) / 100
    a, b = np.meshgrid(axis, axis)
    assert a.size == 810_000
    expected = np.abs(divide(a, b) - a / b / 100).mean()
    assert trials.square_error(DECK_WEIGHTS) == pytest.approx(expected, rel=1e-12)


# Processes, and their ends. (Windows has no SIGKILL.)

# Two trials of a moment each, and two that nobody waits for.
LONG = {"batch_size": [64], "dropout": [0.0], "epochs": [1, 1_000_000], "optimizer": ["sgd"]}
killing = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")


@killing
def test_a_search_that_was_killed_goes_on_where_it_was(file, request):
    command = [sys.executable, "-m", "divnet.search", "run", str(file), "--workers", "2", "--starts", "2"]
    for name, values in LONG.items():
        command += [f"--{name.replace('_', '-')}", ",".join(map(str, values))]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        until(lambda: file.exists() and states(load_study(file)) == ["COMPLETE"] * 2 + ["RUNNING"] * 2)
        workers = children(process.pid)
    finally:
        process.kill()
    _, err = process.communicate()
    assert len(workers) == 2 and err == b""
    until(lambda: not any(is_alive(pid) for pid in workers))  # they notice by themselves

    before = load_study(file)
    done = finished_trials(before)
    assert states(before) == ["COMPLETE"] * 2 + ["RUNNING"] * 2
    ran = request.getfixturevalue("no_training")
    after = search(file, LONG, starts=2)
    assert ran == Plan(LONG, starts=2).trainings()[2:]
    assert states(after) == ["COMPLETE"] * 4
    assert finished_trials(after)[:2] == done


@killing
def test_a_worker_that_is_killed_has_a_successor():
    outcomes, killed = [], []

    def report(outcome):
        outcomes.append(outcome)
        if not killed:
            (worker,) = multiprocessing.active_children()
            os.kill(worker.pid, signal.SIGKILL)
            killed.append(worker.pid)

    training = Training(Configuration(64, 0.0, 5, "sgd"), 7)
    run_side_by_side(iter([("only", training)]), POINTS, 1, report)
    results = [outcome.result for outcome in outcomes if outcome.result is not None]
    assert killed and results[-1].error == trials.run_training(training, POINTS).error
    assert multiprocessing.active_children() == []


def children(pid: int) -> list[int]:
    """The worker processes of a process: those that run Python's `spawn_main`."""
    listed = subprocess.run(
        ["ps", "-ww", "-o", "pid=", "-o", "args=", "--ppid", str(pid)],
        capture_output=True,
        text=True,
        check=True,
    )
    return [int(line.split()[0]) for line in listed.stdout.splitlines() if "spawn_main" in line]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def until(condition, seconds=300.0):
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def test_the_grid_cannot_be_changed_by_accident():
    assert all(isinstance(values, tuple) for values in SPACE.values())
