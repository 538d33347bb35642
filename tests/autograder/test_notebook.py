"""check, hint, solution and progress as a student meets them: in a real kernel, and in plain Python."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.utils import determine_grade

from autograder.exercise import Exercise
from autograder.exercises import EXERCISES, all_exercises, exercise
from autograder.report import VERDICT_MIME

START = "from autograder import check, hint, solution, progress\nimport numpy as np"
RIGHT = """\
def activation(x):
    x = np.asarray(x, dtype=float)
    tail = np.maximum(x, 15.0)
    middle = 0.03 * np.log(1_000_000 * np.clip(x, 0.0, 15.0) + 1) + 0.5
    low = 1.359140915 * np.exp(np.minimum(x, 0.0) - 1)
    return np.where(x <= 0, low, np.where(x <= 15, middle, 1 - 1 / (109.0858178 * tail - 1403.359435)))"""
TEN_MILLION = RIGHT.replace("1_000_000", "10_000_000")
STUB = "def activation(x):\n    ..."
CHECK = 'check("activation", activation)'
SOLVED = "def activation(x):\n    return 'what the teacher wrote with ``` in it'"


def graded(points: float = 3) -> dict[str, Any]:
    kind = {"grade": True, "grade_id": "activation", "locked": True, "points": points, "solution": False}
    return {"nbgrader": {**kind, "schema_version": 3, "task": False}}


COURSE = """\
title: A course
time_zone: Europe/Stockholm
units:
  - id: 02-divide-by-hand
    title: Divide by hand
    minutes: 45
    objectives: [Do it.]
"""


@pytest.fixture(scope="module")
def unit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A student's folder of unit 02 inside a course that ships one solved notebook."""
    course = tmp_path_factory.mktemp("course")
    (course / "course.yml").write_text(COURSE, encoding="utf-8")
    checks = [
        new_code_cell(f'check("{name}", ...)', metadata={"nbgrader": {"grade_id": name, "grade": True}})
        for name in ("activation", "activation-slope", "divide", "multiply-weights")
    ]
    lesson = course / "lessons/02-divide-by-hand/02-divide-by-hand.ipynb"
    lesson.parent.mkdir(parents=True)
    nbformat.write(new_notebook(cells=checks), lesson)
    answer = new_code_cell(SOLVED, metadata={"nbgrader": {"grade_id": "activation-answer", "solution": True}})
    words = nbformat.v4.new_markdown_cell(
        "Continuity tells.", metadata={"nbgrader": {"grade_id": "which-constant"}}
    )
    solved = course / "solutions/02-divide-by-hand/02-divide-by-hand.ipynb"
    solved.parent.mkdir(parents=True)
    nbformat.write(new_notebook(cells=[answer, words]), solved)
    (course / "solutions/01-warm-up").mkdir()
    (course / "solutions/01-warm-up/01-warm-up.ipynb").write_text("{ broken", encoding="utf-8")
    folder = course / "work/02-divide-by-hand"
    folder.mkdir(parents=True)
    return folder


def run(unit: Path, *sources: str, go_on: bool = True) -> list[Any]:
    """The code cells after a run in a fresh kernel; with ``go_on`` an error does not end it."""
    notebook = new_notebook(
        cells=[new_code_cell(s, metadata=graded() if s == CHECK else {}) for s in sources]
    )
    client = NotebookClient(
        notebook,
        timeout=None,
        kernel_name="python3",
        allow_errors=go_on,
        resources={"metadata": {"path": str(unit)}},
    )
    try:
        client.execute()
    except CellExecutionError:
        assert not go_on
    return list(notebook.cells)


@pytest.fixture(scope="module")
def cells(unit: Path) -> dict[str, Any]:
    """One kernel, one session of a student who asks for everything."""
    steps = {
        "start": START,
        "hint before a check": 'hint("activation")',
        "stub": STUB,
        "not attempted": CHECK,
        "ten million": TEN_MILLION,
        "wrong": CHECK,
        **{f"hint {n}": 'hint("activation")' for n in (1, 2, 3)},
        "solution": 'solution("activation")',
        "solution in words": 'solution("which-constant")',
        "no solution": 'solution("sigmoid")',
        "answer": RIGHT,
        "right": CHECK,
        "progress": "progress()",
        "no such exercise": 'check("actuation", activation)',
        "forgotten": "del activation",
        "answer not run": CHECK,
        "answer not run, in a longer cell": f"# my notes\nx = 1\n{CHECK}",
        "other name error": "print(activatoin)",
        "name error inside a function": f"def f():\n    return activation\nf()\n{CHECK}",
        "name error beside a check": f"nothing_here\n{CHECK}",
        "syntax error": "def activation(x:\n    return x",
        "check after a syntax error": f"activation = abs\n{CHECK}",
        "answer again": RIGHT,
        "right again": CHECK,
        "syntax error again": "def activation(x:\n    return x",
        "check of the one before": CHECK,
        "hint of nothing": "hint()",
        "misspelt hint": 'hint("activatoin")',
        "misspelt solution": 'solution("activatoin")',
        "still alive": "1 + 1",
    }
    return dict(zip(steps, run(unit, *steps.values()), strict=True))


