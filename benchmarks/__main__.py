"""`make bench`: every benchmark, one after another, each a table of ratios measured in one run."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import benchmarks


def main() -> None:
    """Run each in a process of its own, so that what one has compiled or loaded does not help the next."""
    for module in sorted(found.name for found in pkgutil.iter_modules(benchmarks.__path__)):
        if module.startswith("bench_"):
            subprocess.run([sys.executable, "-m", f"benchmarks.{module}"], check=True)


if __name__ == "__main__":
    main()
