"""Which tests are left out of `make test-fast` and `make test`, and which stay together in one process.

`make test-deep` leaves none out.

A file's tests stay together, since its fixtures take long. Those that start processes on every core stay with
one another: two of them at once would only wait. The answers to an exercise stay together, too.
"""

from __future__ import annotations

import zlib

LONG = (
    "tests/attacks/",
    "tests/browser/",
    "tests/class/",
    "tests/grading/",
    "tests/autograder/test_any_form.py",
    "tests/autograder/test_catalogue.py",
    "tests/autograder/test_commands_check.py",
    "tests/autograder/test_commands_demo.py",
    "tests/autograder/test_commands_release.py::test_a_student_with_nothing_but_the_zip",
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

DEEP = (
    "tests/attacks/test_hidden.py",
    "tests/attacks/test_neighbours.py",
    "tests/autograder/test_catalogue.py",
    "tests/autograder/test_learned_weights.py",
    "tests/autograder/test_own_time.py",
    "tests/divnet/test_search.py",
    "tests/divnet/test_training_",
    "tests/grading/test_cluster.py",
    "tests/grading/test_corrupted.py",
    "tests/grading/test_engine_deaths.py",
    "tests/grading/test_hostile_pages.py",
    "tests/grading/test_level_none.py",
    "tests/grading/test_once_more.py",
    "tests/grading/test_other_versions.py",
    "tests/grading/test_page_bounds.py",
    "tests/grading/test_parity.py",
    "tests/grading/test_worst.py",
    "tests/notebooks/test_prose_",
)
"""What `make test` leaves out as well: stock nbgrader beside ours, deaths of machines, the worst files that
can be built, and every number of the lessons' prose, for which networks are trained."""

SAMPLED = (
    "tests/attacks/test_attacks.py",
    "tests/autograder/test_any_form.py",
    "tests/autograder/test_evidence.py",
    "tests/autograder/test_judging.py",
    "tests/autograder/test_mutants.py",
    "tests/browser/",
    "tests/divnet/test_app.py",
    "tests/divnet/test_labs.py",
    "tests/notebooks/test_units.py",
)
"""Of these catalogues `make test` tries one in ``SAMPLE``: attacks, answers, labs, units."""
SAMPLE = 4

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


def is_deep(test: str) -> bool:
    """Is it one that `make test` leaves out? The same ones in every run and on every machine."""
    instance = test.partition("[")[2]
    return test.startswith(DEEP) or bool(
        instance and test.startswith(SAMPLED) and zlib.crc32(instance.encode()) % SAMPLE
    )


def together(test: str) -> str:
    """The name of what stays in one process with this test."""
    file, _, name = test.partition("::")
    if file in ON_ALL_CORES:
        return "on all cores"
    if file in BY_EXERCISE:
        return f"{file} {name.partition('[')[2].partition('-')[0].rstrip(']')}"
    return file
