"""Mistakes with a name in exercise ``search-space``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.exercise import Evidence, Inputs
from autograder.exercises.search_space.probe import (
    COUNTS,
    GRID,
    alike,
    entries,
    foreign,
    missing,
    parts,
    values,
)
from autograder.kinds.elementwise_mistakes import Fits
from autograder.kinds.legacy import Misconception

Entries = dict[str, dict[str, Any]]


def when(condition: Callable[[Entries], Any]) -> Fits:
    """Fits where the answer is a dict for which ``condition`` holds."""

    def fits(_inputs: Inputs, evidence: Evidence) -> bool:
        found = entries(evidence)
        return found is not None and bool(condition(found))

    return fits


def not_a_dict(*types: str) -> Fits:
    """Fits where the answer is of one of these types."""
    return lambda _inputs, evidence: entries(evidence) is None and evidence["value"]["type"] in types


def at(key: str, condition: Callable[[dict[str, Any]], Any]) -> Fits:
    """Fits where that key has a list for which ``condition`` holds."""
    return when(lambda found: key in found and found[key]["items"] is not None and condition(found[key]))


def items(found: Entries, *keys: str) -> list[dict[str, Any]]:
    """All items behind these keys."""
    return [item for key in keys if key in found for item in found[key]["items"] or [found[key]["itself"]]]


def unknown(found: Entries) -> list[str]:
    return [key for key in found if key not in GRID]


def best_only(found: Entries) -> bool:
    """A single value behind every key."""
    return len(found) >= 4 and all(e["items"] is None or len(e["items"]) == 1 for e in found.values())


def filled_up(entry: dict[str, Any]) -> bool:
    """Both numbers of epochs, and others between them."""
    strange = foreign("epochs", entry)
    between = [v for v in strange if isinstance(v, int | float) and 90 < v < 241]
    return bool(strange) and len(between) == len(strange) and 90 not in missing("epochs", entry)


def scaled(entry: dict[str, Any]) -> bool:
    """All values are the grid's, times the same power of ten."""
    found = [v for v in values(entry) or [] if isinstance(v, int | float)]
    return any(
        len(found) >= 3 and all(any(alike(v, s * w) for w in GRID["dropout"]) for v in found)
        for s in (0.1, 10, 100, 1000, 10_000)
    )


def doubled(entry: dict[str, Any]) -> bool:
    """All powers of two."""
    strange = foreign("batch_size", entry)
    return bool(strange) and all(v in (2, 8, 128, 256) for v in strange)


def twice(found: Entries) -> bool:
    return any(len(v) > len(set(v)) for e in found.values() if (v := values(e)) is not None)


