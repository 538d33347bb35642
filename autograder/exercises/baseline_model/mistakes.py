"""Mistakes with a name in exercise ``baseline-model``."""

from __future__ import annotations

from autograder.exercise import Mistake
from autograder.exercises.baseline_model.probe import PROBE
from autograder.kinds.keras_model import ANY, Observation
from autograder.kinds.keras_model_mistakes import FROZEN_WEIGHTS, NO_MODEL, NOT_READY, loss_raises, when

KERNELS = [[2, 1], [2, 2]]
"""The shapes of the two matrices of weights."""

RIGHT_SHAPES = sorted(PROBE.shapes)

ADAM_LIKE = ("AdamW", "Adamax", "Nadam", "Lion")

MISTAKES: tuple[Mistake[Observation], ...] = (
    *NO_MODEL,
    Mistake(
        "separate-inputs",
        did="takes its two numbers as two separate inputs",
        tempting="a and b are two inputs",
        shows="It asks for two arrays. The data of this unit are one array with two columns.",
        hint="What is the shape of one row of x, and what must keras.Input be told?",
        fits=when(lambda m: m.inputs is not None and len(m.inputs) == 2),
    ),
    Mistake(
        "wrong-input-size",
        did="expects another number of inputs",
        tempting="the shape of an input is easily mistaken for the shape of the data",
        shows="By the shape that it was told, an example is something else than two numbers in a row.",
        hint="keras.Input is told the shape of one example, without the number of examples. What is it here?",
        fits=when(
            lambda m: m.inputs not in (None, [], [[2]]) and (m.error or sorted(m.shapes) != RIGHT_SHAPES)
        ),
    ),
    Mistake(
        "no-bias",
        did="leaves biases out",
        tempting="w·x looks like the whole neuron",
        shows="The weights are all there, but not the three biases.",
        hint="What does each neuron add to its weighted sum, and how many such numbers are there?",
        fits=when(lambda m: sorted(m.shapes) in ([[2, 1], [2, 2]], [[1], *KERNELS], [[2], *KERNELS])),
    ),
    Mistake(
        "layers-swapped",
        did="puts the single neuron first",
        tempting="the order of the layers is quickly mixed up",
        shows="Its first layer has one neuron, its last one two.",
        hint="Follow a pair of numbers through your layers: how many numbers come out at the end?",
        wrong={"units": (1, 2)},
    ),
    Mistake(
        "one-layer",
        did="has a single layer",
        tempting="the two inputs look like two neurons",
        shows="It has one layer of neurons. The inputs are no neurons.",
        hint="Which neurons lie between the inputs and the output?",
        fits=when(lambda m: len(m.units) == 1),
    ),
    Mistake(
        "two-outputs",
        did="has more than one output",
        tempting="two inputs, two neurons, two outputs: it looks regular",
        shows="It gives several numbers for each pair.",
        hint="How many quotients has a pair of numbers?",
        fits=when(lambda m: len(m.units) == 2 and m.units[-1] > 1),
    ),
    Mistake(
        "other-width",
        did="has another number of hidden neurons",
        tempting="more neurons fit better",
        shows="Its hidden layer is not as wide as the deck's.",
        hint="With how many hidden neurons does the deck divide?",
        fits=when(lambda m: len(m.units) == 2 and m.units[0] != 2),
    ),
    Mistake(
        "extra-layer",
        did="has a layer too many",
        tempting="deeper networks are better ones, one hears",
        shows="It has more layers with numbers to learn than were asked for.",
        hint="Count the parameters layer by layer: which layer belongs to none of the nine?",
        fits=when(lambda m: len(m.units) >= 2 and m.trainable > 9),
    ),
    FROZEN_WEIGHTS,
    Mistake(
        "dropout-added",
        did="has a layer that works differently in training",
        tempting="the deck's search uses dropout",
        shows="In training it gives other numbers than in prediction.",
        hint="Which of your layers behaves differently in training? A baseline comes without it.",
        fits=when(lambda m: not m.steady),
    ),
    Mistake(
        "no-activation",
        did="has no activation at all",
        tempting="Dense does something sensible by itself, it seems",
        shows="Both layers give their weighted sums as they are: the model is a straight line.",
        hint="What does Dense do to its sums if it is told nothing?",
        wrong={"activations": ("linear", "linear")},
    ),
    Mistake(
        "linear-output",
        did="has no activation in the output layer",
        tempting="for a regression the output is often left alone",
        shows="Its output is a weighted sum, which may be below 0 or above 1.",
        hint="The deck bends three neurons' sums. Which of them is not bent in yours?",
        wrong={"activations": (ANY, "linear")},
    ),
    Mistake(
        "linear-hidden",
        did="has no activation in the hidden layer",
        tempting="one activation, at the end, looks like enough",
        shows="Its hidden neurons give their weighted sums as they are.",
        hint="What do two layers do that one could not, if nothing is bent between them?",
        wrong={"activations": ("linear", ANY)},
    ),
    Mistake(
        "softmax-output",
        did="has a softmax at the end",
        tempting="softmax gives numbers between 0 and 1",
        shows="Its output is 1 whatever comes in: a softmax shares 1 among all outputs.",
        hint="Among how many outputs does a softmax share, in this network?",
        wrong={"activations": (ANY, "softmax")},
    ),
    Mistake(
        "relu",
        did="uses ReLU",
        tempting="it is what most networks use today",
        shows="Somewhere it cuts negative sums off at 0.",
        hint="Which activation did the unit ask for, in which layers?",
        wrong=({"activations": ("relu", ANY)}, {"activations": (ANY, "relu")}),
    ),
    Mistake(
        "tanh",
        did="uses tanh",
        tempting="tanh and the sigmoid have the same shape",
        shows="Somewhere its values lie between −1 and 1.",
        hint="Which of the two S-curves has its values between 0 and 1?",
        wrong=({"activations": ("tanh", ANY)}, {"activations": (ANY, "tanh")}),
    ),
    Mistake(
        "sigmoid-twice",
        did="applies the sigmoid twice in a row",
        tempting="an activation can be told to Dense, or be a layer of its own",
        shows="Somewhere the sigmoid is applied to the result of another sigmoid.",
        hint="Your layers name the sigmoid in two ways. How many of them does each neuron need?",
        fits=when(lambda m: "sigmoid twice" in m.activations),
    ),
    Mistake(
        "other-activation",
        did="has another activation than the sigmoid",
        tempting="Keras has many, and some names are nearly alike",
        shows="Not all of its neurons have the sigmoid.",
        hint="Which activation did the exercise ask for, in which layers?",
        fits=when(lambda m: any(name != "sigmoid" for name in m.activations)),
    ),
    Mistake(
        "other-outputs",
        did="does something else with its numbers than two layers of sigmoids do",
        tempting="there are many things that can be put between two layers",
        shows="With the same weights, two dense layers of sigmoids would give other numbers.",
        hint="What does your model do besides the weighted sums, the biases and the sigmoids?",
        fits=when(lambda m: not m.error and sorted(m.shapes) == RIGHT_SHAPES and not m.activations),
    ),
    Mistake(
        "no-input",
        did="does not say how many inputs it has",
        tempting="Keras finds it out from the first data",
        shows="Until then it has no weights, and nothing can be counted.",
        hint="Which line in front of the layers tells Keras the shape of one example?",
        fits=when(lambda m: m.counted is None and sorted(m.shapes) == RIGHT_SHAPES),
    ),
    Mistake(
        "not-new",
        did="gives a model with the weights of the one that it gave before",
        tempting="a model that was made once is at hand",
        shows="Whoever trains the one trains the other too: they share their weights.",
        hint="Which of the lines that make the model and its layers must run at each call?",
        fits=when(lambda m: not m.new),
    ),
    *NOT_READY,
    Mistake(
        "numpy-loss",
        did="has a loss that works on NumPy's arrays only",
        tempting="mean_absolute_error was written a moment ago",
        shows="Keras compiles the loss into its training. In there NumPy cannot read the numbers.",
        hint="Which name does Keras itself have for this loss?",
        fits=loss_raises("numpy", "symbolic"),
    ),
    Mistake(
        "regularised",
        did="adds a penalty on its weights to the loss",
        tempting="regularisers are said to help",
        shows="Its loss is not the error alone: a penalty is added to it.",
        hint=(
            "How large should the weights of this network be allowed to become? Remember the deck's 33.3333."
        ),
        fits=when(lambda m: m.penalised),
    ),
    Mistake(
        "squared-loss",
        did="has the mean squared error as its loss",
        tempting="the warm-up's loss was the mean squared error",
        shows="Its loss squares the errors.",
        hint="By which error are the models of this unit compared?",
        wrong={"loss": "mean_squared_error"},
    ),
    Mistake(
        "percentage-loss",
        did="has a relative error as its loss",
        tempting="the names differ by one word, or by one letter",
        shows="Its loss divides each error by the target.",
        hint="Should an error count more where the quotient is small?",
        wrong={"loss": "mean_absolute_percentage_error"},
    ),
    Mistake(
        "cross-entropy-loss",
        did="has a cross-entropy as its loss",
        tempting="a sigmoid at the end often comes with it",
        shows="Its loss is meant for yes and no, not for a number.",
        hint="Is a quotient a class, or a number?",
        wrong={"loss": "binary_crossentropy"},
    ),
    Mistake(
        "other-loss",
        did="has another loss",
        tempting="many names of losses look alike",
        shows="Its loss is not the mean absolute error.",
        hint="How large is the mean of |answer − prediction|, over all rows, and what does your loss give?",
        fits=when(lambda m: m.loss is not None and "mean_absolute_error" not in m.losses),
    ),
    Mistake(
        "adam-relative",
        did="has one of Adam's relatives as its optimiser",
        tempting="the names differ by a few letters",
        shows="The optimiser is a relative of the one that was asked for.",
        hint="Compare the optimiser's name letter by letter. The relatives have their turn in the search.",
        wrong=tuple({"optimizer": name} for name in ADAM_LIKE),
    ),
    Mistake(
        "other-optimizer",
        did="has another optimiser",
        tempting="the warm-up used SGD, and compile chooses one by itself if it is told none",
        shows="Its optimiser is another one than asked for.",
        hint="Which optimiser stands in model.optimizer, and which should?",
        fits=when(lambda m: m.optimizer not in ("", "Adam", *ADAM_LIKE)),
    ),
)
