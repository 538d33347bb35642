"""Mistakes with a name in exercise ``baseline-model``: what comes back, and how it is compiled."""

from __future__ import annotations

from autograder.exercises.baseline_model.layers import LAYERS
from autograder.kinds.keras_model import penalised
from autograder.kinds.keras_model_mistakes import class_came_back, comes_back, when
from autograder.kinds.legacy import Misconception

ADAM_LIKE = ("AdamW", "Adamax", "Nadam", "Lion")

MISTAKES = (
    Misconception(
        "class-not-model",
        "gives a class, not a model of that class",
        "a class is what one has just written",
        "It gives the plan of a model, and no model was built after it.",
        "What makes an object of a class?",
        class_came_back,
    ),
    Misconception(
        "history-not-model",
        "gives what fit returns",
        "the training stands in the last line",
        "It gives the history of a training, not the model.",
        "Which name should stand behind return, and should this function train at all?",
        comes_back("History"),
    ),
    *LAYERS,
    Misconception(
        "not-compiled",
        "is not compiled",
        "the layers are all there",
        "The layers are right or nearly so. But nobody said how to train them.",
        "Which call tells a Keras model its optimiser and its loss?",
        when(lambda k: not k.model["compiled"]),
    ),
    Misconception(
        "no-loss",
        "is compiled without a loss",
        "metrics and loss look alike",
        "It has nothing to make small. A metric is only shown, never trained on.",
        "Which argument of compile is what training makes small?",
        when(lambda k: "loss" in k.loss_error.lower() and "provide" in k.loss_error.lower()),
    ),
    Misconception(
        "numpy-loss",
        "has a loss that works on NumPy's arrays only",
        "mean_absolute_error was written a moment ago",
        "Keras compiles the loss into its training, and inside there NumPy cannot read the numbers.",
        "Which name does Keras itself have for this loss?",
        when(lambda k: k.model["losses"] and k.model["losses"][0]["value"] is None),
    ),
    Misconception(
        "regularised",
        "adds a penalty on its weights to the loss",
        "regularisers are said to help",
        "Its loss is larger than the error: the weights themselves are part of it.",
        "How large should the weights of this network be allowed to become? Remember the deck's 33.3333.",
        when(lambda k: penalised(k.model)),
    ),
    Misconception(
        "squared-loss",
        "has the mean squared error as its loss",
        "the warm-up's loss was the mean squared error",
        "Its loss squares the errors.",
        "By which error are the models of this unit compared?",
        when(lambda k: "mean squared error" in k.losses),
    ),
    Misconception(
        "percentage-loss",
        "has a relative error as its loss",
        "the names differ by one word, or by one letter",
        "Its loss divides each error by the target.",
        "Should an error count more where the quotient is small?",
        when(lambda k: "mean absolute percentage error" in k.losses),
    ),
    Misconception(
        "cross-entropy-loss",
        "has a cross-entropy as its loss",
        "a sigmoid at the end often comes with it",
        "Its loss is meant for yes and no, not for a number.",
        "Is a quotient a class, or a number?",
        when(lambda k: "binary cross-entropy" in k.losses),
    ),
    Misconception(
        "adam-relative",
        "has one of Adam's relatives as its optimiser",
        "the names differ by a few letters",
        "The optimiser is a relative of the one that was asked for.",
        "Compare the optimiser's name letter by letter. The relatives have their turn in the search.",
        when(lambda k: k.optimizer in ADAM_LIKE),
    ),
    Misconception(
        "other-optimizer",
        "has another optimiser",
        "the warm-up used SGD, and compile chooses one by itself if it is told none",
        "Its optimiser is another one than asked for.",
        "Which optimiser stands in model.optimizer, and which should?",
        when(lambda k: k.optimizer and k.optimizer not in ("Adam", *ADAM_LIKE)),
    ),
)
