"""Students' answers to "training-steps": check("training-steps", answer), answer = a function of points, batch_size, epochs."""

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


# ---------------------------------------------------------------- right

@right("math.ceil")
def r1(points, batch_size, epochs):
    return math.ceil(points / batch_size) * epochs


@right("minus twice")
def r2(points, batch_size, epochs):
    return -(-points // batch_size) * epochs


@right("almost one batch added")
def r3(points, batch_size, epochs):
    return epochs * ((points + batch_size - 1) // batch_size)


@right("if there is a rest")
def r4(points, batch_size, epochs):
    per_epoch = points // batch_size
    if points % batch_size != 0:
        per_epoch += 1
    return per_epoch * epochs


@right("counts the starts of the batches")
def r5(points, batch_size, epochs):
    return len(range(0, points, batch_size)) * epochs


@right("takes batches away in a loop")
def r6(points, batch_size, epochs):
    batches = 0
    left = points
    while left > 0:
        left = left - batch_size
        batches = batches + 1
    return batches * epochs


@right("divmod and a truth value")
def r7(points, batch_size, epochs):
    whole, rest = divmod(points, batch_size)
    return (whole + (rest > 0)) * epochs


CASES.append((
    "lambda, int of np.ceil",
    lambda n, size, rounds: int(np.ceil(n / size)) * rounds,
    "right", "",
))


@right("one less, then one more")
def r9(points, batch_size, epochs):
    return ((points - 1) // batch_size + 1) * epochs


# ---------------------------------------------------------------- wrong

@wrong("last batch dropped", "// drops the last, smaller batch")
def w1(points, batch_size, epochs):
    return points // batch_size * epochs


@wrong("rounded up once at the end", "rounds up after all epochs, in place of in each epoch")
def w2(points, batch_size, epochs):
    return math.ceil(points * epochs / batch_size)


@wrong("always one more", "+ 1 also where no point is left over")
def w3(points, batch_size, epochs):
    return (points // batch_size + 1) * epochs


@wrong("one more at the end", "one small batch for the whole training, not one for each epoch")
def w4(points, batch_size, epochs):
    steps = points // batch_size * epochs
    if points % batch_size:
        steps += 1
    return steps


@wrong("round", "round: a small last batch is lost")
def w5(points, batch_size, epochs):
    return round(points / batch_size) * epochs


@wrong("no rounding", "fractions of steps")
def w6(points, batch_size, epochs):
    return points / batch_size * epochs


@wrong("epochs forgotten", "the steps of one epoch only")
def w7(points, batch_size, epochs):
    return math.ceil(points / batch_size)


@wrong("half added before round", "round(… + 0.5) goes to the even number: one too many or right, by chance")
def w8(points, batch_size, epochs):
    return round(points / batch_size + 0.5) * epochs


@wrong("0.99 added", "int(… + 0.99) loses a last batch smaller than a hundredth of a batch")
def w9(points, batch_size, epochs):
    return int(points / batch_size + 0.99) * epochs


@wrong("rest as the number of steps", "adds the number of points left over in place of one step")
def w10(points, batch_size, epochs):
    return (points // batch_size + points % batch_size) * epochs


@wrong("rest only", "% in place of /")
def w11(points, batch_size, epochs):
    return points % batch_size * epochs


@wrong("points times epochs", "batch size ignored: one step for each point")
def w12(points, batch_size, epochs):
    return points * epochs


@wrong("multiplied", "multiplies by the batch size")
def w13(points, batch_size, epochs):
    return points * batch_size * epochs


@wrong("formula of unit 01", "the formula of unit 01, with a validation split of 0.2 that is not asked for")
def w14(points, batch_size, epochs):
    return round(points * (1 - 0.2) * epochs / batch_size)


@wrong("deck's 12 000", "12 000 points fixed")
def w15(points, batch_size, epochs):
    return math.ceil(12_000 / batch_size) * epochs


@wrong("ceil of a floor", "ceil of // comes too late: the decimals are gone")
def w16(points, batch_size, epochs):
    return math.ceil(points // batch_size) * epochs


@wrong("minus inside the bracket", "-(points // -1 …) misremembered: the result is negative")
def w17(points, batch_size, epochs):
    return -points // batch_size * epochs


@wrong("no return", "prints the steps")
def w18(points, batch_size, epochs):
    print("steps:", math.ceil(points / batch_size) * epochs)


@wrong("range up to the last point", "range(1, points, batch_size): one batch too few where one point is left over")
def w19(points, batch_size, epochs):
    return len(range(1, points, batch_size)) * epochs


@wrong("range of the steps", "returns the picture's numbers, not their count")
def w20(points, batch_size, epochs):
    return list(range(1, math.ceil(points / batch_size) * epochs + 1))


@wrong("epochs as power", "** in place of *")
def w21(points, batch_size, epochs):
    return math.ceil(points / batch_size) ** epochs


@wrong("loop while a whole batch fits", "the loop stops when fewer points than a batch are left")
def w22(points, batch_size, epochs):
    steps = 0
    for epoch in range(epochs):
        left = points
        while left >= batch_size:
            left -= batch_size
            steps += 1
    return steps


@wrong("at least one", "max(1, …) mends only trainings with less than one batch")
def w23(points, batch_size, epochs):
    return max(1, points // batch_size) * epochs


TRUE_NAMES = {
    "last batch dropped": "drops-last-batch",
    "rounded up once at the end": "across-epochs",
    "always one more": "always-one-more",
    "one more at the end": "last-batch-once",
    "round": "rounds-to-nearest",
    "no rounding": "parts-of-steps",
    "epochs forgotten": "forgot-epochs",
    "half added before round": "half-then-round",
    "0.99 added": "nearly-one-then-cut",
    "rest as the number of steps": "adds-rest",
    "rest only": "rest-only",
    "points times epochs": "forgot-batch-size",
    "multiplied": "multiplies-by-batch-size",
    "formula of unit 01": "keeps-points-back",
    "deck's 12 000": "points-of-its-own",
    "ceil of a floor": "drops-last-batch",
    "minus inside the bracket": "wrong-sign",
    "no return": "no-return",
    "range up to the last point": "last-point-lost",
    "range of the steps": "lists-steps",
    "loop while a whole batch fits": "drops-last-batch",
    "at least one": "drops-last-batch",
}
