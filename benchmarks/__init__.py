"""Measurements, each a `bench_*.py` whose `main()` prints a table: `python -m benchmarks.bench_training`."""
