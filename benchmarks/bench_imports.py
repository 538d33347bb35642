"""What a fresh Python spends, in processor time, before anything is done: the imports, the command's help."""

from __future__ import annotations

import statistics
import subprocess
import sys

ASKED = "< 0.5 s"
RUNS = 5
PROGRAMS = {
    "import autograder": "import autograder",
    "import divnet": "import divnet",
    "course --help": "sys.argv = ['course', '--help']; from autograder.cli import app; app()",
}
AT_THE_END = """
import atexit, sys, time
atexit.register(lambda: print(time.process_time(), file=sys.stderr))
"""


def main() -> None:
    """Print the table."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title="Before anything is done")
    for column in ("what", "processor time, median", "asked"):
        table.add_column(column, justify="left" if column == "what" else "right")
    for name, program in PROGRAMS.items():
        seconds = statistics.median(_processor_seconds(program) for _ in range(RUNS))
        table.add_row(name, f"{seconds:.2f} s", ASKED)
    Console(width=165).print(table)


def _processor_seconds(program: str) -> float:
    """What one fresh process spends on the program, Python's own start included."""
    arguments = [sys.executable, "-c", AT_THE_END + program]
    return float(subprocess.run(arguments, check=True, capture_output=True, text=True).stderr)


if __name__ == "__main__":
    main()
