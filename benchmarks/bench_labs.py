"""How long a lab takes from a slider's move to the new picture, on the kernel's side.

Every slider is drawn over its whole range twice; the second time counts, so that what training compiles once
for each new shape is not in it.
"""

from __future__ import annotations

import statistics
import time
from typing import Any

LIMITS = {
    "neurons_by_hand": 50,
    "train_live": 100,
    "activation_curve": 50,
    "network": 50,
    "baseline": 50,
    "beyond_training": 50,
    "branches": 50,
    "explore_search": 50,
    "gradient_flow": 50,
    "compare_models": 50,
    "start_map": 50,
}  # ms, median


def main() -> None:
    """Print the table."""
    from rich.console import Console
    from rich.table import Table

    from divnet import labs

    table = Table(title="From a slider's move to the new picture")
    for column in ("lab", "median", "p95", "moves", "asked"):
        table.add_column(column, justify="left" if column == "lab" else "right")
    for name, limit in LIMITS.items():
        lab = getattr(labs, name)()
        if name == "neurons_by_hand":
            lab.controls["neurons"].value = 10  # the most that it draws
        times = _times(lab)
        median, late = statistics.median(times), sorted(times)[int(0.95 * len(times))]
        table.add_row(name, f"{median:.0f} ms", f"{late:.0f} ms", str(len(times)), f"≤ {limit} ms")
    Console().print(table)


def _times(lab: Any) -> list[float]:
    import ipywidgets as widgets

    times = []
    for name, control in lab.controls.items():
        if isinstance(control, widgets.Button) or (name == "neurons" and "neuron" in lab.controls):
            continue
        before = control.value
        for measured in (False, True):
            for position in _positions(control):
                start = time.perf_counter()
                control.value = position
                if measured:
                    times.append(1000 * (time.perf_counter() - start))
                if lab.message:
                    raise RuntimeError(f"{type(lab).__name__}, {name} = {position}: {lab.message}")
        control.value = before
    return times


def _positions(control: Any, most: int = 20) -> list[Any]:
    if hasattr(control, "options"):
        values = [option[1] if isinstance(option, tuple) else option for option in control.options]
        return values[:: max(1, len(values) // most)]
    step = (control.max - control.min) / most
    values = [control.min + step * i for i in range(most + 1)]
    return [round(v) for v in values] if isinstance(control.value, int) else values


if __name__ == "__main__":
    main()
