"""Weights in a file of plain numbers: NumPy's .npz, read in the way that can never run a program.

A file holds W1 (2, k), b1 (k,), W2 (k, 1), b2 (1,), the name of an activation, a name for the page, and a
note on where the weights come from. A pickle could hold all that as well; but to load a pickle is to run it.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from divnet.activation import activation
from divnet.network import sigmoid

ACTIVATIONS = {"deck": activation, "sigmoid": sigmoid}
MODELS_FOLDER = "my-models"
LARGEST = 1_000_000  # bytes, of a file and of each array in it: nobody's network here needs more
LONGEST_NAME = 40
_SHAPES = "W1 (2, k), b1 (k,), W2 (k, 1), b2 (1,)"


@dataclass(frozen=True)
class SavedModel:
    """A network with one hidden layer as it stands in a file; called with x (n, 2), it gives (n, 1)."""

    name: str
    weights: tuple[np.ndarray, ...]
    activation: str = "deck"
    note: str = ""

    def __call__(self, x: ArrayLike) -> np.ndarray:
        W1, b1, W2, b2 = self.weights
        curve = ACTIVATIONS[self.activation]
        return curve(curve(np.asarray(x, dtype=np.float64) @ W1 + b1) @ W2 + b2)


def save_model(
    name: str, weights: Sequence[ArrayLike], activation: str = "deck", folder: str | Path = MODELS_FOLDER
) -> Path:
    """Save the weights of a network of one's own where `course app` finds them; return the file's path.

    name: what the page calls it, at most 40 characters; the same name again replaces the file.
    weights: W1 (2, k), b1 (k,), W2 (k, 1), b2 (1,), as a Keras model's get_weights() lists them.
    activation: of both layers, "deck" or "sigmoid".
    Errors: a ValueError of one sentence where the page could not use them.
    """
    model = checked(SavedModel(name, tuple(np.asarray(w) for w in weights), activation))
    file = "-".join(re.findall(r"\w+", name.lower())) or "model"
    path = Path(folder) / f"{file}.npz"
    write_model(path, model)
    return path


def load_model(path: str | Path) -> SavedModel:
    """Read one file of weights, whoever made it; raises ValueError, in one sentence, where it is none."""
    path = Path(path)
    try:
        content = _plain_arrays(path)
        words = {key: str(content.get(key, "")) for key in ("name", "activation", "note")}
        weights = tuple(content[key] for key in ("W1", "b1", "W2", "b2"))
        return checked(SavedModel(words["name"] or path.stem, weights, words["activation"], words["note"]))
    except KeyError as missing:
        raise ValueError(f"{path.name}: it has no array {missing}; expected {_SHAPES}.") from None
    except (ValueError, zipfile.BadZipFile, EOFError, OSError, MemoryError, NotImplementedError) as problem:
        raise ValueError(f"{path.name}: {problem or type(problem).__name__}") from None


def write_model(path: Path, model: SavedModel) -> None:
    """Write a file in one move: whoever reads at the same time finds the old one or the new, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = dict(zip(("W1", "b1", "W2", "b2"), model.weights, strict=True))
    words = {"name": model.name, "activation": model.activation, "note": model.note}
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".npz", delete=False) as file:
        try:
            np.savez(file, allow_pickle=False, **arrays, **{k: np.array(v) for k, v in words.items()})
            file.close()
            Path(file.name).replace(path)
        except BaseException:
            file.close()
            Path(file.name).unlink(missing_ok=True)
            raise


def checked(model: SavedModel) -> SavedModel:
    """Return the model with its weights in float64; raises ValueError where they are no such network's."""
    if not (0 < len(model.name) <= LONGEST_NAME and model.name.isprintable()):
        raise ValueError(f"a name has 1 to {LONGEST_NAME} characters, this is {model.name[:60]!r}.")
    if model.activation not in ACTIVATIONS:
        known = " or ".join(map(repr, ACTIVATIONS))
        raise ValueError(f"the activation is {model.activation!r}; expected {known}.")
    shapes = [np.shape(w) for w in model.weights]
    k = shapes[0][-1] if shapes and shapes[0] else 0
    if k < 1 or shapes != [(2, k), (k,), (k, 1), (1,)]:
        got = ", ".join(map(str, shapes))
        raise ValueError(f"the weights have the shapes {got}; expected {_SHAPES}.")
    if not all(w.dtype.kind in "iuf" for w in model.weights):
        raise ValueError("the weights are no plain numbers.")
    if not all(np.all(np.isfinite(w)) for w in model.weights):
        raise ValueError("a weight is NaN or infinite.")
    weights = tuple(w.astype(np.float64) for w in model.weights)
    return SavedModel(model.name, weights, model.activation, model.note)


def _plain_arrays(path: Path) -> Mapping[str, np.ndarray]:
    """Return what is in the file, each array small and of plain numbers or words; a pickle is refused."""
    if path.stat().st_size > LARGEST:
        raise ValueError(f"it is larger than {LARGEST} bytes.")
    if not zipfile.is_zipfile(path):
        raise ValueError("this is no .npz file, or a damaged one.")
    with zipfile.ZipFile(path) as archive:
        if any(part.file_size > LARGEST for part in archive.infolist()):
            raise ValueError(f"an array in it is larger than {LARGEST} bytes.")
    with np.load(path, allow_pickle=False) as content:
        return {key: content[key] for key in content.files}
