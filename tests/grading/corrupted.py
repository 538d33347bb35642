"""Damages hand-ins in every way it knows, and grades all in one run, among honest ones.

Run as ``python -m tests.grading.corrupted --number 200 [--seed 1]``. Each must come to an end with a status
and a reason that a teacher understands; what the damage left unharmed must have its points; nothing else may
be zero without somebody saying why. Exit status 1 on any miss; the same seed gives the same damage.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import nbformat
from nbformat.notebooknode import NotebookNode

from autograder.commands.demo import make_scratch_course
from autograder.commands.feedback import _page
from autograder.course import Course
from autograder.grading import Result, grade_unit
from autograder.grading.handins.sample_class import WAITS, Sample, read_class
from autograder.grading.notebooks.graded_cells import check_cells
from autograder.grading.notebooks.points import NO_VERDICT, verdict_of
from tests.grading.damage import file_bytes, names, places, structure
from tests.grading.damage.kinds import Damage
from tests.grading.damage.unharmed import unharmed

ROOT = Path(__file__).parents[2]
DAMAGE = [*file_bytes.DAMAGE, *structure.DAMAGE, *names.DAMAGE, *places.DAMAGE]
UNIT = "02-divide-by-hand"
CELL_SECONDS = 20
HONEST_EACH = 2
"""Honest hand-ins of each unit, first and last in the run."""
FEEDBACK_EACH = 4
NOT_FOR_TEACHERS = re.compile(r"Traceback|stumbled|\n|\b[A-Za-z.]*(Error|Exception)\b")


@dataclass
class Handin:
    """One of the run: ``damage`` is None for an honest one."""

    student: str
    sample: Sample
    damage: Damage | None
    honest: NotebookNode
    whole: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        did = f"{self.damage.kind}: it {self.damage.does}" if self.damage else "honest"
        return f"{self.student} ({self.sample.unit}, {self.sample.student}; {did})"


@dataclass
class Trial:
    """What a run came to: results by student, and what was wrong with them, by hand-in."""

    course: Course
    handins: list[Handin]
    results: dict[str, Result]
    misses: dict[str, list[str]]
    seconds: float


def try_damage(
    folder: Path, number: int, seed: int, jobs: int | None = None, unit: str | None = None
) -> Trial:
    """Hand in ``number`` damaged notebooks and a few honest ones, grade them, look at every result.

    ``unit`` is the only one that something is handed in to; of both, if left out.
    """
    course = make_scratch_course(Course.load(ROOT), folder, CELL_SECONDS)
    lessons = {u.id: nbformat.read(course.lesson(u.id), as_version=4) for u in course.units}
    samples = [s for s in read_class(ROOT / "tests" / "class") if s.status == "graded" and not s.damage]
    samples = [s for s in samples if unit in (None, s.unit)]
    handins = list(_hand_in(course, lessons, samples, number, Random(seed)))
    began = time.monotonic()
    results: dict[str, Result] = {}
    for one in dict.fromkeys(sample.unit for sample in samples):
        results |= {result.student: result for result in grade_unit(course, one, jobs=jobs)}
    seconds = time.monotonic() - began
    found = {str(h): misses(course, h, results.get(h.student)) for h in handins}
    for handin in _to_look_at(handins):
        found[str(handin)] += _without_feedback(course, handin, results.get(handin.student))
    return Trial(course, handins, results, {who: said for who, said in found.items() if said}, seconds)


def _hand_in(
    course: Course, lessons: dict[str, NotebookNode], samples: list[Sample], number: int, random: Random
) -> Iterator[Handin]:
    """Put everything into ``submitted/``: each kind of damage as often as another, to hand-ins by lot."""
    kinds: list[Damage | None] = []
    while len(kinds) < number:
        kinds += random.sample(DAMAGE, len(DAMAGE))
    plan = [(f"damaged-{i:03}", kind, random.choice(samples)) for i, kind in enumerate(kinds[:number])]
    for unit in dict.fromkeys(sample.unit for sample in samples):
        own = [sample for sample in samples if sample.unit == unit]
        plan += [(f"{'az'[i % 2]}-honest-{unit}-{i}", None, own[i]) for i in range(HONEST_EACH)]
    for student, damage, sample in plan:
        path = course.root / "submitted" / student / sample.unit / f"{sample.unit}.ipynb"
        path.parent.mkdir(parents=True)
        content = sample.notebook(lessons[sample.unit])
        honest = nbformat.reads(content.decode(), as_version=4)
        if damage is None:
            path.write_bytes(content)
        else:
            damage.put(path, content, random)
        yield Handin(student, sample, damage, honest, unharmed(lessons[sample.unit], honest, path))


def misses(course: Course, handin: Handin, result: Result | None) -> list[str]:
    """What is wrong with the result of one hand-in."""
    if result is None:
        return ["it has no result"]
    if handin.damage is None:
        return handin.sample.differences(result)
    return [*_wrong_status(handin.damage, result), *_wrong_scores(course, handin, result)]


def _wrong_status(damage: Damage, result: Result) -> Iterator[str]:
    status = str(result.status)
    if status not in damage.ends:
        yield f"status {status} ({result.reason}; {'; '.join(result.remarks)})"
    if (result.reason == "") != (status == "graded") or NOT_FOR_TEACHERS.search(result.reason):
        yield f"a reason that says nothing to a teacher: {result.reason!r}"


def _wrong_scores(course: Course, handin: Handin, result: Result) -> Iterator[str]:
    if set(result.scores) != set(handin.sample.scores):
        yield f"exercises {sorted(result.scores)}, not {sorted(handin.sample.scores)}"
        return
    path = course.root / "autograded" / handin.student / handin.sample.unit / f"{handin.sample.unit}.ipynb"
    graded = nbformat.read(path, as_version=4)
    nbformat.validate(graded)
    checks = check_cells(graded)
    for name, (score, points) in result.scores.items():
        given = handin.sample.scores[name]
        honest = None if given == WAITS else float(given)
        if score is None and (str(result.status) != "graded" or name in result.asks):
            continue  # left to the teacher, with a reason
        if name in handin.whole and score != honest:
            yield f"{name}: {score}, not {honest}, though its answer is unharmed"
        if score is not None and not 0 <= score <= points:
            yield f"{name}: {score} of {points} points"
        if score == 0 and honest != 0 and not _explained(name, checks.get(name), result):
            yield f"{name}: zero, and nobody says why"


def _explained(name: str, check: NotebookNode | None, result: Result) -> bool:
    """Is there a verdict on this exercise, an error of the student's own, or a remark?"""
    if any(remark.split()[0] in (name, f"{name}-answer") for remark in result.remarks):
        return True
    if check is None or check.cell_type != "code":
        return False
    errors = [output.ename for output in check.outputs if output.output_type == "error"]
    return verdict_of(check) is not None or any(error != NO_VERDICT for error in errors)


