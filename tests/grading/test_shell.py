"""Cells run in a shell without a kernel: what they put out is what a kernel would have put out."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import pytest

from tests.grading.jailed import ROOT

CELLS = {
    "value": "x = 6 * 7\nx",
    "fails": "def half(x):\n    return x / 0\n\nhalf(1)",
    "unknown name": "undefined",
    "no Python": "x = (",
    "chained": "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError('no half') from e",
    "windows": "%matplotlib inline\n%matplotlib notebook\n'goes on'",
    "programs": "!ls\nfound = !ls\n%pip install numpy\n(found, _exit_code)",
    "warns": "import sys\nprint('beside', file=sys.stderr)",
}
PROGRAM = """
import inspect, json, sys
from autograder.grading.inside.shell import new_shell
cells = json.loads(sys.stdin.read())
shell, real = new_shell(10**6), sys.stdout
searched = []
def noted(owner, name):
    if name == "__file__":
        searched.append(owner)
    return hasattr(owner, name)
inspect.hasattr = noted
said, searches = {}, {}
for number, (name, source) in enumerate(cells.items(), start=1):
    searched.clear()
    said[name] = shell.run(source, number)
    searches[name] = len(searched)
print(json.dumps([said, searches]), file=real)
"""


@pytest.fixture(scope="module")
def ran() -> tuple[dict[str, list[dict[str, Any]]], dict[str, int]]:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=json.dumps(CELLS),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    said, searches = json.loads(run.stdout)
    return said, searches


def text_of(output: dict[str, Any]) -> str:
    """The lines of an error, without their colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(output["traceback"]))


def test_a_value_is_shown_under_the_number_of_its_cell(ran: Any) -> None:
    (shown,) = ran[0]["value"]
    assert (shown["output_type"], shown["data"]["text/plain"]) == ("execute_result", "42")
    assert shown["execution_count"] == 1


def test_an_error_shows_the_line_it_came_from_and_the_lines_around(ran: Any) -> None:
    (shown,) = ran[0]["fails"]
    assert (shown["output_type"], shown["ename"], shown["evalue"]) == (
        *("error", "ZeroDivisionError"),
        "division by zero",
    )
    text = text_of(shown)
    assert "----> 4 half(1)" in text
    assert "----> 2     return x / 0" in text
    assert text.endswith("ZeroDivisionError: division by zero")


def test_an_error_of_an_error_and_one_of_grammar_are_shown_too(ran: Any) -> None:
    assert "direct cause" in text_of(ran[0]["chained"][0])
    assert ran[0]["no Python"][0]["ename"] == "SyntaxError"
    assert ran[0]["unknown name"][0]["evalue"] == "name 'undefined' is not defined"
    assert ran[0]["warns"] == [{"output_type": "stream", "name": "stderr", "text": "beside\n"}]


def test_a_window_or_a_program_that_cannot_be_had_does_not_stop_its_cell(ran: Any) -> None:
    (shown,) = ran[0]["windows"]
    assert shown["data"]["text/plain"] == "'goes on'"
    said, shown = ran[0]["programs"]
    assert said["text"].count("[no program is started while work is graded: ls]") == 2
    assert shown["data"]["text/plain"] == "([], 127)"


def test_no_module_is_searched_for_the_file_of_a_cell(ran: Any) -> None:
    """With TensorFlow loaded there are 5000 of them, looked through several times for each line shown."""
    searches = ran[1]
    assert searches["fails"] > 0  # the first error: where Python's own modules come from is noted
    assert searches["chained"] == searches["unknown name"] == 0
