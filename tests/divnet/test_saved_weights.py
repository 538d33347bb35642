"""A file of weights holds plain numbers; any other file is one sentence, and runs nothing."""

from __future__ import annotations

import pickle
import threading
import zipfile
from typing import ClassVar

import numpy as np
import pytest

from divnet.network import DECK_WEIGHTS, divide
from divnet.saved_weights import LARGEST, SavedModel, load_model, save_model


@pytest.fixture
def path(tmp_path):
    return save_model("My model, 2", DECK_WEIGHTS, folder=tmp_path / "my-models")


def test_what_is_saved_comes_back(path):
    model = load_model(path)
    assert (model.name, model.activation) == ("My model, 2", "deck")
    for ours, theirs in zip(model.weights, DECK_WEIGHTS, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_a_loaded_model_computes_what_the_network_does(path):
    x = np.array([[20.0, 5.0], [1.0, 3.0], [19.99, 1.0]])
    expected = divide(x[:, :1], x[:, 1:])
    # matmul may add up in another order: an ulp of 33 · 0.5 in an exponent
    np.testing.assert_allclose(load_model(path)(x), expected, rtol=1e-14)


def test_the_file_is_named_after_the_model_and_the_same_name_replaces_it(path):
    assert path.name == "my-model-2.npz"
    again = save_model("My model, 2", DECK_WEIGHTS, "sigmoid", folder=path.parent)
    assert again == path
    assert load_model(path).activation == "sigmoid"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_more_hidden_neurons_are_welcome(tmp_path):
    rng = np.random.default_rng(1)
    weights = [rng.normal(size=shape).astype("float32") for shape in ((2, 20), (20,), (20, 1), (1,))]
    model = load_model(save_model("twenty", weights, "sigmoid", folder=tmp_path))
    assert model([[1, 2], [3, 4], [5, 6]]).shape == (3, 1)


@pytest.mark.parametrize(
    ("name", "weights", "activation", "says"),
    [
        ("", DECK_WEIGHTS, "deck", "1 to 40 characters"),
        ("x" * 41, DECK_WEIGHTS, "deck", "1 to 40 characters"),
        ("two\nlines", DECK_WEIGHTS, "deck", "1 to 40 characters"),
        ("relu", DECK_WEIGHTS, "relu", "expected 'deck' or 'sigmoid'"),
        ("three", DECK_WEIGHTS[:3], "deck", "expected W1"),
        ("turned", [w.T for w in DECK_WEIGHTS], "deck", "expected W1"),
        ("none", [], "deck", "expected W1"),
        ("nan", [w * np.nan for w in DECK_WEIGHTS], "deck", "NaN or infinite"),
        ("words", [w.astype(str) for w in DECK_WEIGHTS], "deck", "no plain numbers"),
        ("complex", [w.astype(complex) for w in DECK_WEIGHTS], "deck", "no plain numbers"),
        ("objects", [w.astype(object) for w in DECK_WEIGHTS], "deck", "no plain numbers"),
    ],
)
def test_what_the_page_could_not_use_is_refused_when_it_is_saved(tmp_path, name, weights, activation, says):
    with pytest.raises(ValueError, match=says):
        save_model(name, weights, activation, folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


class Trap:
    """Whoever unpickles it leaves a mark in `touched`."""

    touched: ClassVar[list[int]] = []

    def __reduce__(self):
        return self.touched.append, (1,)


def _pickle_as_npz(path):
    path.write_bytes(pickle.dumps(Trap()))


def _pickle_in_npz(path):
    np.savez(path, allow_pickle=True, W1=np.array([Trap()], dtype=object))


def _without_bias(path):
    np.savez(path, W1=np.zeros((2, 2)))


def _half(path):
    path.write_bytes(path.read_bytes()[:-100])


def _flipped(path):
    content = bytearray(path.read_bytes())
    content[200] ^= 255
    path.write_bytes(content)


def _inflated(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("W1.npy", bytes(2 * LARGEST))


def _promises_much(path):
    """An array's header that promises 10¹⁵ numbers, and none after it."""
    header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000000,), }".ljust(117) + b"\n"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("W1.npy", b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"x" * (LARGEST + 1)),
        lambda path: path.write_text("weights"),
        lambda path: path.unlink(),
        lambda path: (path.unlink(), path.mkdir()),
        _pickle_as_npz,
        _pickle_in_npz,
        _without_bias,
        _half,
        _flipped,
        _inflated,
        _promises_much,
    ],
)
def test_any_other_file_is_one_sentence_and_runs_nothing(path, spoil):
    spoil(path)
    with pytest.raises(ValueError, match=path.name) as refused:
        load_model(path)
    assert "\n" not in str(refused.value)
    assert Trap.touched == []


def test_who_reads_while_another_writes_finds_a_whole_file(path):
    stop = threading.Event()

    def write():
        while not stop.is_set():
            save_model("My model, 2", DECK_WEIGHTS, folder=path.parent)

    writers = [threading.Thread(target=write) for _ in range(3)]
    for writer in writers:
        writer.start()
    try:
        for _ in range(200):
            assert isinstance(load_model(path), SavedModel)
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert [file.name for file in path.parent.iterdir()] == [path.name]
