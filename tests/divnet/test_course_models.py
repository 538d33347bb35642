"""Every model of the course: made once, kept as plain numbers, made again where the file is no good."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from divnet import course_models as module
from divnet.comparing import quotient_curve, quotients
from divnet.course_models import ABOUT, course_models, own_models
from divnet.data import division_data
from divnet.network import DECK_WEIGHTS, divide
from divnet.saved_weights import load_model, save_model


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def models(folder):
    return course_models(folder)


@pytest.fixture
def trainings(monkeypatch) -> list[str]:
    """Which models are trained, by name; training is replaced by the deck's weights."""
    names: list[str] = []

    def train(about):
        names.append(about.name)
        return DECK_WEIGHTS

    monkeypatch.setattr(module, "_train", train)
    return names


TRAINED = [about.name for about in ABOUT.values() if about.trained]


def test_there_are_six_models_functions_and_keras_models_mixed(models):
    assert list(models) == list(ABOUT)
    assert [name for name, model in models.items() if hasattr(model, "get_weights")] == list(ABOUT)[1:5]


def test_each_is_as_good_as_the_course_measured(models):
    x, y = division_data(6_000, np.random.default_rng(5))
    error = {
        name: np.abs(quotient_curve(model, x[:, 0], x[:, 1]) / 100 - y[:, 0]).mean()
        for name, model in models.items()
    }
    # over the whole square; 6 000 places of it, with a few large quotients, vary by a tenth
    assert error["by hand"] == pytest.approx(1.9e-8, rel=0.3)
    assert error["by hand, in Keras"] == pytest.approx(2.4e-8, rel=0.3)
    assert error["learned exactly"] < 1e-13
    for name in TRAINED[:3]:
        assert 0.0005 < error[name] < 0.005  # far better than the median's 0.0110, far from dividing


def test_the_plain_function_is_the_deck_s_to_the_last_digit(models):
    assert quotients(models, 20, 5)["by hand"] == 100 * divide(20, 5)


def test_a_second_start_trains_nothing(models, folder, trainings):
    again = course_models(folder)
    assert trainings == []
    for name in TRAINED:
        assert quotients({name: again[name]}, 17, 3) == quotients({name: models[name]}, 17, 3)


def test_the_files_hold_plain_numbers_only(models, folder):
    assert models
    for path in folder.glob("*.npz"):
        with np.load(path, allow_pickle=False) as content:
            assert {content[key].dtype.kind for key in content.files} <= set("fU")


def test_only_the_damaged_and_the_old_are_made_again(tmp_path, trainings):
    course_models(tmp_path)
    assert trainings == TRAINED
    trainings.clear()
    files = {load_model(path).name: path for path in tmp_path.glob("[!.]*.npz")}
    damaged, old = files["sigmoid, trained"], files["learned exactly"]
    damaged.write_bytes(damaged.read_bytes()[:100])
    kept = load_model(old)
    module.write_model(old, module.SavedModel(kept.name, kept.weights, kept.activation, "of last year"))
    course_models(tmp_path)
    assert trainings == ["sigmoid, trained", "learned exactly"]
    trainings.clear()
    course_models(tmp_path)
    assert trainings == []


def test_a_change_of_the_programs_makes_all_files_old(tmp_path, trainings, monkeypatch):
    course_models(tmp_path)
    trainings.clear()
    monkeypatch.setattr(module, "_programs", lambda: "others")
    course_models(tmp_path)
    assert trainings == TRAINED


def test_where_nothing_can_be_kept_the_models_are_trained_all_the_same(tmp_path, trainings):
    (tmp_path / "cache").write_text("a file where a folder must be")
    assert list(course_models(tmp_path / "cache")) == list(ABOUT)
    assert trainings == TRAINED


def test_a_file_that_cannot_be_replaced_is_trained_anew_each_time(tmp_path, trainings):
    course_models(tmp_path)
    trainings.clear()
    path = min(tmp_path.glob("[!.]*.npz"))
    path.unlink()
    path.mkdir()
    (path / "in the way").touch()
    assert list(course_models(tmp_path)) == list(ABOUT)
    assert len(trainings) == 1
    assert [left.name for left in tmp_path.glob(".*.npz")] == []


def test_two_starts_at_once_train_once(tmp_path, trainings):
    starts = [threading.Thread(target=course_models, args=(tmp_path,)) for _ in range(4)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert sorted(trainings) == sorted(TRAINED)


@pytest.mark.usefixtures("trainings")
def test_progress_is_told_before_each_model_and_at_the_end(tmp_path):
    told = []
    course_models(tmp_path, lambda *step: told.append(step))
    assert told == [*((n, 6, name) for n, name in enumerate(ABOUT)), (6, 6, "ready")]


def test_the_folder_can_be_named_in_the_environment(tmp_path, trainings, monkeypatch):
    monkeypatch.setenv("DIVNET_CACHE", str(tmp_path / "named"))
    course_models()
    assert len(list((tmp_path / "named").glob("[!.]*.npz"))) == len(trainings) == 4


# ---- models of one's own


def test_own_models_are_found_beside_a_notebook_and_in_the_folder_itself(tmp_path):
    save_model("mine", DECK_WEIGHTS, folder=tmp_path)
    save_model("in a unit", DECK_WEIGHTS, folder=tmp_path / "09-presenting" / "my-models")
    models, problems = own_models(tmp_path)
    assert list(models) == ["in a unit", "mine"]
    assert problems == []
    # the weights' own rounding: ten digits of 33.3333 · 0.03
    assert quotients(models, 20, 5)["mine"] == pytest.approx(4, rel=1e-5)


def test_a_name_that_is_taken_gets_a_number(tmp_path):
    for place in ("one", "two"):
        save_model("by hand", DECK_WEIGHTS, folder=tmp_path / place / "my-models")
    assert list(own_models(tmp_path)[0]) == ["by hand (2)", "by hand (3)"]


def test_a_file_that_holds_no_model_is_left_out_and_said(tmp_path):
    save_model("mine", DECK_WEIGHTS, folder=tmp_path)
    (tmp_path / "broken.npz").write_text("no weights")
    models, problems = own_models(tmp_path)
    assert list(models) == ["mine"]
    [problem] = problems
    assert problem.startswith("broken.npz")


def test_without_a_folder_there_are_no_own_models(tmp_path):
    assert own_models(tmp_path / "nowhere") == ({}, [])
