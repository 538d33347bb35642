"""A course of two units without any solution of substance: whose hand-ins are is told by names."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course import Course
from tests.handins.forms import U, V, notebook


@pytest.fixture
def course(tmp_path: Path) -> Course:
    root = tmp_path / "course"
    for folder in ("lessons", "solutions", "source"):
        for unit in (U, V):
            (root / folder / unit).mkdir(parents=True)
            (root / folder / unit / f"{unit}.ipynb").write_bytes(notebook(f"{folder} {unit}", unit))
    units = "".join(
        f"  - {{id: {unit}, title: Divide, minutes: 5, objectives: [Divide.]}}\n" for unit in (U, V)
    )
    (root / "course.yml").write_text(f"title: A course\nunits:\n{units}")
    return Course.load(root)
