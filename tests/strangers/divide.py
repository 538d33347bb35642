"""Students' answers to "divide": check("divide", answer), answer = a function of a, b, activation."""

import numpy as np

CASES = []


def right(name):
    def keep(function):
        CASES.append((name, function, "right", ""))
        return function
    return keep


def wrong(name, mistake):
    def keep(function):
        CASES.append((name, function, "wrong", mistake))
        return function
    return keep


def own_activation(x):  # the student's own, from the exercise before
    return np.where(
        np.asarray(x) <= 0,
        1.359140915 * np.exp(np.minimum(x, 0) - 1.0),
        np.where(
            np.asarray(x) <= 15,
            0.03 * np.log(1_000_000 * np.clip(x, 0, 15) + 1) + 0.5,
            1 - 1 / (109.0858178 * np.maximum(x, 15) - 1403.359435),
        ),
    )


# ---------------------------------------------------------------- right

@right("three lines")
def r1(a, b, activation):
    first = activation(1e-6 * a - 1e-6)
    second = activation(1e-6 * b - 1e-6)
    return activation(33.3333 * first - 33.3333 * second - 3.912023)


@right("factor taken out")
def r2(a, b, activation):
    h1, h2 = (activation((z - 1) * 0.000001) for z in (a, b))
    return activation(33.3333 * (h1 - h2) - 3.912023)


@right("all nine weights with their zeros")
def r3(a, b, activation):
    hidden_1 = activation(10**-6 * a + 0 * b - 10**-6)
    hidden_2 = activation(0 * a + 10**-6 * b - 10**-6)
    out = 33.3333 * hidden_1 + (-33.3333) * hidden_2 + (-3.912023)
    return activation(out)


@right("arrays made of a and b first")
def r4(a, b, activation):
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    hidden = [activation(1e-6 * n - 1e-6) for n in (a, b)]
    return activation(hidden[0] * 33.3333 + hidden[1] * -33.3333 + -3.912023)


@right("matrices after broadcasting")
def r5(a, b, activation):
    W1 = np.array([[1e-6, 0.0], [0.0, 1e-6]])
    W2 = np.array([33.3333, -33.3333])
    pairs = np.stack(np.broadcast_arrays(a, b), axis=-1)
    return activation(activation(pairs @ W1 - 1e-6) @ W2 - 3.912023)


@right("a neuron as a helper")
def r6(a, b, activation):
    def neuron(x1, x2, w1, w2, bias):
        return activation(x1 * w1 + x2 * w2 + bias)

    up = neuron(a, b, 1e-6, 0, -1e-6)
    down = neuron(a, b, 0, 1e-6, -1e-6)
    return neuron(up, down, 33.3333, -33.3333, -3.912023)


CASES.append((
    "lambda with g",
    lambda a, b, g: g(-3.912023 - 33.3333 * g(-1e-6 + b / 1e6) + 33.3333 * g(-1e-6 + a / 1e6)),
    "right", "",
))


# ---------------------------------------------------------------- wrong

@wrong("plain division", "a/b/100: the activation is not used")
def w1(a, b, activation):
    return a / b / 100


@wrong("last activation missing", "the output neuron's activation is forgotten")
def w2(a, b, activation):
    h1 = activation(1e-6 * a - 1e-6)
    h2 = activation(1e-6 * b - 1e-6)
    return 33.3333 * h1 - 33.3333 * h2 - 3.912023


@wrong("own activation", "uses the own activation in place of the one handed in")
def w3(a, b, activation):
    h1 = own_activation(1e-6 * a - 1e-6)
    h2 = own_activation(1e-6 * b - 1e-6)
    return own_activation(33.3333 * h1 - 33.3333 * h2 - 3.912023)


@wrong("b - a", "the signs of the output weights are swapped: b/a")
def w4(a, b, activation):
    h1 = activation(1e-6 * a - 1e-6)
    h2 = activation(1e-6 * b - 1e-6)
    return activation(-33.3333 * h1 + 33.3333 * h2 - 3.912023)


@wrong("plus bias", "the hidden biases are +10^-6")
def w5(a, b, activation):
    h1 = activation(1e-6 * a + 1e-6)
    h2 = activation(1e-6 * b + 1e-6)
    return activation(33.3333 * h1 - 33.3333 * h2 - 3.912023)


@wrong("the listing's bias", "second bias -0.0000001 as in the deck's misprint")
def w6(a, b, activation):
    h1 = activation(0.000001 * a - 0.000001)
    h2 = activation(0.000001 * b - 0.0000001)
    return activation(33.3333 * h1 - 33.3333 * h2 - 3.912023)


@wrong("rounded to 33.3", "33.3 in place of 33.3333")
def w7(a, b, activation):
    return activation(33.3 * (activation(1e-6 * a - 1e-6) - activation(1e-6 * b - 1e-6)) - 3.912023)


@wrong("10e-6", "10e-6 is ten times 10^-6")
def w8(a, b, activation):
    h1 = activation(10e-6 * a - 10e-6)
    h2 = activation(10e-6 * b - 10e-6)
    return activation(33.3333 * h1 - 33.3333 * h2 - 3.912023)


@wrong("output bias positive", "+3.912023")
def w9(a, b, activation):
    h1 = activation(1e-6 * a - 1e-6)
    h2 = activation(1e-6 * b - 1e-6)
    return activation(33.3333 * h1 - 33.3333 * h2 + 3.912023)


