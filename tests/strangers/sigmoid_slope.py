"""Students' answers to "sigmoid-slope": check("sigmoid-slope", answer), answer = a function of x."""

import math

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


def sigmoid(x):  # the student's own, from the exercise before
    return 1 / (1 + np.exp(-x))


# ---------------------------------------------------------------- right

@right("the formula in two lines")
def r1(x):
    s = sigmoid(x)
    return s * (1 - s)


@right("multiplied out")
def r2(x):
    return sigmoid(x) - sigmoid(x) ** 2


@right("from the fold: e^(-x)/q^2")
def r3(x):
    q = 1 + np.exp(-x)
    return np.exp(-x) / q**2


@right("cosh")
def r4(x):
    return 0.25 / np.cosh(x / 2) ** 2


@right("sigma times its mirror image")
def r5(x):
    return sigmoid(x) * sigmoid(-x)


@right("symmetric sum in the denominator")
def r6(x):
    return 1 / (np.exp(x) + 2 + np.exp(-x))


@right("through tanh")
def r7(x):
    lutning = (1 - np.tanh(0.5 * x) ** 2) / 4
    return lutning


@right("loop over the flat array with math")
def r8(x):
    xs = np.array(x, dtype=float)
    result = np.empty(xs.shape)
    for place in np.ndindex(xs.shape):
        value = 1 / (1 + math.exp(-xs[place]))
        result[place] = value * (1 - value)
    return result


@right("square completed")
def r9(x):
    return 0.25 - (sigmoid(x) - 0.5) ** 2


# ---------------------------------------------------------------- wrong

@wrong("bracket into the argument", "sigma(x(1 - x)): the bracket stands inside the argument")
def w1(x):
    return sigmoid(x * (1 - x))


@wrong("no brackets", "s * 1 - s is always 0")
def w2(x):
    s = sigmoid(x)
    return s * 1 - s


@wrong("1 - x", "1 - x in place of 1 - sigma(x)")
def w3(x):
    return sigmoid(x) * (1 - x)


@wrong("x taken for sigma", "x(1 - x), as if x were sigma(x) already")
def w4(x):
    return x * (1 - x)


@wrong("plus", "s(1 + s): sign")
def w5(x):
    s = sigmoid(x)
    return s * (1 + s)


@wrong("s - 1", "s(s - 1): all slopes are negative")
def w6(x):
    s = sigmoid(x)
    return s * (s - 1)


@wrong("called in place of multiplied", "sigmoid(x)(1 - ...) calls a number: TypeError")
def w7(x):
    return sigmoid(x)(1 - sigmoid(x))


@wrong("sigma again", "returns sigma(x), not its slope")
def w8(x):
    return 1 / (1 + np.exp(-x))


@wrong("the square below is missing", "e^(-x)/(1 + e^(-x)) without the square is 1 - s")
def w9(x):
    return np.exp(-x) / (1 + np.exp(-x))


@wrong("tiny step", "h = 1e-17: the rise is exactly 0")
def w10(x):
    h = 1e-17
    return (sigmoid(x + h) - sigmoid(x)) / h


@wrong("big step", "difference quotient with h = 0.1, half a step off")
def w11(x):
    h = 0.1
    return (sigmoid(x + h) - sigmoid(x)) / h


@wrong("brackets of the quotient", "only the second term is divided by h")
def w12(x):
    h = 1e-6
    return sigmoid(x + h) - sigmoid(x) / h


@wrong("not divided by the run", "the rise, not divided by h")
def w13(x):
    h = 0.001
    return sigmoid(x + h) - sigmoid(x)


@wrong("central, divided by h", "two steps apart, but divided by one: twice the slope")
def w14(x):
    h = 1e-5
    return (sigmoid(x + h) - sigmoid(x - h)) / h


@wrong("the slope at 0", "always 0.25, whatever x is")
def w15(x):
    return 0.25 + 0 * x


@wrong("printed", "prints and returns None")
def w16(x):
    s = sigmoid(x)
    print(s * (1 - s))


@wrong("without calling", "multiplies the function itself: TypeError")
def w17(x):
    return sigmoid * (1 - sigmoid)


@wrong("derivative of the exponent only", "inner derivative's minus kept, the outer one's forgotten: -s'")
def w18(x):
    q = 1 + np.exp(-x)
    return -1 / q**2 * np.exp(-x)


@wrong("sigma of sigma", "sigma is applied twice")
def w19(x):
    s = sigmoid(x)
    return sigmoid(s) * (1 - sigmoid(s))


@wrong("slope along the array", "np.gradient of neighbouring values takes the distance of the points as 1; fails for one number")
def w20(x):
    return np.gradient(sigmoid(x))


@wrong("square of 1 - s", "(1 - s) squared")
def w21(x):
    s = sigmoid(x)
    return (1 - s) ** 2


@wrong("math for numbers only", "math.exp raises a TypeError for arrays")
def w22(x):
    s = 1 / (1 + math.exp(-x))
    return s * (1 - s)


@wrong("tuple", "returns the value and the slope, both")
def w23(x):
    s = sigmoid(x)
    return s, s * (1 - s)


@wrong("tanh's slope", "1 - s^2 is the slope of tanh's formula, not of sigma's")
def w24(x):
    return 1 - sigmoid(x) ** 2


TRUE_NAMES = {
    "bracket into the argument": "one-minus-x",
    "no brackets": "ignores-argument",
    "1 - x": "one-minus-x",
    "x taken for sigma": "slope-of-x",
    "plus": "plus-for-minus",
    "s - 1": "sign",
    "called in place of multiplied": "calls-a-number",
    "sigma again": "gives-sigmoid",
    "the square below is missing": "missing-square",
    "tiny step": "ignores-argument",
    "big step": "coarse-difference-quotient",
    "brackets of the quotient": "difference-without-brackets",
    "not divided by the run": "rise-not-divided",
    "central, divided by h": "twice",
    "the slope at 0": "ignores-argument",
    "printed": "no-return",
    "without calling": "computes-with-function",
    "derivative of the exponent only": "sign",
    "sigma of sigma": "slope-twice",
    "square of 1 - s": "square-of-one-factor",
    "math for numbers only": "scalar-only",
    "tuple": "gives-several",
    "tanh's slope": "tanh-slope",
}
