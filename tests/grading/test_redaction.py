"""What is hidden is taken out of the cells and outputs that students see, and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.grading.gradebook.redaction import FAILED, LEFT_OUT, WithoutHidden
from tests.conftest import nbgrader

TESTS = """\
assert total([1]) == 1
### BEGIN HIDDEN TESTS
assert total([2, 3]) == 5, "two numbers have a sum"
x = 7
### END HIDDEN TESTS"""
SHOWN = "assert total([1]) == 1"


def with_tests(*outputs: NotebookNode) -> NotebookNode:
    graded = nbgrader("total", grade=True, locked=True, points=1)
    return new_code_cell(TESTS, metadata=graded, outputs=list(outputs))


def shown(*cells: NotebookNode) -> list[NotebookNode]:
    return WithoutHidden().preprocess(new_notebook(cells=list(cells)), {})[0].cells


def error(*lines: str, said: str = "") -> NotebookNode:
    return new_output("error", ename="AssertionError", evalue=said, traceback=list(lines))


def printed(text: str) -> NotebookNode:
    return new_output("stream", name="stdout", text=text)


def test_a_failed_hidden_test_is_one_sentence():
    failed = '----> 3 assert total([2, 3]) == 5, "two numbers have a sum"'
    lines = ["      1 " + SHOWN, failed, "got: 6, expected: 5"]
    [cell] = shown(with_tests(error(*lines, said="two numbers have a sum")))
    assert cell.source == SHOWN
    assert [(o.evalue, o.traceback) for o in cell.outputs] == [(FAILED, [FAILED])]


def test_a_failed_visible_test_keeps_its_error_without_the_hidden_lines_around():
    lines = [
        "Cell In[4], line 1",
        f"\x1b[32m----> 1\x1b[39m {SHOWN}",
        '      3 assert total([2, 3]) == 5, "two numbers have a sum"',
        "      4 x = 7",
        "AssertionError: ",
    ]
    [cell] = shown(with_tests(error("\n".join(lines))))
    assert cell.outputs[0].traceback == ["\n".join([*lines[:2], lines[4]])]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\nassert total([2, 3]) == 5\nb\n", f"a\n{LEFT_OUT}\nb\n"),
        ("two numbers\nhave a sum\n", LEFT_OUT + "\n"),
        ("&#" + "9" * 5000 + ";\n", "&#" + "9" * 5000 + ";\n"),
        ("x\n" * 100_001 + "two numbers have a sum", LEFT_OUT + "\n"),
        ("x = 7\n1\n", "x = 7\n1\n"),
        ("assert total([1]) == 1\n", "assert total([1]) == 1\n"),
    ],
)
def test_what_is_printed_anywhere_is_left_out_where_it_shows_a_hidden_line(text: str, kept: str):
    own = new_code_cell("print(seen)", outputs=[printed(text)])
    assert shown(with_tests(), own)[1].outputs[0].text == kept


@pytest.mark.parametrize(
    "data",
    [
        {"text/html": "<i>two</i> numbers have <b>a&nbsp;sum</b>"},
        {"application/json": {"a": ["two numbers", "have a sum"]}},
        {"text/html": "&#" + "0" * 5000 + "116;wo numbers < <i>have</i> a sum &#" + "9" * 5000 + ";"},
        {"image/svg+xml": "<svg><text>two numbers have a sum</text></svg>"},
    ],
)
def test_what_is_displayed_is_left_out_whole(data: dict[str, Any]):
    own = new_code_cell("show(seen)", outputs=[new_output("display_data", data=data)])
    assert shown(with_tests(), own)[1].outputs == [printed(LEFT_OUT + "\n")]


def test_what_shows_a_hidden_line_only_together_with_other_outputs_is_left_out():
    secret = "two numbers have a sum"
    pieces = [printed(secret[start : start + 6]) for start in range(0, len(secret), 6)]
    first = new_code_cell("a", outputs=[printed("mine"), *pieces[:2]])
    second = new_code_cell("b", outputs=[*pieces[2:], printed("mine too")])
    *shown_first, _ = shown(first, second, with_tests())
    said = ["".join(output.text for output in cell.outputs) for cell in shown_first]
    assert said == [
        "mine" + 2 * f"{LEFT_OUT}\n",
        len(pieces[2:]) * f"{LEFT_OUT}\n" + "mine too",
    ]


def test_what_a_student_wrote_is_no_secret_and_stays():
    own = new_code_cell(TESTS, outputs=[printed('"two numbers have a sum"')])
    assert shown(with_tests(), own)[1] == own


def test_a_mark_scheme_is_hidden_too_and_a_notebook_without_secrets_stays_as_it_is():
    task = nbgrader("task", task=True, locked=True, points=2)
    scheme = "Draw it.\n### BEGIN MARK SCHEME\nTwo points for the axes.\n### END MARK SCHEME"
    [cell] = shown(new_markdown_cell(scheme, metadata=task))
    assert cell.source == "Draw it."
    plain = new_code_cell("1", outputs=[printed("1"), error("x")])
    assert shown(plain) == [plain]
