"""What is tried in exercise ``baseline-model``: the model with given weights, and its compiled loss."""

from __future__ import annotations

from autograder.kinds.keras_model import KerasModel

PROBE = KerasModel(
    inputs=2,
    units=(2, 1),
    activations=("sigmoid", "sigmoid"),
    optimizer="Adam",
    learning_rate=0.001,
    loss="mean_absolute_error",
    seed=2,
    points=((-2.0, 1.0), (0.5, -1.5), (1.0, 2.0), (3.0, -0.5), (0.0, 0.0), (-1.0, -1.0), (2.0, -3.0)),
    y_true=((0.1,), (0.5,), (0.75,)),
    y_pred=((0.2,), (0.5,), (0.25,)),
)
