"""Mistakes of chance and of form that functions share which draw pairs and targets."""

from __future__ import annotations

from autograder.exercise import Mistake
from autograder.kinds.random_data import Observation, shape_of


def square(seen: Observation) -> bool:
    """There are as many targets as pairs of rows."""
    few = seen.y.get("few")
    return few is not None and shape_of(few) == (seen.sizes["few"],) * 2


def transposed(seen: Observation) -> bool:
    """The inputs have a row for each number of the pair."""
    return all(shape_of(seen.x[n]) == (2, seen.sizes[n]) for n in seen.x) and len(seen.x) >= 4


def results_swapped(seen: Observation) -> bool:
    """The first result has the shape of the targets, the second that of the inputs."""
    shapes = [(shape_of(seen.x[n]), shape_of(seen.y[n]), size) for n, size in seen.sizes.items()]
    return len(shapes) >= 4 and all(x in ((n, 1), (n,)) and y == (n, 2) for x, y, n in shapes)


def flat_inputs(seen: Observation) -> bool:
    """There is one number where a pair was asked for."""
    shapes = [(shape_of(x), seen.sizes[n]) for n, x in seen.x.items()]
    return len(shapes) >= 4 and all(s in ((n,), (n, 1)) for s, n in shapes)


def not_a_pair(seen: Observation) -> bool:
    """Something comes back, and it is no pair (x, y)."""
    records = seen.calls.values()
    return all(
        r["result"] is not None and r["result"]["kind"] in ("other", "numbers", "size") for r in records
    )


def ignores_size(seen: Observation) -> bool:
    """One and the same number of rows for whatever size."""
    sizes = {c["id"]: c["size"] for c in seen.asked}
    rows = {}
    for name, record in seen.calls.items():
        items = (record["result"] or {}).get("items", [])
        rows[name] = tuple(item["shape"][0] for item in items if item.get("shape"))
    return len(set(rows.values())) == 1 and any(r and r[0] != sizes[n] for n, r in rows.items())


def without_replacement(seen: Observation) -> bool:
    """Small draws work; large ones ask for more values than there are."""
    errors = {n: (r["error"] or {}).get("message", "") for n, r in seen.calls.items()}
    return not errors["few"] and "larger sample than population" in errors.get("large 0", "")


def touches_global(seen: Observation) -> bool:
    return bool(seen.shared_sources)


def own_seed(seen: Observation) -> bool:
    return seen.drew and seen.same("hundred", "other")


def unseeded(seen: Observation) -> bool:
    return not seen.reproducible and not seen.calls["hundred"]["advanced"]


def rewinds(seen: Observation) -> bool:
    return seen.drew and seen.same("hundred", "again") and not seen.same("hundred", "other")


def asks_in_vain(seen: Observation) -> bool:
    """Every call asks the generator for something that it has not."""
    errors = [record["error"] or {"type": "", "message": ""} for record in seen.calls.values()]
    return all(e["type"] == "AttributeError" and "Generator" in e["message"] for e in errors)


RANDOM_DATA_FORM = (
    Mistake(
        "not-a-generator",
        did="asks the generator for something that it does not have",
        tempting="rng.integers and np.random.randint have different names",
        shows="A numpy.random.Generator has other methods than the module np.random.",
        hint="Which methods does np.random.default_rng() offer? Type rng. and press the Tab key.",
        fits=asks_in_vain,
    ),
    Mistake(
        "global-random",
        did="draws from the global random state",
        tempting="np.random.uniform is what most examples on the web call",
        shows="It uses a source of chance that everyone shares, beside the generator that it is given.",
        hint="Which of your function's arguments can draw numbers?",
        fits=touches_global,
    ),
    Mistake(
        "transposed",
        did="lays the inputs out in two rows instead of two columns",
        tempting="an array of both inputs has two parts",
        shows="Its inputs have shape (2, size): one row for each of the two numbers.",
        hint="Keras wants a row for each example. How many rows should 24000 examples have?",
        fits=transposed,
    ),
    Mistake(
        "ignores-size",
        did="gives the same number of rows, whatever size says",
        tempting="24000 and 6000 are the deck's numbers",
        shows="The number of rows does not follow the argument size.",
        hint="Where in your function does size come in?",
        fits=ignores_size,
    ),
    Mistake(
        "same-data",
        did="gives the same data, whatever generator it is given",
        tempting="default_rng(0) stands in every example",
        shows="Whatever generator it is given, it gives the same data.",
        hint="If everyone's data are the same for every seed, what is the argument rng for?",
        fits=own_seed,
    ),
    Mistake(
        "unseeded",
        did="draws from something else than the generator that it is given",
        tempting="default_rng() is short",
        shows="Two generators with the same seed should lead to the same data. Here they do not.",
        hint="Who decides which numbers are drawn: your function, or whoever calls it with a generator?",
        fits=unseeded,
    ),
    Mistake(
        "rewinds",
        did="gives the same data again when the same generator is handed to it again",
        tempting="copying what one is given seems tidy",
        shows="Called a second time with the same generator, it gives the same data once more.",
        hint=(
            "What should training data and test data have in common, drawn one after the other: the numbers "
            "too?"
        ),
        fits=rewinds,
    ),
    Mistake(
        "without-replacement",
        did="draws no value twice",
        tempting="replace=False sounds like a fair draw",
        shows="Small draws work; 8000 rows do not, since there are only 1900 hundredths to go round.",
        hint="May the same number come up in two rows?",
        fits=without_replacement,
    ),
    Mistake(
        "not-a-pair",
        did="gives something else than x and y",
        tempting="two inputs and a target are three things, or one table",
        shows="Two results were expected, x and y: a pair of arrays.",
        hint="What would x, y = division_data(5, rng) do with what your function returns?",
        fits=not_a_pair,
    ),
    Mistake(
        "results-swapped",
        did="gives y before x",
        tempting="the target is what one has computed last",
        shows="The first result has one column and the second two: the targets come first.",
        hint="In x, y = division_data(5, rng), which of your two results ends up in x?",
        fits=results_swapped,
    ),
    Mistake(
        "one-number",
        did="draws one number for each example, where a pair is needed",
        tempting="size looks like the whole shape",
        shows="There is one input to each example instead of two.",
        hint="How many numbers does a division need, and what size makes rng draw so many for each row?",
        fits=flat_inputs,
    ),
    Mistake(
        "square-target",
        did="divides each number by all the others",
        tempting="(size,) and (size, 1) look alike",
        shows="Its targets form a square: a row against a column gives all combinations.",
        hint="Which shapes do the two columns have on either side of your division? Print them.",
        fits=square,
    ),
)
