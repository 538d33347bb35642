"""Mistakes with a name in exercise ``search-space``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.exercise import Mistake
from autograder.exercises.search_space.probe import COUNTS, GRID, Listed, Observation, alike

Space = dict[str, Listed]

NUMBERS = ("batch_size", "dropout", "epochs")
"""Keys with lists of numbers."""


def when(condition: Callable[[Space], Any]) -> Callable[[Observation], bool]:
    """Fits where the answer is a dict for which ``condition`` holds."""
    return lambda seen: seen.space is not None and bool(condition(seen.space))


def not_a_dict(*types: str) -> Callable[[Observation], bool]:
    """Fits where the answer is of one of these types."""
    return lambda seen: seen.space is None and seen.type in types


def at(key: str, condition: Callable[[Listed], Any]) -> Callable[[Observation], bool]:
    """Fits where that key has a list for which ``condition`` holds."""
    return when(lambda space: key in space and space[key].items is not None and condition(space[key]))


def items(space: Space, *keys: str) -> list[dict[str, Any]]:
    """All items behind these keys."""
    return [item for key in keys if key in space for item in space[key].items or [space[key].itself]]


def unknown(space: Space) -> list[str]:
    return [key for key in space if key not in GRID]


def best_only(space: Space) -> bool:
    """A single value behind every key."""
    return len(space) >= 4 and all(e.items is None or len(e.items) == 1 for e in space.values())


def filled_up(listed: Listed) -> bool:
    """The first number of epochs, and others than the grid's, all of them between its two."""
    strange = listed.besides(GRID["epochs"])
    between = all(isinstance(v, int | float) and 90 < v < 241 for v in strange)
    return bool(strange) and between and 90 not in listed.lacks(GRID["epochs"])


def scaled(listed: Listed) -> bool:
    """All values are the grid's, times the same power of ten."""
    found = [v for v in listed.values if isinstance(v, int | float)]
    return any(
        len(found) >= 3 and all(any(alike(v, s * w) for w in GRID["dropout"]) for v in found)
        for s in (0.1, 10, 100, 1000, 10_000)
    )


def doubled(listed: Listed) -> bool:
    """All powers of two."""
    strange = listed.besides(GRID["batch_size"])
    return bool(strange) and all(v in (2, 8, 128, 256) for v in strange)


def twice(space: Space) -> bool:
    return any(len(e.values) > len(set(e.values)) for e in space.values())


