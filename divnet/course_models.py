"""Every model of this course that divides, each trained the first time it is asked for and kept as a file.

What they have in common: two inputs, two hidden neurons, one output; called with pairs (n, 2) they give
quotient/100. The trained ones are real Keras models. Training them takes seconds; their weights are kept in
the cache folder as plain numbers (`divnet.saved_weights`) with a note of how they came about. A file that is
damaged, or whose note is not today's, is made again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from divnet.network import DECK_WEIGHTS, Weights, divide
from divnet.saved_weights import SavedModel, load_model, write_model
from divnet.training.progress import reporting

if TYPE_CHECKING:
    import keras

    from divnet.comparing import Model

SEED = 1
STARTS = (1, 2, 3, 4)
LOCK_SECONDS = 120.0
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class About:
    """What a reader must know of a model: how it came to its nine numbers, and where it computes."""

    name: str
    how: str
    curve: str  # of divnet.tensorflow_activation, or a name that Keras knows
    trained: str = ""  # "" (set by hand), "Adam" or "Levenberg–Marquardt"


BY_HAND = About(
    "by hand",
    "The deck's nine numbers, set by hand; a plain function in NumPy, with 16 digits. Unit 02.",
    "deck",
)
IN_KERAS = About(
    "by hand, in Keras",
    "The same nine numbers in a Keras model, which computes with 7 digits. Unit 07.",
    "tf_activation",
)
SIGMOID = About(
    "sigmoid, trained",
    "Two ordinary neurons, trained with Adam for 67 500 steps. Unit 03.",
    "sigmoid",
    "Adam",
)
OWN_ACTIVATION = About(
    "own activation, trained",
    "The activation made for division, its slopes found by TensorFlow; the same training. Unit 04.",
    "tf_activation",
    "Adam",
)
OWN_GRADIENT = About(
    "own gradient, trained",
    "The same activation with its slopes written by hand, from the same start. Unit 06.",
    "custom_activation",
    "Adam",
)
LEARNED = About(
    "learned exactly",
    "Nine numbers found by Levenberg–Marquardt from a random start; in NumPy, with 16 digits. Unit 08.",
    "deck",
    "Levenberg–Marquardt",
)
ABOUT = {about.name: about for about in (BY_HAND, IN_KERAS, SIGMOID, OWN_ACTIVATION, OWN_GRADIENT, LEARNED)}


def course_models(folder: str | Path | None = None, progress: Progress | bool = True) -> dict[str, Model]:
    """Return the six models by name: Keras models and plain functions, each taking pairs (n, 2).

    folder: where weights are kept; left out, the user's cache folder, or what DIVNET_CACHE names.
    progress: True draws a bar where models are trained; a function is called as progress(done, of, name)
        before each model and once at the end.
    Where the folder cannot be written, the models are trained and not kept.
    """
    place = Path(folder or os.environ.get("DIVNET_CACHE") or _cache_folder())
    models: dict[str, Model] = {}
    tell: Progress = progress if callable(progress) else lambda *_: None
    with reporting(progress is True, len(ABOUT)) as bar:
        for done, about in enumerate(ABOUT.values()):
            bar(done)
            tell(done, len(ABOUT), about.name)
            models[about.name] = _model(about, place)
        bar(len(ABOUT))
    tell(len(ABOUT), len(ABOUT), "ready")
    return models


def own_models(folder: str | Path) -> tuple[dict[str, Model], list[str]]:
    """Return the models saved by `save_model` below a folder, and a sentence for each file that is none.

    Looked at are *.npz in the folder itself and in */my-models/; a name that is taken gets a number.
    """
    models: dict[str, Model] = {}
    problems = []
    for path in sorted([*Path(folder).glob("[!.]*.npz"), *Path(folder).glob("*/my-models/[!.]*.npz")]):
        try:
            model = load_model(path)
        except ValueError as problem:
            problems.append(str(problem))
            continue
        names = [model.name, *(f"{model.name} ({n})" for n in range(2, len(models) + len(ABOUT) + 3))]
        models[next(name for name in names if name not in models and name not in ABOUT)] = model
    return models, problems


def _model(about: About, folder: Path) -> Model:
    weights = _kept_weights(about, folder) if about.trained else DECK_WEIGHTS
    if about.curve == "deck":
        return lambda x: divide(x[:, :1], x[:, 1:], weights)
    model = _keras_model(about)
    model.set_weights(list(weights))
    return model


def _kept_weights(about: About, folder: Path) -> Weights:
    """Return the weights in the model's file, after training where it holds none of today's."""
    from filelock import FileLock, Timeout

    path = folder / f"{about.name.replace(', ', '-').replace(' ', '-')}.npz"
    if (weights := _read(path, about)) is not None:
        return weights
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".training.lock", timeout=LOCK_SECONDS):
            if (weights := _read(path, about)) is not None:  # another process was at it
                return weights
            weights = _train(about)
            write_model(path, SavedModel(about.name, tuple(weights), _stored_curve(about), _note(about)))
            return weights
    except (OSError, Timeout):  # a folder that cannot be written, a lock that stays
        return weights if weights is not None else _train(about)


def _read(path: Path, about: About) -> Weights | None:
    try:
        model = load_model(path)
    except ValueError:
        return None
    fits = model.note == _note(about) and model.weights[1].shape == (2,)
    return Weights(*model.weights) if fits else None


def _train(about: About) -> Weights:
    if about.trained == "Levenberg–Marquardt":
        from divnet.training.least_squares import learn_to_divide

        return learn_to_divide(SEED).weights
    from divnet.data import division_data
    from divnet.training import train_over_seeds

    x, y = division_data(24_000, np.random.default_rng(SEED))
    runs = train_over_seeds(
        lambda seed: _keras_model(about, seed), STARTS, x, y, batch_size=32, epochs=90, progress=False
    )
    best = int(np.argmin(runs.losses[:, -1]))
    return Weights(*(np.asarray(w, dtype=np.float64) for w in runs.weights[best]))


def _keras_model(about: About, seed: int = SEED) -> keras.Model:
    from divnet import tensorflow_activation
    from divnet.division_models import division_model

    return division_model(getattr(tensorflow_activation, about.curve, about.curve), seed=seed)


def _stored_curve(about: About) -> str:
    return "sigmoid" if about.curve == "sigmoid" else "deck"


def _note(about: About) -> str:
    """Say what the weights depend on: the description and the programs that train."""
    return f"{about.curve}, {about.trained}, programs {_programs()}"


@cache
def _programs() -> str:
    """Return a digest of the modules that data, models and training consist of."""
    here = Path(__file__).parent
    names = ("activation", "course_models", "data", "division_models", "network", "tensorflow_activation")
    files = [here / f"{name}.py" for name in names] + sorted((here / "training").glob("*.py"))
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:16]


def _cache_folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("learning-to-divide", appauthor=False)
