"""Which tests are left out of `make test-fast` and `make test`, and which stay together in one process.

A file's tests stay together, since its fixtures take long. Those that start processes on every core stay with
one another: two of them at once would only wait. The answers to an exercise stay together, too.
"""

from __future__ import annotations

LONG = (
    "tests/attacks/",
    "tests/browser/",
    "tests/class/",
    "tests/grading/",
    "tests/autograder/test_any_form.py",
    "tests/autograder/test_catalogue.py",
    "tests/autograder/test_commands_check.py",
    "tests/autograder/test_commands_demo.py",
    "tests/autograder/test_evidence.py",
    "tests/autograder/test_isolated.py",
    "tests/autograder/test_learned_weights.py",
    "tests/autograder/test_mutants.py",
    "tests/autograder/test_own_time.py",
    "tests/divnet/test_app.py",
    "tests/divnet/test_labs.py",
    "tests/divnet/test_search.py",
    "tests/divnet/test_training_",
    "tests/notebooks/test_build.py",
    "tests/notebooks/test_prose_",
    "tests/notebooks/test_units.py",
)
"""What `make test-fast` leaves out: sandbox, browser, class, server, whole builds, trainings, the numbers in
the lessons' prose, and every answer known."""

ON_ALL_CORES = (
    "tests/attacks/test_attacks.py",
    "tests/attacks/test_hidden.py",
    "tests/class/test_class.py",
    "tests/grading/test_cluster.py",
    "tests/grading/test_corrupted.py",
    "tests/grading/test_engine.py",
    "tests/grading/test_engine_deaths.py",
    "tests/grading/test_level_none.py",
    "tests/grading/test_parity.py",
    "tests/grading/test_postgresql.py",
    "tests/notebooks/test_units.py",
)
BY_EXERCISE = tuple(f"tests/autograder/test_{name}.py" for name in ("evidence", "judging", "mutants"))


def is_long(test: str) -> bool:
    """Is it one that `make test-fast` leaves out?"""
    return test.startswith(LONG)


def together(test: str) -> str:
    """The name of what stays in one process with this test."""
    file, _, name = test.partition("::")
    if file in ON_ALL_CORES:
        return "on all cores"
    if file in BY_EXERCISE:
        return f"{file} {name.partition('[')[2].partition('-')[0].rstrip(']')}"
    return file
