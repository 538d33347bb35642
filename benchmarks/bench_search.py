"""How long deck D's search of 280 trials takes, and how long it would take with Keras's `model.fit`.

Keras's time for a step is measured here, for some configurations, and the *shortest* of them is multiplied by
the steps of the whole grid. The compiled search is the one that ships with the course: its trials' processor
seconds, compiling included, were written down as it ran, and so they do not depend on what else the machine
did. With --full the grid is run again, with 2 workers, and its wall time counts: a quarter of an hour.

Without --full it takes about half a minute: the same configurations are trained in full beside Keras's steps.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

from divnet.search import Configuration, Plan, finished_search, search
from divnet.search.plan import POINTS, Training
from divnet.search.trial import DATA_SEED, TOP, run_training

MEASURED = (
    Configuration(4, 0.0, 90, "sgd"),
    Configuration(4, 0.0005, 90, "nadam"),
    Configuration(16, 0.0005, 90, "adam"),
    Configuration(64, 0.0, 90, "rmsprop"),
)
KERAS_STEPS = 3000  # for each, after a warm-up of a tenth of that
WANTED = 50  # times faster


def main(*, full: bool = False) -> None:
    """Print the table."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title="A step of the search, by Keras and compiled")
    for column in ("configuration", "Keras, ms a step", "compiled trial, s", "µs a step, compiling included"):
        table.add_column(column, justify="left" if column == "configuration" else "right")
    milliseconds = []
    for configuration in MEASURED:
        milliseconds.append(_keras_milliseconds(configuration))
        seconds = run_training(Training(configuration, 0)).cpu_seconds
        micro = 1e6 * seconds / configuration.steps()
        table.add_row(str(configuration), f"{milliseconds[-1]:.2f}", f"{seconds:.1f}", f"{micro:.1f}")
    console = Console(width=120)
    console.print(table)
    steps = Plan().steps()
    by_keras = steps * min(milliseconds) / 1000
    console.print(f"{steps:,} steps; by Keras, at its shortest time: {by_keras / 3600:.1f} hours")
    computing = sum(trial.cpu_seconds for trial in finished_search())
    _compare(console, "the search that ships, processor seconds of all trials", by_keras, computing)
    if full:
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            search(Path(folder) / "grid.db", workers=2)
            _compare(
                console, "the whole grid now, wall time, 2 workers", by_keras, time.perf_counter() - started
            )


def _compare(console: Any, what: str, by_keras: float, seconds: float) -> None:
    console.print(f"{what}: {seconds:.0f} s, {by_keras / seconds:.0f} × faster (asked: ≥ {WANTED} ×)")


def _keras_milliseconds(configuration: Configuration) -> float:
    """Return what a step of `model.fit` takes."""
    import numpy as np

    from divnet.data import division_data
    from divnet.division_models import division_model
    from divnet.tensorflow_activation import tf_activation

    batch_size, dropout, _, optimizer = configuration
    model = division_model(tf_activation, dropout=dropout, optimizer=optimizer, seed=0)
    x, y = division_data(POINTS, np.random.default_rng(DATA_SEED), TOP)
    most = min(POINTS, KERAS_STEPS * batch_size)
    model.fit(x[: most // 10], y[: most // 10], batch_size=batch_size, verbose=0)
    epochs = -(-KERAS_STEPS * batch_size // most)
    started = time.perf_counter()
    model.fit(x[:most], y[:most], batch_size=batch_size, epochs=epochs, verbose=0)
    return 1000 * (time.perf_counter() - started) / (-(-most // batch_size) * epochs)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--full", action="store_true", help="run the whole grid, too")
    main(full=parser.parse_args().full)
