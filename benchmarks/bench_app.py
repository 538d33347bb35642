"""How long a visitor waits for `course app`: models trained for the first time, loaded from files, a picture.

Each start is a process of its own; the first of them has an empty folder for its weights.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time

_MODELS = "from divnet.course_models import course_models; course_models({folder!r})"
_PICTURE = (
    "import time; from divnet.course_models import course_models; from divnet.plots import show_comparison; "
    "models = course_models({folder!r}); show_comparison(models, 20, 5).png(); start = time.perf_counter(); "
    "show_comparison(models, 20, 5).png(); print(time.perf_counter() - start)"
)


def main() -> None:
    """Print the table."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title="course app")
    for column in ("what a visitor waits for", "seconds"):
        table.add_column(column, justify="left" if column.startswith("what") else "right")
    with tempfile.TemporaryDirectory() as folder:
        first, _ = _run(_MODELS.format(folder=folder))
        second, _ = _run(_MODELS.format(folder=folder))
        _, picture = _run(_PICTURE.format(folder=folder))
    table.add_row("first start: TensorFlow, thirteen trainings", f"{first:.1f}")
    table.add_row("every other start: TensorFlow, weights from files", f"{second:.1f}")
    table.add_row("the picture after a number was changed", f"{float(picture):.2f}")
    Console().print(table)


def _run(code: str) -> tuple[float, str]:
    """Run a program; return how long it took, in seconds, and what it printed."""
    start = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, "-c", "import autograder; " + code], capture_output=True, text=True, check=True
    )
    return time.perf_counter() - start, ran.stdout


if __name__ == "__main__":
    main()
