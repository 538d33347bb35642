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
    """Fits where the answer is no dict, and of one of these types if there are any."""
    return lambda seen: seen.space is None and (not types or seen.type in types)


def at(key: str, condition: Callable[[Listed], Any]) -> Callable[[Observation], bool]:
    """Fits where that key has a list for which ``condition`` holds."""
    return when(lambda space: key in space and space[key].items is not None and condition(space[key]))


def items(space: Space, *keys: str) -> list[dict[str, Any]]:
    """All items behind these keys."""
    listed = [space[key] for key in keys if key in space]
    return [item for e in listed for item in ([e.itself] if e.items is None else e.items)]


def known(space: Space) -> list[str]:
    """The keys that were asked for, and are there."""
    return [key for key in GRID if key in space]


def unknown(space: Space) -> list[str]:
    return [key for key in space if key not in GRID]


def only_value(listed: Listed) -> Any:
    """The number or name that stands alone behind a key, in a list or without one; else None."""
    alone = [listed.itself] if listed.items is None else listed.items
    return alone[0].get("number", alone[0].get("text")) if len(alone) == 1 else None


def best_only(space: Space) -> bool:
    """A single value behind every key."""
    return sorted(space) == sorted(GRID) and all(only_value(e) is not None for e in space.values())


def counts(space: Space) -> bool:
    """How many values there are, behind every key."""
    return best_only(space) and all(only_value(space[key]) == len(GRID[key]) for key in GRID)


def anothers_list(space: Space) -> bool:
    """Behind a key just the values of another one."""
    return any(space[k].is_list_of(GRID[other]) for k in known(space) for other in GRID if k != other)


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def filled_up(listed: Listed) -> bool:
    """The first number of epochs, and several others, all of them between the grid's two."""
    strange = listed.besides(GRID["epochs"])
    between = all(isinstance(v, int | float) and 90 < v < 241 for v in strange)
    return len(listed.values) > 2 and bool(strange) and between and 90 not in listed.lacks(GRID["epochs"])


def scaled(listed: Listed) -> bool:
    """What is not in the grid is one of its values times a power of ten."""
    strange = listed.besides(GRID["dropout"])
    shifted = [s * w for s in (0.01, 0.1, 10, 100, 1000, 10_000) for w in GRID["dropout"] if w]
    return bool(strange) and all(any(alike(v, w) for w in shifted) for v in strange)


def doubled(listed: Listed) -> bool:
    """All powers of two."""
    strange = listed.besides(GRID["batch_size"])
    return bool(strange) and all(v in (2, 8, 128, 256) for v in strange)