@wrong("biases forgotten in the hidden layer", "no hidden biases")
def w10(a, b, activation):
    h1 = activation(1e-6 * a)
    h2 = activation(1e-6 * b)
    return activation(33.3333 * h1 - 33.3333 * h2 - 3.912023)


@wrong("hidden activations missing", "the activation is applied only once, at the end")
def w11(a, b, activation):
    h1 = 1e-6 * a - 1e-6
    h2 = 1e-6 * b - 1e-6
    return activation(33.3333 * h1 - 33.3333 * h2 - 3.912023)


@wrong("logarithm by hand", "computes ln and exp: right with the deck's activation only")
def w12(a, b, activation):
    return 0.5 * np.exp(np.log(a) - np.log(b) - 3.912023)


@wrong("stacked", "np.array([a, b]) needs equal shapes, and @ the pairs in rows")
def w13(a, b, activation):
    W1 = np.array([[1e-6, 0], [0, 1e-6]])
    h = activation(np.array([a, b]) @ W1 - 1e-6)
    return activation(h @ np.array([33.3333, -33.3333]) - 3.912023)


@wrong("a twice", "copied line: the second hidden neuron looks at a too")
def w14(a, b, activation):
    h1 = activation(1e-6 * a - 1e-6)
    h2 = activation(1e-6 * a - 1e-6)
    return activation(33.3333 * h1 - 33.3333 * h2 - 3.912023)


@wrong("result of the example", "0.04 always")
def w15(a, b, activation):
    return 0.03999994478806479


@wrong("bias first, inside the bracket", "1e-6 * (a - 1e-6): the bias is multiplied too")
def w16(a, b, activation):
    h1 = activation(1e-6 * (a - 1e-6))
    h2 = activation(1e-6 * (b - 1e-6))
    return activation(33.3333 * h1 - 33.3333 * h2 - 3.912023)


@wrong("output as a column", "(…, 1) as in Keras: a new axis for the output neuron")
def w17(a, b, activation):
    h1 = activation(1e-6 * a - 1e-6)
    h2 = activation(1e-6 * b - 1e-6)
    out = activation(33.3333 * h1 - 33.3333 * h2 - 3.912023)
    return np.expand_dims(out, axis=-1)


@wrong("printed", "prints the output, returns None")
def w18(a, b, activation):
    h1 = activation(1e-6 * a - 1e-6)
    h2 = activation(1e-6 * b - 1e-6)
    print(activation(33.3333 * h1 - 33.3333 * h2 - 3.912023))


@wrong("times 100", "gives a/b, multiplied back by 100")
def w19(a, b, activation):
    h1 = activation(1e-6 * a - 1e-6)
    h2 = activation(1e-6 * b - 1e-6)
    return 100 * activation(33.3333 * h1 - 33.3333 * h2 - 3.912023)


@wrong("every pair", "np.outer style: each a with each b, in place of elementwise")
def w20(a, b, activation):
    h1 = activation(1e-6 * np.ravel(a) - 1e-6)
    h2 = activation(1e-6 * np.ravel(b) - 1e-6)
    return activation(33.3333 * (h1[:, None] - h2[None, :]) - 3.912023)


@wrong("one number at a time", "float(a): arrays raise a TypeError")
def w21(a, b, activation):
    a, b = float(a), float(b)
    h1 = activation(1e-6 * a - 1e-6)
    h2 = activation(1e-6 * b - 1e-6)
    return float(activation(33.3333 * h1 - 33.3333 * h2 - 3.912023))


@wrong("in place", "a *= 1e-6 overwrites the caller's array (and fails for integers)")
def w22(a, b, activation):
    a *= 1e-6
    b *= 1e-6
    h1 = activation(a - 1e-6)
    h2 = activation(b - 1e-6)
    return activation(33.3333 * h1 - 33.3333 * h2 - 3.912023)


@wrong("no minus between", "both output weights positive: multiplies")
def w23(a, b, activation):
    h1 = activation(1e-6 * a - 1e-6)
    h2 = activation(1e-6 * b - 1e-6)
    return activation(33.3333 * (h1 + h2) - 3.912023)


@wrong("zip", "zip over a and b: single numbers raise a TypeError")
def w24(a, b, activation):
    out = []
    for p, q in zip(a, b):
        h1, h2 = activation(1e-6 * p - 1e-6), activation(1e-6 * q - 1e-6)
        out.append(activation(33.3333 * h1 - 33.3333 * h2 - 3.912023))
    return np.array(out)


TRUE_NAMES = {
    "plain division": "plain-division",
    "last activation missing": "forgot-output-activation",
    "own activation": "ignores-activation",
    "b - a": "swapped-inputs",
    "plus bias": "hidden-bias-sign",
    "the listing's bias": "listing-hidden-bias",
    "rounded to 33.3": "rounded-constant",
    "10e-6": "input-weights",
    "output bias positive": "output-bias-sign",
    "biases forgotten in the hidden layer": "forgot-hidden-bias",
    "hidden activations missing": "forgot-hidden-activation",
    "logarithm by hand": "plain-division",
    "stacked": "scalar-only",
    "a twice": "same-input-twice",
    "result of the example": "ignores-arguments",
    "bias first, inside the bracket": "forgot-hidden-bias",
    "output as a column": "axis-left-over",
    "printed": "no-return",
    "times 100": "times-hundred",
    "every pair": "scalar-only",
    "one number at a time": "scalar-only",
    "in place": "mutates-input",
    "no minus between": "output-weight-sign",
    "zip": "array-only",
}
