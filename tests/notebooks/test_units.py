"""The units of this course: what is stored is what source/ gives, and the form that the style asks for."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import nbformat
import pytest

from autograder.building.canonical import canonical_text
from autograder.building.drift import folder_differences
from autograder.course import find_course
from autograder.exercises import exercise
from autograder.grading.notebooks.graded_cells import answer_cells, type_in
from autograder.grading.run.running import run_notebook
from autograder.grading.run.warm_parents import WarmParent
from autograder.grading.sandbox import Level
from autograder.verdict import Status

COURSE = find_course(Path(__file__).parent)
UNITS = [unit.id for unit in COURSE.units]
HEAVY = re.compile(r"^\s*(?:from|import)\s+(divnet|keras|matplotlib|tensorflow)", re.MULTILINE)
BY_NATURE = {"tensors", "built", "compared", "filled"}  # observers of answers that TensorFlow or Keras runs
LAB = re.compile(r"from divnet\.labs import (\w+)")
PICTURE = re.compile(r'<img src="data:image/png;base64,[^"]+" alt="(?P<alt>[^"]*)" width="\d+" />')

each_unit = pytest.mark.parametrize("unit", UNITS)
each_form = pytest.mark.parametrize("form", ["source", "lesson", "solution"])


def cells(unit: str, form: str) -> list[dict[str, Any]]:
    """The cells of the stored notebook; `form` is source, lesson or solution."""
    path = getattr(COURSE, form)(unit)
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell | {"source": "".join(cell["source"])} for cell in found]


def code(unit: str, form: str = "source") -> list[dict[str, Any]]:
    return [cell for cell in cells(unit, form) if cell["cell_type"] == "code"]


def grading(cell: dict[str, Any]) -> dict[str, Any]:
    return cell["metadata"].get("nbgrader", {})


def is_tutorial(cell: dict[str, Any]) -> bool:
    return "tutorial" in cell["metadata"].get("tags", [])


# What is stored is what source/ gives.


@each_unit
def test_the_source_is_in_its_canonical_form(unit):
    stored = COURSE.source(unit).read_bytes().decode("utf-8")
    is_canonical = stored == canonical_text(COURSE.source(unit))  # by name: pytest would explain every byte
    assert is_canonical, f"{unit}: run `course build`"


@each_unit
def test_the_solution_executes_from_top_to_bottom(unit, fresh_build):
    assert fresh_build[1].get(unit) is None


@each_unit
def test_the_lesson_is_what_source_gives(unit, fresh_build):
    fresh, failures = fresh_build
    assert unit not in failures, failures[unit]
    stored = COURSE.lesson(unit).parent
    assert folder_differences(fresh.lesson(unit).parent, stored, f"lessons/{unit}") == []


@each_unit
def test_the_solved_notebook_is_what_source_gives(unit, fresh_build):
    fresh, failures = fresh_build
    assert unit not in failures, failures[unit]
    stored = COURSE.solution(unit).parent
    assert folder_differences(fresh.solution(unit).parent, stored, f"solutions/{unit}", outputs=True) == []


@pytest.mark.parametrize("folder", ["lessons", "solutions"])
def test_every_folder_belongs_to_a_unit(folder):
    assert sorted(path.name for path in (COURSE.root / folder).glob("[!.]*")) == sorted(UNITS)


# The lesson gives nothing away, and defines every name.


@each_unit
def test_a_lesson_holds_no_line_of_a_solution(unit):
    lesson = "\n".join(cell["source"] for cell in code(unit, "lesson") if not is_tutorial(cell))
    for cell in code(unit):
        for region in re.findall(
            r"### BEGIN SOLUTION\n(.*?)\n\s*### END SOLUTION", cell["source"], re.DOTALL
        ):
            for line in region.splitlines():
                assert line.strip() not in lesson, f"{cell['id']}: {line.strip()}"
    assert "SOLUTION" not in COURSE.lesson(unit).read_text(encoding="utf-8")


@each_unit
def test_a_lesson_has_a_stub_for_every_answer(unit):
    answers = [cell for cell in code(unit, "lesson") if grading(cell).get("solution")]
    assert answers
    for cell in answers:
        name = exercise(cell["id"].removesuffix("-answer")).answer
        compile(cell["source"], cell["id"], "exec")
        assert re.search(rf"^(?:def {name}\(|{name} = )", cell["source"], re.MULTILINE), cell["id"]
        assert re.search(r"^\s+\.\.\.$", cell["source"], re.MULTILINE), cell["id"]


@each_unit
def test_a_lesson_with_the_right_answers_typed_in_is_the_solved_notebook(unit):
    """So it executes as cleanly as that one does."""
    lesson, solved = (nbformat.read(getattr(COURSE, form)(unit), 4) for form in ("lesson", "solution"))
    typed = type_in(lesson, {name: cell.source for name, cell in answer_cells(solved).items()})
    assert [cell.source for cell in typed.cells] == [cell.source for cell in solved.cells]


@each_unit
@pytest.mark.parametrize("form", ["source", "lesson"])
def test_no_outputs_are_stored_in_source_and_lessons(unit, form):
    assert [cell["id"] for cell in code(unit, form) if cell["outputs"] or cell["execution_count"]] == []


# Grading: ids, places, and nothing that a graded cell would need is left out.


@each_unit
@each_form
def test_a_check_stands_right_after_its_answer_and_names_it(unit, form):
    found = cells(unit, form)
    checks = [n for n, c in enumerate(found) if grading(c).get("grade") and c["cell_type"] == "code"]
    assert checks
    for n in checks:
        cell, before = found[n], found[n - 1]
        exercise_id = grading(cell)["grade_id"]
        assert cell["id"] == exercise_id
        assert cell["source"] == f'check("{exercise_id}", {exercise(exercise_id).answer})'
        assert grading(before).get("grade_id") == f"{exercise_id}-answer"
        assert grading(before)["solution"] and not grading(before)["grade"]
        assert grading(cell)["locked"] and grading(cell)["points"] >= 1


@each_unit
def test_no_graded_or_answer_cell_is_left_out_of_grading(unit):
    assert [cell["id"] for cell in cells(unit, "source") if grading(cell) and is_tutorial(cell)] == []


@each_unit
def test_grading_imports_nothing_heavy_but_what_the_answers_are_written_in(unit):
    observers = {exercise(c["id"]).probe.observer for c in code(unit) if grading(c).get("grade")}
    allowed = {"tensorflow", "keras"} if observers & BY_NATURE else set()
    graded = "\n".join(cell["source"] for cell in code(unit) if not is_tutorial(cell))
    assert set(HEAVY.findall(graded)) <= allowed


@pytest.fixture(scope="module")
def parent() -> Iterator[WarmParent]:
    """In whose forks notebooks run as in grading, one after the other and without a wall."""
    if sys.platform != "linux":
        pytest.skip("NOT TESTED: forks of a warm process need Linux.")
    with WarmParent(Level.NONE) as warm:
        yield warm


def failed_in_grading(parent: WarmParent, path: Path) -> set[str]:
    """The ids of the checks that are not right where grading runs the notebook."""
    run = run_notebook(parent, nbformat.read(path, 4), COURSE.grading.cell_timeout)
    assert (run.lost, run.unreached, run.unreadable) == (None, [], [])
    assert set(run.verdicts) == set(run.reached)
    return {name for name, verdict in run.verdicts.items() if verdict.status is not Status.RIGHT}


def half_finished(unit: str, folder: Path) -> tuple[Path, set[str]]:
    """A lesson with every second answer typed in, and the exercises whose answer is missing."""
    solved = {cell["id"]: cell["source"] for cell in code(unit, "solution")}
    lesson = json.loads(COURSE.lesson(unit).read_text(encoding="utf-8"))
    answers = [cell for cell in lesson["cells"] if cell["id"].endswith("-answer")]
    for cell in answers[::2]:
        cell["source"] = solved[cell["id"]]
    path = folder / "lesson.ipynb"
    path.write_text(json.dumps(lesson), encoding="utf-8")
    return path, {cell["id"].removesuffix("-answer") for cell in answers[1::2]}


@each_unit
def test_every_check_of_the_solved_notebook_is_right(unit, parent):
    assert failed_in_grading(parent, COURSE.solution(unit)) == set()


@each_unit
def test_a_check_of_a_half_finished_lesson_fails_if_its_answer_or_one_that_it_needs_is_missing(
    unit, parent, tmp_path
):
    path, missing = half_finished(unit, tmp_path)
    failed = failed_in_grading(parent, path)
    assert missing <= failed
    assert all(name in missing or missing & set(exercise(name).needs) for name in failed)


@pytest.mark.parametrize(
    "unit",
    [unit if unit == "02-divide-by-hand" else pytest.param(unit, marks=pytest.mark.deep) for unit in UNITS],
)
def test_stock_validate_agrees_on_a_solved_notebook_and_a_half_finished_lesson(unit, parent, tmp_path):
    path, _ = half_finished(unit, tmp_path)
    for notebook in (COURSE.solution(unit), path):
        assert set(validate(notebook)) == failed_in_grading(parent, notebook)


def validate(path: Path) -> list[str]:
    """The ids of the checks that fail in `nbgrader validate`, run as a teacher runs it."""
    command = [sys.executable, "-m", "nbgrader", "validate", str(path)]
    ran = subprocess.run(command, cwd=COURSE.root, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "Success" in ran.stdout or "VALIDATION FAILED" in ran.stdout, ran.stdout
    return re.findall(r'The following cell failed:\n\n\s+check\("([^"]+)"', ran.stdout)


# The form that the style asks for, as far as a machine can tell.


@each_unit
def test_a_unit_opens_and_closes_as_the_style_says(unit):
    texts = [cell["source"] for cell in cells(unit, "source") if cell["cell_type"] == "markdown"]
    opening, everything = texts[0], "\n".join(texts)
    assert opening.startswith(f"# {COURSE.unit(unit).title}\n"), (
        "the heading and the title in course.yml differ"
    )
    for part in ("*You will do:*", "*You will learn:*", "*You need:*"):
        assert part in opening
    for heading in ("## What we measured", "## On your own"):
        assert re.search(rf"^{heading}$", everything, re.MULTILINE), heading


@each_unit
def test_code_cells_are_short(unit):
    """Median 5 lines or fewer, 15 at the most; the solution's lines do not count as the stub's do."""
    lengths = {cell["id"]: len(cell["source"].splitlines()) for cell in code(unit, "lesson")}
    assert median(lengths.values()) <= 5
    assert {name: lines for name, lines in lengths.items() if lines > 15} == {}


@each_unit
def test_no_heading_is_given_twice(unit):
    texts = (cell["source"] for cell in cells(unit, "source") if cell["cell_type"] == "markdown")
    headings = [line for text in texts for line in re.findall(r"^#+ .*$", text, re.MULTILINE)]
    headings = [line for line in headings if "SOLUTION" not in line]
    assert len(headings) == len(set(headings))


# What a reader of the solved notebook sees.


@each_unit
def test_a_solved_notebook_shows_no_error(unit):
    for cell in code(unit, "solution"):
        for output in cell["outputs"]:
            assert output["output_type"] != "error", cell["id"]
            assert output.get("name") != "stderr", cell["id"]


@each_unit
def test_every_lab_leaves_a_picture_with_its_text_twin(unit):
    labs = [cell for cell in code(unit, "solution") if LAB.search(cell["source"])]
    assert labs
    for cell in labs:
        (data,) = (output["data"] for output in cell["outputs"] if "data" in output)
        assert PICTURE.fullmatch("".join(data["text/html"])), cell["id"]
        assert len("".join(data["text/plain"])) > 40, f"{cell['id']}: the text twin says what is to be seen"
        assert "application/vnd.jupyter.widget-view+json" not in data


@each_unit
def test_every_picture_has_alt_text_and_a_text_twin_that_says_the_same(unit):
    """JupyterLab shows no alt text of an output of type image/png."""
    for cell in code(unit, "solution"):
        for output in cell["outputs"]:
            data = {mime: "".join(text) for mime, text in output.get("data", {}).items()}
            assert "image/png" not in data, cell["id"]
            picture = PICTURE.fullmatch(data.get("text/html", ""))
            if picture:
                twin = data["text/plain"]
                assert len(twin) > 20 and html.unescape(picture["alt"]) == twin, cell["id"]


@each_unit
def test_every_solved_check_shows_its_report(unit):
    for cell in code(unit, "solution"):
        if grading(cell).get("grade"):
            assert any("text/html" in output.get("data", {}) for output in cell["outputs"]), cell["id"]