def twice(space: Space) -> bool:
    found = [[v for v in e.values if v is not None] for e in space.values()]
    return any(len(values) > len(set(values)) for values in found)


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
        "set-not-dict",
        did="is a set",
        tempting="a set and a dict have the same brackets",
        shows="It is a set: no list stands behind any of its items.",
        hint="What stands between a key of a dict and the list that belongs to it?",
        fits=not_a_dict("set", "frozenset"),
    ),
    Mistake(
        "not-a-dict",
        did="is no dict",
        tempting="lists, tuples and texts can hold the same values",
        shows="Asked for is a dict with four keys, and a list behind each of them.",
        hint="Which brackets has a dict, and what stands between a key and the list that belongs to it?",
        fits=not_a_dict(),
    ),
    Mistake(
        "counts-for-lists",
        did="says how many values there are, and not which",
        tempting="the number of trials is the product of these counts",
        shows="5, 4, 2 and 7 say how many values there are. The values themselves are missing.",
        hint="Which five batch sizes are tried? And what stands behind the other keys?",
        fits=when(counts),
    ),
    Mistake(
        "best-only",
        did="has one value behind every key",
        tempting="the deck tells the best values it found",
        shows="It is a single trial: nothing is left to search.",
        hint="Which values are to be tried for each of the four?",
        fits=when(best_only),
    ),
    Mistake(
        "renamed-key",
        did="has another key in the place of one that was asked for",
        tempting="an s, or the British spelling, slips in",
        shows="A key is missing, and there is one that nobody will look for.",
        hint="Compare your keys with those that the exercise names, letter by letter.",
        fits=when(lambda f: unknown(f) and any(k not in f for k in GRID)),
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
        "list-of-another-key",
        did="has the values of one key behind another",
        tempting="lines are quickly copied, and lists look alike",
        shows="Behind one of its keys stands the list of another one.",
        hint="Go through the table row by row: which list belongs to which key?",
        fits=when(anothers_list),
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
        "list-in-list",
        did="has a list inside a list",
        tempting="brackets around brackets are hard to see",
        shows="One of its lists holds a list: to a search, the whole inner list is a single value.",
        hint="How many pairs of square brackets does a list of numbers need?",
        fits=when(lambda f: any(i.get("object") in ("list", "tuple") for i in items(f, *GRID))),
    ),
    Mistake(
        "text-for-numbers",
        did="has numbers between quotation marks",
        tempting="names need them, and numbers look alike",
        shows="Some of its numbers are texts.",
        hint="What is '4' * 2 in Python, and what would a batch size of '4' be?",
        fits=when(lambda f: any(is_number(i.get("text", "")) for i in items(f, *NUMBERS))),
    ),
    Mistake(
        "optimizer-objects",
        did="has optimisers instead of their names",
        tempting="keras.optimizers.Adam() is what an optimiser is",
        shows="Its list has an optimiser or its class. Asked for are names, as texts.",
        hint="By which text does Keras know an optimiser, and make a new one of it for each trial?",
        fits=when(
            lambda f: any(
                str(i.get("class", i.get("object"))).lower() in GRID["optimizer"]
                for i in items(f, "optimizer")
            )
        ),
    ),
    Mistake(
        "twice",
        did="has the same value more than once",
        tempting="lists do not mind",
        shows="A value stands in its list more than once: some trials would be run again.",
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
        shows="It has a batch size that the grid leaves out.",
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
        did="has dropouts that are a power of ten too large or too small",
        tempting="so many zeros are hard to count",
        shows="It has the right digits and the wrong number of zeros.",
        hint="How many zeros stand behind the decimal point?",
        fits=at("dropout", scaled),
    ),
    Mistake(
        "other-optimizers",
        did="names an optimiser that is not in the grid",
        tempting="Keras has more than seven",
        shows="One of its names does not belong to the grid.",
        hint="Compare the seven names letter by letter: the ones in Keras differ by little.",
        fits=at("optimizer", lambda e: any(isinstance(v, str) for v in e.besides(GRID["optimizer"]))),
    ),
    Mistake(
        "other-values",
        did="has a value that is not in the grid",
        tempting="a digit is quickly lost or swapped",
        shows="One of its values is not in the table.",
        hint="Lay your list beside its row of the table, value by value. Which one differs?",
        fits=when(lambda f: any(f[k].items and f[k].besides(GRID[k]) for k in known(f))),
    ),
    Mistake(
        "too-few-optimizers",
        did="leaves optimisers out",
        tempting="seven names are hard to keep in mind",
        shows="Its names are all in the grid, but there are more.",
        hint="Count your optimisers. How many are there in the grid?",
        fits=at("optimizer", lambda e: e.items and e.lacks(GRID["optimizer"])),
    ),
    Mistake(
        "too-few-numbers",
        did="leaves numbers of the grid out",
        tempting="a number is quickly overlooked",
        shows="One of the lists of numbers is too short.",
        hint="Multiply the lengths of your lists. The deck's grid has 280 trials: which list is too short?",
        fits=when(lambda f: any(f[k].items and f[k].lacks(GRID[k]) for k in NUMBERS if k in f)),
    ),
    Mistake(
        "decimals-for-counts",
        did="has batch sizes or epochs of a decimal type",
        tempting="np.logspace and np.array make floats of all they get",
        shows="The numbers of that list are right. But Keras counts batches and epochs with whole numbers.",
        hint="What is the difference between 4 and 4.0 in range(4)?",
        fits=when(lambda f: any(f[k].decimals and f[k].is_list_of(GRID[k]) for k in COUNTS if k in f)),
    ),
)
