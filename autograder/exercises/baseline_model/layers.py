"""Mistakes with a name in exercise ``baseline-model``: inputs, layers and activations."""

from __future__ import annotations

from autograder.kinds.keras_model import KERNELS, steady
from autograder.kinds.keras_model_mistakes import uses, when
from autograder.kinds.legacy import Misconception
from autograder.observers.built import parameters

LAYERS = (
    Misconception(
        "separate-inputs",
        "takes its two numbers as two separate inputs",
        "a and b are two inputs",
        "It asks for two arrays. The data of this unit are one array with two columns.",
        "What is the shape of one row of x, and what must keras.Input be told?",
        when(lambda k: k.model["inputs"] is not None and len(k.model["inputs"]) == 2),
    ),
    Misconception(
        "wrong-input-size",
        "expects another number of inputs",
        "the shape of an input is easily mistaken for the shape of the data",
        "It cannot take rows of two numbers.",
        "keras.Input is told the shape of one example, without the number of examples. What is it here?",
        when(lambda k: k.error and k.model["inputs"] not in (None, [[2]])),
    ),
    Misconception(
        "no-bias",
        "leaves the biases out",
        "w·x looks like the whole neuron",
        "It has six parameters: its neurons have no bias.",
        "What does each neuron add to its weighted sum, and how many such numbers are there?",
        when(lambda k: k.model["shapes"] and sorted(k.model["shapes"]) == sorted(KERNELS)),
    ),
    Misconception(
        "layers-swapped",
        "puts the single neuron first",
        "the order of the layers is quickly mixed up",
        "Its first layer has one neuron, its last one two.",
        "Follow a pair of numbers through your layers: how many numbers come out at the end?",
        when(lambda k: k.units == [1, 2]),
    ),
    Misconception(
        "one-layer",
        "has a single layer",
        "the two inputs look like two neurons",
        "It has one layer of neurons. The inputs are no neurons.",
        "Which neurons lie between the inputs and the output?",
        when(lambda k: len(k.units) == 1),
    ),
    Misconception(
        "two-outputs",
        "has more than one output",
        "two inputs, two neurons, two outputs: it looks regular",
        "It gives several numbers for each pair.",
        "How many quotients has a pair of numbers?",
        when(lambda k: len(k.units) == 2 and k.units[-1] > 1),
    ),
    Misconception(
        "other-width",
        "has another number of hidden neurons",
        "more neurons fit better",
        "Its hidden layer is not as wide as the deck's.",
        "With how many hidden neurons does the deck divide?",
        when(lambda k: len(k.units) == 2 and k.units[0] != 2),
    ),
    Misconception(
        "extra-layer",
        "has a layer too many",
        "deeper networks are better ones, one hears",
        "It has more layers with numbers to learn than were asked for.",
        "Count the parameters layer by layer: which layer belongs to none of the nine?",
        when(lambda k: len(k.units) >= 2 and parameters(k.model["shapes"]) > 9),
    ),
    Misconception(
        "frozen-weights",
        "forbids training to change some of the weights",
        "trainable=False is left over from an experiment",
        "Not all of its numbers can learn.",
        "What does model.summary() say about trainable parameters?",
        when(lambda k: k.model["trainable"] < parameters(k.model["shapes"])),
    ),
    Misconception(
        "dropout-added",
        "has a layer that is random in training",
        "the deck's search uses dropout",
        "In training it gives other numbers than in prediction, and not the same ones twice.",
        "Which of your layers behaves differently in training? A baseline comes without it.",
        when(lambda k: not steady(k.model)),
    ),
    Misconception(
        "no-activation",
        "has no activation at all",
        "Dense does something sensible by itself, it seems",
        "Both layers give their weighted sums as they are: the model is a straight line.",
        "What does Dense do to its sums if it is told nothing?",
        when(lambda k: len(k.activations) > 1 and set(k.activations) == {"linear"}),
    ),
    Misconception(
        "linear-output",
        "has no activation in the output layer",
        "for a regression the output is often left alone",
        "Its output is a weighted sum, which may be below 0 or above 1.",
        "The deck bends three neurons' sums. Which of them is not bent in yours?",
        when(uses("linear", at=-1)),
    ),
    Misconception(
        "linear-hidden",
        "has no activation in the hidden layer",
        "one activation, at the end, looks like enough",
        "Its hidden neurons give their weighted sums as they are.",
        "What do two layers do that one could not, if nothing is bent between them?",
        when(uses("linear", at=0)),
    ),
    Misconception(
        "softmax-output",
        "has a softmax at the end",
        "softmax gives numbers between 0 and 1",
        "Its output is 1 whatever comes in: a softmax shares 1 among all outputs.",
        "Among how many outputs does a softmax share, in this network?",
        when(uses("softmax", at=-1)),
    ),
    Misconception(
        "relu",
        "uses ReLU",
        "it is what most networks use today",
        "Somewhere it cuts negative sums off at 0.",
        "Which activation did the unit ask for, in which layers?",
        when(lambda k: "relu" in k.activations),
    ),
    Misconception(
        "tanh",
        "uses tanh",
        "tanh and the sigmoid have the same shape",
        "Somewhere its values lie between −1 and 1.",
        "Which of the two S-curves has its values between 0 and 1?",
        when(lambda k: "tanh" in k.activations),
    ),
)