def error(cell: Any) -> Any:
    (found,) = [output for output in cell.outputs if output.output_type == "error"]
    return found


def shown(cell: Any) -> Any:
    (found,) = [output for output in cell.outputs if output.output_type == "display_data"]
    return found.data


def plain(cell: Any) -> str:
    return str(shown(cell)["text/plain"])


@pytest.mark.parametrize(
    ("step", "line"),
    [
        ("not attempted", "○ Run All stops here: `activation` waits for your answer."),
        ("wrong", "◐ Run All stops here: `activation` is only partly right. Read the report"),
    ],
)
def test_an_answer_that_is_not_right_ends_in_one_friendly_line(
    cells: dict[str, Any], step: str, line: str
) -> None:
    traceback = error(cells[step]).traceback
    assert len(traceback) == 1
    assert traceback[0].startswith(line)
    assert "\n" not in traceback[0]
    assert error(cells[step]).ename == "CheckFailed"
    assert error(cells[step]).evalue == traceback[0]


@pytest.mark.parametrize("step", ["not attempted", "wrong", "right"])
def test_a_check_shows_one_report_with_html_text_and_the_verdict(cells: dict[str, Any], step: str) -> None:
    data = shown(cells[step])
    assert set(data) == {"text/html", "text/plain", VERDICT_MIME}
    status = {"not attempted": "not_attempted"}.get(step, step)
    assert data[VERDICT_MIME]["status"] == status
    assert data[VERDICT_MIME]["exercise"] == "activation"


def test_a_wrong_answer_shows_its_picture_and_names_its_mistake(cells: dict[str, Any]) -> None:
    data = shown(cells["wrong"])
    assert data[VERDICT_MIME]["misconception"] == "ten-million"
    assert "data:image/png;base64," in data["text/html"]
    assert "Shaded, where they differ" in data["text/plain"]


def test_a_right_answer_ends_without_error_and_without_result(cells: dict[str, Any]) -> None:
    assert [output.output_type for output in cells["right"].outputs] == ["display_data"]


def test_nothing_reaches_stderr_or_stdout(cells: dict[str, Any]) -> None:
    streams = {
        step: o.text for step, cell in cells.items() for o in cell.outputs if o.output_type == "stream"
    }
    assert streams == {}


def test_nbgrader_gives_full_points_for_right_and_none_for_anything_else(cells: dict[str, Any]) -> None:
    assert determine_grade(cells["right"]) == (3, 3)
    for step in ("not attempted", "wrong", "answer not run"):
        assert determine_grade(cells[step]) == (0, 3)


@pytest.mark.parametrize("step", ["answer not run", "answer not run, in a longer cell"])
def test_a_check_whose_answer_was_not_run_says_so_in_one_line(cells: dict[str, Any], step: str) -> None:
    assert error(cells[step]).traceback == [
        "○ Run All stops here: there is no `activation` yet. Run the cell above, then run on."
    ]
    assert error(cells[step]).ename == "NameError"


@pytest.mark.parametrize(
    "step", ["other name error", "name error inside a function", "name error beside a check", "syntax error"]
)
def test_other_errors_stay_as_ipython_shows_them(cells: dict[str, Any], step: str) -> None:
    text = "\n".join(error(cells[step]).traceback)
    assert "Run All" not in text
    assert ("SyntaxError" if step == "syntax error" else "Traceback (most recent call last)") in text
    assert cells["still alive"].outputs[0].data["text/plain"] == "2"


def test_a_check_is_not_of_the_answer_before_when_the_cell_now_has_a_syntax_error(
    cells: dict[str, Any],
) -> None:
    assert shown(cells["right again"])[VERDICT_MIME]["status"] == "right"
    assert VERDICT_MIME not in shown(cells["check of the one before"])
    assert "could not be run: it ends in a SyntaxError" in plain(cells["check of the one before"])
    assert error(cells["check of the one before"]).ename == "CheckFailed"
    assert VERDICT_MIME in shown(cells["check after a syntax error"])


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("hint of nothing", "Which exercise?"),
        ("misspelt hint", 'Did you mean hint("activation")?'),
        ("misspelt solution", 'Did you mean solution("activation")?'),
    ],
)
def test_a_hint_of_nothing_or_of_a_misspelt_id_gets_a_sentence(
    cells: dict[str, Any], step: str, said: str
) -> None:
    assert said in plain(cells[step])
    assert [output.output_type for output in cells[step].outputs] == ["display_data"]


