"""Classes of any size for benchmarks: honest hand-ins, right and wrong, in a scratch course."""

from __future__ import annotations

from itertools import cycle, islice
from pathlib import Path

import nbformat

from autograder.commands.demo import make_scratch_course
from autograder.course import Course
from autograder.grading.handins.sample_class import Sample, read_answers

ROOT = Path(__file__).parents[1]
_WITH_TENSORFLOW = 4
_SAMPLES = {n: ROOT / "tests" / "class" / "02-divide-by-hand" / f"student-{n:02}.py" for n in range(1, 9)}
CLASSES = {
    "02-divide-by-hand": [path for n, path in _SAMPLES.items() if n != _WITH_TENSORFLOW],
    "02-divide-by-hand, one in eight with TensorFlow": list(_SAMPLES.values()),
    "06-custom-gradient": sorted((ROOT / "benchmarks" / "hand_ins" / "06-custom-gradient").glob("*.py")),
}
"""Files of answers, by a name that starts with the unit. The first class needs NumPy alone."""


def unit_of(name: str) -> str:
    """The unit that a class has handed in."""
    return name.split(",")[0]


def scratch_class(folder: Path, name: str, size: int) -> Course:
    """A scratch course in ``folder`` where ``size`` students of the class have handed in."""
    unit = unit_of(name)
    original = Course.load(ROOT)
    course = make_scratch_course(original, folder, original.grading.cell_timeout)
    lesson = nbformat.read(course.lesson(unit), as_version=4)
    files = cycle([_hand_in(unit, path).notebook(lesson) for path in CLASSES[name]])
    for number, content in enumerate(islice(files, size), start=1):
        place = course.root / "submitted" / f"student-{number:04}" / unit
        place.mkdir(parents=True)
        (place / f"{unit}.ipynb").write_bytes(content)
    return course


def _hand_in(unit: str, path: Path) -> Sample:
    """The answers of one file; what they must score is not asked here."""
    answers = read_answers(path.read_text(encoding="utf-8"))
    return Sample("", unit, "", "", "", {}, {}, {}, answers)
