"""How long Keras's `model.fit` and the compiled `fit` take for the same training, and whether they agree.

Both see the same points in the same order, from the same weights. "First call" is all of it, compiling too;
"later calls" is the median of fourteen more, from argument checks to History, half of them before Keras
trains and half after. It takes about three minutes on a quiet machine, nearly all of them Keras's.

Compiled arithmetic rounds otherwise than uncompiled, Keras's as ours, and tens of thousands of steps enlarge
that. In deck S's experiment, over nine starts, the two ended 1e-5 to 4e-4 apart (eight of them within 1e-4;
seed 124 was the ninth), and each 1e-4 to 7e-4 from the same steps in float64. Here both start from seed 0.
"""

from __future__ import annotations

import functools
import statistics
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

LATER_CALLS = 7


class Run(NamedTuple):
    """What one way of training took and where it ended."""

    seconds: float
    weights: list[np.ndarray]
    loss: float


class Wanted(NamedTuple):
    """What the course asks of `fit`: how many times faster, how close in weights and loss."""

    first: int
    later: int
    from_jit: str
    from_plain: str
    loss: str


def main() -> None:
    """Print the table."""
    from rich.console import Console
    from rich.table import Table

    from divnet.training import train_approximator

    table = Table(title="The same training, by Keras and compiled")
    for column in (
        "training",
        "by",
        "time",
        "faster",
        "asked",
        "weights from jit",
        "from plain",
        "last loss",
    ):
        table.add_column(column, justify="left" if column in ("training", "by") else "right")
    _deck_s(table)
    table.add_section()
    _division(table)
    table.add_section()
    first, later = _timed(train_approximator), statistics.median(_times(train_approximator))
    table.add_row("deck S, in the live lab", "train_approximator, first call", f"{first.seconds:.2f} s")
    table.add_row("", "train_approximator, later calls", _milliseconds(later), "", "≤ 60 ms")
    Console(width=165).print(table)


def _deck_s(table: Any) -> None:
    """40 000 steps of stochastic gradient descent, one point each."""
    from divnet.data import parabola_points
    from divnet.network import approximator_model

    arguments = {"batch_size": 1, "epochs": 50, "validation_split": 0.2, "shuffle": False}
    wanted = Wanted(first=50, later=1000, from_jit="", from_plain="≤ 1e-4", loss="")
    _compare(table, "deck S, 40 000 steps", approximator_model, parabola_points(), arguments, wanted)


def _division(table: Any) -> None:
    """67 500 steps of Adam on deck D's sigmoid baseline."""
    from divnet.data import division_data
    from divnet.division_models import division_model

    arguments = {"batch_size": 32, "epochs": 90, "shuffle": False}
    wanted = Wanted(first=50, later=400, from_jit="≤ 1e-4", from_plain="", loss="≤ 1 %")
    data = division_data(24_000, np.random.default_rng(0))
    _compare(table, "division, 67 500 steps", division_model, data, arguments, wanted)


def _compare(
    table: Any, title: str, build: Callable[..., Any], data: Any, arguments: dict[str, Any], wanted: Wanted
) -> None:
    """Train the same model by `fit`, by Keras and by Keras with its steps compiled, and add five rows."""
    from divnet.training import fit

    model = build(seed=0)
    in_order = functools.partial(fit, model, *data, **arguments)
    in_random_order = functools.partial(fit, model, *data, **arguments | {"shuffle": True})
    compiled = _timed(in_order, model)
    in_random_order()  # compiles: the order of the points has another shape
    before = _times(in_order), _times(in_random_order)
    plain = _with_keras(build(seed=0), data, arguments)
    model = build(seed=0)
    model.compile(optimizer=model.optimizer, loss=model.loss, jit_compile=True)
    jit = _with_keras(model, data, arguments)
    later = statistics.median(before[0] + _times(in_order))
    shuffled = statistics.median(before[1] + _times(in_random_order))
    fastest = min(plain.seconds, jit.seconds)
    table.add_row(title, "model.fit", f"{plain.seconds:.1f} s", "", "", "", "", _loss(plain))
    table.add_row(
        "",
        "model.fit, jit_compile=True",
        f"{jit.seconds:.1f} s",
        "",
        "",
        "",
        _difference(jit, plain),
        _loss(jit),
    )
    table.add_row(
        "",
        "fit, first call",
        f"{compiled.seconds:.2f} s",
        f"{fastest / compiled.seconds:.0f} ×",
        f"≥ {wanted.first} ×",
        f"{_difference(compiled, jit)} {wanted.from_jit}",
        f"{_difference(compiled, plain)} {wanted.from_plain}",
        f"{_loss(compiled)}, {abs(compiled.loss / plain.loss - 1):.1%} off {wanted.loss}",
    )
    table.add_row(
        "", "fit, later calls", _milliseconds(later), f"{fastest / later:.0f} ×", f"≥ {wanted.later} ×"
    )
    table.add_row("", "fit, later calls, shuffled", _milliseconds(shuffled), f"{fastest / shuffled:.0f} ×")


def _with_keras(model: Any, data: Any, arguments: dict[str, Any]) -> Run:
    return _timed(lambda: model.fit(*data, verbose=0, **arguments), model)


def _timed(train: Callable[[], Any], model: Any = None) -> Run:
    started = time.perf_counter()
    result = train()
    seconds = time.perf_counter() - started
    return Run(seconds, model.get_weights(), result.history["loss"][-1]) if model else Run(seconds, [], 0.0)


def _times(train: Callable[[], Any]) -> list[float]:
    return [_timed(train).seconds for _ in range(LATER_CALLS)]


def _difference(a: Run, b: Run) -> str:
    return f"{max(np.abs(x - y).max() for x, y in zip(a.weights, b.weights, strict=True)):.1e}"


def _loss(run: Run) -> str:
    return f"{run.loss:.6f}"


def _milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.1f} ms"


if __name__ == "__main__":
    main()