MISTAKES = (
    Misconception(
        "function-not-dict",
        "is a function",
        "the other exercises ask for functions",
        "It is a function that would make the dict. The dict itself was asked for.",
        "What would be left if the line with def were not there?",
        not_a_dict("function", "builtin_function_or_method", "method", "type"),
    ),
    Misconception(
        "trials-not-space",
        "lists something one by one",
        "trials are what is run in the end",
        "It is no dict: a space says what may vary, and does not spell out each trial.",
        "From which lists does each trial choose one value, and what are those lists called?",
        not_a_dict("list", "tuple", "ndarray", "product", "generator", "set", "zip", "map"),
    ),
    Misconception(
        "best-only",
        "has one value behind every key",
        "the deck tells the best values it found",
        "It is a single trial: nothing is left to search.",
        "Which values were tried before one of them was the best?",
        when(best_only),
    ),
    Misconception(
        "renamed-key",
        "has a key by another name",
        "an s, or the British spelling, slips in",
        "A key is missing, and there is one that nobody will look for.",
        "Compare your keys with those that the exercise names, letter by letter.",
        when(lambda f: unknown(f) and len(f) <= len(GRID) and any(k not in f for k in GRID)),
    ),
    Misconception(
        "extra-key",
        "varies something else as well",
        "there is so much more to try",
        "It has a key that this search does not vary.",
        "Which four things does the deck's search vary?",
        when(lambda f: unknown(f) and all(k in f for k in GRID)),
    ),
    Misconception(
        "missing-key",
        "leaves something out that varies",
        "some of it is said in passing only",
        "It has fewer keys than the search varies things.",
        "Which four things does the deck vary, and which of them has no key yet?",
        when(lambda f: not unknown(f) and any(k not in f for k in GRID)),
    ),
    Misconception(
        "no-list",
        "has something that is no list behind a key",
        "a few values separated by commas, or a single one, look like enough",
        "Behind one of its keys there is no list to go through again and again.",
        "What does len(search_space[key]) give for each key?",
        when(lambda f: any(e["items"] is None for e in f.values())),
    ),
    Misconception(
        "text-for-numbers",
        "has numbers between quotation marks",
        "names need them, and numbers look alike",
        "Some of its numbers are texts.",
        "What is '4' * 2 in Python, and what would a batch size of '4' be?",
        when(lambda f: any("text" in i for i in items(f, "batch_size", "dropout", "epochs"))),
    ),
    Misconception(
        "optimizer-objects",
        "has optimisers instead of their names",
        "keras.optimizers.Adam() is what an optimiser is",
        "An optimiser keeps what it learnt: one object in forty trials hands it on to the next.",
        "By which text does Keras know an optimiser, and make a new one of it each time?",
        when(lambda f: any("class" in i or "object" in i for i in items(f, "optimizer"))),
    ),
    Misconception(
        "twice",
        "has the same value more than once",
        "lists do not mind",
        "Some trials would be run twice.",
        "How many different values does each list have? set() tells.",
        when(twice),
    ),
    Misconception(
        "filled-up",
        "goes through numbers of epochs in between",
        "a range reads like from … to",
        "It tries more numbers of epochs than the two of the grid.",
        "A trial of 240 epochs takes minutes. How many numbers of epochs does the grid have?",
        at("epochs", filled_up),
    ),
    Misconception(
        "all-powers-of-two",
        "has batch sizes that the grid skips",
        "batch sizes are powers of two",
        "It has more batch sizes than the grid.",
        "From one batch size of the grid to the next: always twice as much?",
        at("batch_size", doubled),
    ),
    Misconception(
        "no-dropout-of-zero",
        "has no trial without dropout",
        "a dropout of 0 is no dropout",
        "Every trial has some dropout: there is nothing to compare it with.",
        "What would show whether dropout helps at all?",
        at("dropout", lambda e: missing("dropout", e) == [0] and not foreign("dropout", e)),
    ),
    Misconception(
        "dropout-scale",
        "has its dropouts a power of ten too large or too small",
        "so many zeros are hard to count",
        "The dropouts have the right digits and another size.",
        "How many zeros stand behind the decimal point?",
        at("dropout", scaled),
    ),
    Misconception(
        "other-optimizers",
        "names an optimiser that is not in the grid",
        "Keras has more than seven",
        "One of its names does not belong to the grid.",
        "Compare the seven names letter by letter: the ones in Keras differ by little.",
        at("optimizer", lambda e: foreign("optimizer", e)),
    ),
    Misconception(
        "too-few-optimizers",
        "leaves optimisers out",
        "seven names are hard to keep in mind",
        "Its names are all in the grid, but there are more.",
        "Count your optimisers. How many are there in the grid?",
        at("optimizer", lambda e: missing("optimizer", e)),
    ),
    Misconception(
        "too-few-numbers",
        "leaves numbers of the grid out",
        "a number is quickly overlooked",
        "Its numbers are all in the grid, but one of the lists is too short.",
        "Multiply the lengths of your lists. The deck's grid has 280 trials: which list is too short?",
        when(
            lambda f: any(
                missing(k, f[k]) and not foreign(k, f[k])
                for k in ("batch_size", "dropout", "epochs")
                if k in f
            )
        ),
    ),
    Misconception(
        "decimals-for-counts",
        "has batch sizes or epochs of a decimal type",
        "np.logspace and np.array make floats of all they get",
        "The numbers are right, well done. But Keras counts batches and epochs with whole numbers.",
        "What is the difference between 4 and 4.0 in range(4)?",
        when(lambda f: any(parts(f[k]) for k in COUNTS if k in f)),
    ),
)