def test_an_unknown_id_is_answered_with_the_ids_there_are(cells: dict[str, Any]) -> None:
    assert error(cells["no such exercise"]).ename == "ValueError"
    assert "activation-slope" in error(cells["no such exercise"]).evalue


def test_hints_come_one_by_one_and_the_one_for_the_mistake_stands_in_the_report(
    cells: dict[str, Any],
) -> None:
    known = exercise("activation")
    (mistake,) = [m for m in known.mistakes if m.id == "ten-million"]
    assert mistake.hint in plain(cells["wrong"])
    for step, text in zip(["hint before a check", "hint 1", "hint 2"], known.hints, strict=True):
        assert text.replace("`", "") in plain(cells[step])
    assert 'hint("activation") gives the next hint' in plain(cells["hint 1"])
    assert 'solution("activation") shows the solution' in plain(cells["hint 2"])
    for text in known.hints:
        assert text.replace("`", "") in plain(cells["hint 3"])
    assert "last one" in plain(cells["hint 3"])
    assert 'solution("activation") shows the solution' in plain(cells["hint 3"])


@pytest.mark.parametrize("known", all_exercises(), ids=lambda e: e.id)
def test_no_hint_repeats_what_a_report_says(known: Exercise) -> None:
    said = " ".join(f"{m.shows} {m.hint}" for m in known.mistakes)
    assert not [h for h in known.hints if h in said or any(m.hint in h for m in known.mistakes)]


def test_the_solution_is_the_answer_cell_of_the_solved_notebook(cells: dict[str, Any]) -> None:
    assert plain(cells["solution"]) == SOLVED
    assert f"````python\n{SOLVED}\n````" in shown(cells["solution"])["text/markdown"]
    assert "Continuity tells." in shown(cells["solution in words"])["text/markdown"]


def test_where_there_is_no_solution_that_is_said_kindly(cells: dict[str, Any]) -> None:
    assert "comes without solutions" in plain(cells["no solution"])
    assert "comes without solutions" in shown(cells["no solution"])["text/html"]


def test_progress_counts_what_was_checked(cells: dict[str, Any], unit: Path) -> None:
    assert "activation: right (2 attempts, 3 hints)" in plain(cells["progress"])
    assert "1 of 4 right" in shown(cells["progress"])["text/html"]
    saved = json.loads((unit.parent / ".course-progress.json").read_text(encoding="utf-8"))
    assert saved["exercises"]["activation"]["status"] == "right"


@pytest.mark.parametrize("answer", [STUB, TEN_MILLION, "activation = ...", None])
def test_run_all_stops_at_the_first_answer_that_is_not_right(unit: Path, answer: str | None) -> None:
    sources = [START, *([answer] if answer else []), CHECK, "print('too far')"]
    ran = run(unit, *sources, go_on=False)
    assert len(error(ran[-2]).traceback) == 1
    assert "Run All stops here" in error(ran[-2]).traceback[0]
    assert ran[-1].execution_count is None
    assert ran[-1].outputs == []


def test_plain_python_prints_the_report(tmp_path: Path) -> None:
    code = f"""
{START}
{RIGHT}
{CHECK}
{TEN_MILLION}
try:
    {CHECK}
except Exception as stopped:
    print(type(stopped).__name__, stopped)
hint("activation")
solution("activation")
progress()
import sys
assert "IPython" not in sys.modules
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    for words in ("✓ activation: right", "◐ activation: partly right", "CheckFailed ◐ Run All stops here"):
        assert words in done.stdout
    for words in (
        "hint 1 of 3",
        "comes without solutions",
        f"1 of {len(EXERCISES)} exercises right",
    ):
        assert words in done.stdout


def test_while_grading_no_solution_is_shown_and_nothing_is_written(
    unit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (unit.parent / ".course-progress.json").read_bytes()
    monkeypatch.setenv("COURSE_GRADING", "1")
    _, _, checked, solved = run(unit, START, RIGHT, CHECK, 'solution("activation")')
    assert determine_grade(checked) == (3, 3)
    assert "comes without solutions" in plain(solved)
    assert (unit.parent / ".course-progress.json").read_bytes() == before


def test_a_kernel_with_a_hook_of_its_own_keeps_it(unit: Path) -> None:
    hook = (
        "from IPython import get_ipython\n"
        "get_ipython().set_custom_exc((NameError,), lambda *a, **k: print('mine'))"
    )
    *_, checked = run(unit, hook, START, CHECK)
    assert [output.text for output in checked.outputs if output.output_type == "stream"] == ["mine\n"]


@pytest.mark.parametrize(
    "order", ["check, hint, solution, progress", "progress, check", "grade, progress, Verdict"]
)
def test_the_public_names_are_what_they_say_in_any_order_of_import(order: str) -> None:
    code = f"from autograder import {order}; import autograder; assert all(map(callable, ({order},)))"
    code += "; assert callable(autograder.progress) and callable(autograder.check)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