MISTAKES: tuple[Mistake[Observation], ...] = (
    Mistake(
        "function-not-dict",
        did="is a function",
        tempting="the other exercises ask for functions",
        shows="It is a function that would make the dict. The dict itself was asked for.",
        hint="What would be left if the line with def were not there?",
        fits=not_a_dict("function", "builtin_function_or_method", "method", "type"),
    ),
    Mistake(
        "trials-not-space",
        did="lists something one by one",
        tempting="trials are what is run in the end",
        shows="It is no dict: a space says what may vary, and does not spell out each trial.",
        hint="From which lists does each trial choose one value, and what are those lists called?",
        fits=not_a_dict("list", "tuple", "ndarray", "product", "generator", "set", "zip", "map"),
    ),
    Mistake(
        "best-only",
        did="has one value behind every key",
        tempting="the deck tells the best values it found",
        shows="It is a single trial: nothing is left to search.",
        hint="Which values were tried before one of them was the best?",
        fits=when(best_only),
    ),
    Mistake(
        "renamed-key",
        did="has a key by another name",
        tempting="an s, or the British spelling, slips in",
        shows="A key is missing, and there is one that nobody will look for.",
        hint="Compare your keys with those that the exercise names, letter by letter.",
        fits=when(lambda f: unknown(f) and len(f) <= len(GRID) and any(k not in f for k in GRID)),
    ),
    Mistake(
        "extra-key",
        did="varies something else as well",
        tempting="there is so much more to try",
        shows="It has a key that this search does not vary.",
        hint="Which four things does the deck's search vary?",
        fits=when(lambda f: unknown(f) and all(k in f for k in GRID)),
    ),
    Mistake(
        "missing-key",
        did="leaves something out that varies",
        tempting="some of it is said in passing only",
        shows="It has fewer keys than the search varies things.",
        hint="Which four things does the deck vary, and which of them has no key yet?",
        fits=when(lambda f: not unknown(f) and any(k not in f for k in GRID)),
    ),
    Mistake(
        "no-list",
        did="has something that is no list behind a key",
        tempting="a few values separated by commas, or a single one, look like enough",
        shows="Behind one of its keys there is no list to go through again and again.",
        hint="What does len(search_space[key]) give for each key?",
        fits=when(lambda f: any(e.items is None for e in f.values())),
    ),
    Mistake(
        "text-for-numbers",
        did="has numbers between quotation marks",
        tempting="names need them, and numbers look alike",
        shows="Some of its numbers are texts.",
        hint="What is '4' * 2 in Python, and what would a batch size of '4' be?",
        fits=when(lambda f: any("text" in i for i in items(f, *NUMBERS))),
    ),
    Mistake(
        "optimizer-objects",
        did="has optimisers instead of their names",
        tempting="keras.optimizers.Adam() is what an optimiser is",
        shows="An optimiser keeps what it learnt: one object in forty trials hands it on to the next.",
        hint="By which text does Keras know an optimiser, and make a new one of it each time?",
        fits=when(lambda f: any("class" in i or "object" in i for i in items(f, "optimizer"))),
    ),
    Mistake(
        "twice",
        did="has the same value more than once",
        tempting="lists do not mind",
        shows="Some trials would be run twice.",
        hint="How many different values does each list have? set() tells.",
        fits=when(twice),
    ),
    Mistake(
        "filled-up",
        did="goes through numbers of epochs in between",
        tempting="a range reads like from … to",
        shows="It tries more numbers of epochs than the two of the grid.",
        hint="A trial of 240 epochs takes minutes. How many numbers of epochs does the grid have?",
        fits=at("epochs", filled_up),
    ),
    Mistake(
        "all-powers-of-two",
        did="has batch sizes that the grid skips",
        tempting="batch sizes are powers of two",
        shows="It has more batch sizes than the grid.",
        hint="From one batch size of the grid to the next: always twice as much?",
        fits=at("batch_size", doubled),
    ),
    Mistake(
        "no-dropout-of-zero",
        did="has no trial without dropout",
        tempting="a dropout of 0 is no dropout",
        shows="Every trial has some dropout: there is nothing to compare it with.",
        hint="What would show whether dropout helps at all?",
        wrong={"dropout": GRID["dropout"][1:]},
    ),
    Mistake(
        "dropout-scale",
        did="has its dropouts a power of ten too large or too small",
        tempting="so many zeros are hard to count",
        shows="The dropouts have the right digits and another size.",
        hint="How many zeros stand behind the decimal point?",
        fits=at("dropout", scaled),
    ),
    Mistake(
        "other-optimizers",
        did="names an optimiser that is not in the grid",
        tempting="Keras has more than seven",
        shows="One of its names does not belong to the grid.",
        hint="Compare the seven names letter by letter: the ones in Keras differ by little.",
        fits=at("optimizer", lambda e: e.besides(GRID["optimizer"])),
    ),
    Mistake(
        "too-few-optimizers",
        did="leaves optimisers out",
        tempting="seven names are hard to keep in mind",
        shows="Its names are all in the grid, but there are more.",
        hint="Count your optimisers. How many are there in the grid?",
        fits=at("optimizer", lambda e: e.lacks(GRID["optimizer"])),
    ),
    Mistake(
        "too-few-numbers",
        did="leaves numbers of the grid out",
        tempting="a number is quickly overlooked",
        shows="Its numbers are all in the grid, but one of the lists is too short.",
        hint="Multiply the lengths of your lists. The deck's grid has 280 trials: which list is too short?",
        fits=when(
            lambda f: any(f[k].lacks(GRID[k]) and not f[k].besides(GRID[k]) for k in NUMBERS if k in f)
        ),
    ),
    Mistake(
        "decimals-for-counts",
        did="has batch sizes or epochs of a decimal type",
        tempting="np.logspace and np.array make floats of all they get",
        shows="The numbers are right, well done. But Keras counts batches and epochs with whole numbers.",
        hint="What is the difference between 4 and 4.0 in range(4)?",
        fits=when(lambda f: any(f[k].decimals for k in COUNTS if k in f)),
    ),
)
