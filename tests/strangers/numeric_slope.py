"""Students' answers to "numeric-slope": check("numeric-slope", answer), answer = a function of function, x.

All the right ones turn x into float64 themselves, since the text says so; the plain
(function(x + h) - function(x - h)) / (2 * h) without that is left out, as one may argue about float32 arrays.
"""

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


# ---------------------------------------------------------------- right

@right("central, 1e-5")
def r1(function, x):
    x = np.asarray(x, dtype=float)
    h = 1e-5
    return (function(x + h) - function(x - h)) / (2 * h)


@right("central, the best step of the valley")
def r2(function, x):
    x = np.array(x, dtype=np.float64)
    step = 4e-6
    rise = function(x + step) - function(x - step)
    run = 2 * step
    return rise / run


@right("mean of forward and backward")
def r3(function, x):
    x = np.float64(x)
    h = 2e-5
    forward = (function(x + h) - function(x)) / h
    backward = (function(x) - function(x - h)) / h
    return (forward + backward) / 2


@right("half a step on each side")
def r4(f, punkt):
    punkt = np.asarray(punkt, dtype="float64")
    d = 1e-5
    return (f(punkt + d / 2) - f(punkt - d / 2)) / d


@right("five points")
def r5(function, x):
    x = np.asarray(x, dtype=float)
    h = 1e-3
    return (-function(x + 2 * h) + 8 * function(x + h) - 8 * function(x - h) + function(x - 2 * h)) / (12 * h)


@right("Richardson from two steps")
def r6(function, x):
    x = np.asarray(x, dtype=float)

    def central(h):
        return (function(x + h) - function(x - h)) / 2 / h

    return (4 * central(5e-4) - central(1e-3)) / 3


@right("the run that was really taken")
def r7(function, x):
    x = np.asarray(x, dtype=float)
    above, below = x + 1e-5, x - 1e-5
    return (function(above) - function(below)) / (above - below)


@right("one number after the other")
def r8(function, x):
    xs = np.asarray(x, dtype=float)
    out = np.empty(xs.shape)
    for place in np.ndindex(xs.shape):
        h = 1e-5
        out[place] = (function(xs[place] + h) - function(xs[place] - h)) / (2 * h)
    return out


# ---------------------------------------------------------------- wrong

@wrong("h = 0.1", "step far too long")
def w1(function, x):
    h = 0.1
    return (function(x + h) - function(x - h)) / (2 * h)


@wrong("as small as possible", "h = 1e-15: cancellation")
def w2(function, x):
    h = 1e-15
    return (function(x + h) - function(x - h)) / (2 * h)


@wrong("one-sided, 1e-3", "one-sided with 0.001: half a thousandth off")
def w3(function, x):
    h = 0.001
    return (function(x + h) - function(x)) / h


@wrong("central over h", "two steps apart, divided by one: twice the slope")
def w4(function, x):
    h = 1e-5
    return (function(x + h) - function(x - h)) / h


@wrong("/ 2 * h", "brackets of 2h forgotten: divided by 2, multiplied by h")
def w5(function, x):
    h = 1e-5
    return (function(x + h) - function(x - h)) / 2 * h


@wrong("brackets of the rise", "only the second value is divided")
def w6(function, x):
    h = 1e-6
    return function(x + h) - function(x - h) / (2 * h)


@wrong("forward over 2h", "one step, divided by two: half the slope")
def w7(function, x):
    h = 1e-6
    return (function(x + h) - function(x)) / (2 * h)


@wrong("wrong order", "lower x minus upper x: the sign")
def w8(function, x):
    h = 1e-5
    return (function(x - h) - function(x + h)) / (2 * h)


@wrong("np.gradient", "np.gradient compares neighbours in the array, with a distance of 1; no single number")
def w9(function, x):
    return np.gradient(function(x))


@wrong("np.gradient with x", "np.gradient over the given x: as coarse as these are, no single number")
def w10(function, x):
    return np.gradient(function(x), x)


@wrong("np.diff", "np.diff: one value less than x, coarse")
def w11(function, x):
    return np.diff(function(x)) / np.diff(x)