def _to_look_at(handins: Sequence[Handin]) -> Iterator[Handin]:
    for unit in dict.fromkeys(one.sample.unit for one in handins):
        yield from [one for one in handins if one.sample.unit == unit and one.damage][:FEEDBACK_EACH]


def _without_feedback(course: Course, handin: Handin, result: Result | None) -> Iterator[str]:
    page = _page(course, handin.student, handin.sample.unit).read_text(encoding="utf-8")
    if result and str(result.status) == "broken" and "could not be graded" not in page:
        yield "its feedback page does not say that it could not be graded"
    if not all(f'"{name}"' in page for name in handin.sample.scores):
        yield "its feedback page lacks an exercise"


def report(trial: Trial) -> str:
    """A table of what was done and how it ended, the misses, and n of n."""
    ends: dict[str, Counter[str]] = {}
    for one in trial.handins:
        if one.student in trial.results:
            kind = one.damage.kind if one.damage else "(honest)"
            ends.setdefault(kind, Counter())[str(trial.results[one.student].status)] += 1
    lines = [
        f"{kind:<24} {', '.join(f'{n} {end}' for end, n in ends[kind].items())}" for kind in sorted(ends)
    ]
    for who, said in trial.misses.items():
        lines += [f"✗ {who}", *(f"    {line}" for line in said)]
    unharmed_ = sum(len(one.whole) for one in trial.handins if one.damage)
    lines.append(f"{unharmed_} answers were unharmed by the damage beside them.")
    right = len(trial.handins) - len(trial.misses)
    return "\n".join(
        [*lines, f"{right} of {len(trial.handins)} hand-ins as they should be, {trial.seconds:.0f} s"]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--number", type=int, default=200, help="how many damaged hand-ins")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other damage")
    parser.add_argument("--jobs", type=int, default=None, help="processes side by side")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        trial = try_damage(Path(folder) / "course", given.number, given.seed, given.jobs)
    print(report(trial))
    return 1 if trial.misses else 0


if __name__ == "__main__":
    sys.exit(main())