@wrong("step relative to x", "h = x/100000: 0/0 at x = 0")
def w12(function, x):
    h = 1e-5 * x
    return (function(x + h) - function(x - h)) / (2 * h)


@wrong("cosine", "the slope of the sine, whatever function is handed in")
def w13(function, x):
    return np.cos(x)


@wrong("float32", "computes in float32: far too few digits")
def w14(function, x):
    x = np.asarray(x, dtype=np.float32)
    h = np.float32(1e-5)
    return (function(x + h) - function(x - h)) / (2 * h)


@wrong("x moved in place", "x += h changes the caller's array, and x - h is then the old x")
def w15(function, x):
    h = 1e-6
    before = function(x)
    x += h
    return (function(x) - before) / (2 * h)


@wrong("functions subtracted", "function(h) as the rise: the x is forgotten")
def w16(function, x):
    h = 1e-6
    return (function(h) - function(-h)) / (2 * h) + 0 * np.asarray(x)


@wrong("h added outside", "function(x) + h in place of function(x + h): always 1")
def w17(function, x):
    h = 1e-5
    return ((function(x) + h) - (function(x) - h)) / (2 * h)


@wrong("one number only", "float(x): arrays raise a TypeError")
def w18(function, x):
    x = float(x)
    h = 1e-5
    return (function(x + h) - function(x - h)) / (2 * h)


@wrong("loop over the array", "loops over x: single numbers raise a TypeError")
def w19(function, x):
    h = 1e-5
    return np.array([(function(t + h) - function(t - h)) / (2 * h) for t in x])


@wrong("sine inside", "np.sin in place of the function handed in")
def w20(function, x):
    h = 1e-5
    return (np.sin(x + h) - np.sin(x - h)) / (2 * h)


@wrong("h = 0.01 central", "step too long: off in the fifth decimal")
def w21(function, x):
    h = 0.01
    return (function(x + h) - function(x - h)) / (2 * h)


@wrong("complex step", "clever: Im f(x + ih)/h, but not every function takes complex numbers")
def w22(function, x):
    return np.imag(function(np.asarray(x) + 1e-20j)) / 1e-20


@wrong("averaged", "the mean slope over the array")
def w23(function, x):
    h = 1e-5
    return np.mean((function(x + h) - function(x - h)) / (2 * h))


@wrong("three h's, a loop that returns at once", "returns with the first and largest step")
def w24(function, x):
    for h in (1e-1, 1e-5, 1e-6):
        slope = (function(x + h) - function(x)) / h
        return slope


@wrong("rounded", "rounds to four decimals")
def w25(function, x):
    h = 1e-5
    return np.round((function(x + h) - function(x - h)) / (2 * h), 4)


@wrong("integers", "zeros_like an integer x: the slopes are cut to integers")
def w26(function, x):
    x = np.asarray(x)
    h = 1e-5
    result = np.zeros_like(x)
    result[...] = (function(x + h) - function(x - h)) / (2 * h)
    return result


TRUE_NAMES = {
    "h = 0.1": "step-too-large",
    "as small as possible": "step-too-small",
    "one-sided, 1e-3": "one-sided",
    "central over h": "forgot-two",
    "/ 2 * h": "undivided",
    "brackets of the rise": "difference-without-brackets",
    "forward over 2h": "half",
    "wrong order": "wrong-sign",
    "np.gradient": "neighbours",
    "np.gradient with x": "neighbours",
    "np.diff": "one-too-few",
    "step relative to x": "relative-step",
    "cosine": "ignores-function",
    "float32": "single-precision",
    "x moved in place": "mutates-input",
    "functions subtracted": "ignores-x",
    "h added outside": "ignores-function",
    "one number only": "scalar-only",
    "loop over the array": "array-only",
    "sine inside": "ignores-function",
    "h = 0.01 central": "step-too-large",
    "complex step": "complex-step",
    "averaged": "one-for-all",
    "three h's, a loop that returns at once": "one-sided",
    "rounded": "rounded",
    "integers": "whole-numbers",
}
