"""What pages of 20 MB of the worst cost: ``python -m tests.grading.page_bounds``.

It prints seconds of processor time, and the megabytes that a page took beyond the notebook itself. Each page
is made in a process of its own.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

from nbformat import from_dict
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from autograder.course import Course
from autograder.grading.gradebook.redaction import WithoutHidden
from autograder.grading.nbgrader_inside import at_work, read_config
from tests.attacks.displayed import BLANK, BRACKETS, FLOOD, FORMULAS, SLOW
from tests.attacks.pages import Page, page_by
from tests.conftest import nbgrader
from tests.grading.worst import peak_megabytes

ROOT = Path(__file__).parents[2]
BYTES = 20_000_000


def _filled(text: str, size: int) -> str:
    return (text * (size // len(text) + 1))[:size]


def _displayed(kind: str, text: str, size: int) -> Callable[[], list[NotebookNode]]:
    def cells() -> list[NotebookNode]:
        data = {kind: _filled(text, size)}
        one = {"output_type": "display_data", "data": data, "metadata": {}}
        return [NotebookNode(new_code_cell("x"), outputs=[from_dict(one) for _ in range(BYTES // size)])]

    return cells


def _cells(new: Callable[[str], NotebookNode], text: str, size: int) -> Callable[[], list[NotebookNode]]:
    return lambda: [new(_filled(text, size)) for _ in range(BYTES // size)]


HIDDEN = "\n".join(f"assert total([{n}, {n}]) == {2 * n}, 'the sum of {n} and {n}'" for n in range(50))
TESTS = f"### BEGIN HIDDEN TESTS\n{HIDDEN}\n### END HIDDEN TESTS"


def _tested(text: str, size: int, more: str = "") -> Callable[[], list[NotebookNode]]:
    """Printed in a notebook that has hidden tests."""

    def cells() -> list[NotebookNode]:
        graded = nbgrader("total", grade=True, locked=True, points=1, score=1)
        one = {"output_type": "stream", "name": "stdout", "text": _filled(text, size) + more}
        outputs = [from_dict(one) for _ in range(BYTES // size)]
        return [new_code_cell(TESTS, metadata=graded), NotebookNode(new_code_cell("x"), outputs=outputs)]

    return cells


WORST: dict[str, Callable[[], list[NotebookNode]]] = {
    **{f"HTML, {kind}": _displayed("text/html", html, 100_000) for kind, html in SLOW.items()},
    "one HTML": _displayed("text/html", "<div>", BYTES),
    "small HTML": _displayed("text/html", "<i>x</i>", 2000),
    "one style": _displayed("text/html", f'<p style="color:{" " * 99_000}x">a</p>', 100_000),
    "styles": _displayed("text/html", f'<p style="{"color:a,, ,;" * 160}">a</p>', 2000),
    "attributes": _displayed("text/html", "<p " + " ".join(map("a{:x}".format, range(14_000))), 100_000),
    **{
        f"Markdown of blanks, {size}": _displayed("text/markdown", text, size)
        for text in BLANK
        for size in (9_900, 19_900)
    },
    "blanks and code spans": _displayed("text/markdown", "`" + " " * 98 + "x", 9_900),
    "words of Markdown": _displayed("text/markdown", "x" * 1000 + "\n\n", 9_900),
    "lines without code": _cells(new_code_cell, "\n", 9_900),
    "few blanks in code": _cells(new_code_cell, "\n" * 99 + "x", 9_900),
    "code of another language": _cells(new_code_cell, "%%html\n" + "<a\n" * 3_000, 9_900),
    "hidden tests, no ends": _tested("<", 99_000),
    "hidden tests, blanks": _tested("a ", BYTES),
    "hidden tests, entities": _tested("&lt", 20_000),
    "hidden tests, zeros": _tested("&#" + "0" * 10_000, 2_000_000),
    "hidden tests, lines": _tested("aaaaaaaa\n", BYTES, HIDDEN),
    "hidden tests, no lines": _tested("\n", BYTES, HIDDEN),
    "escapes": _displayed("text/plain", FLOOD, 2_000_000),
    "entities": _displayed("text/plain", "<&", 2_000_000),
    "pictures": _displayed("image/png", "aGVs", 2_000_000),
    "formulas": _cells(new_markdown_cell, FORMULAS, 9_900),
    "brackets": _cells(new_markdown_cell, BRACKETS, 9_900),
    "one Markdown": _cells(new_markdown_cell, "[a](", BYTES),
    "code": _cells(new_code_cell, "1+" * 200 + "\n", 9_900),
    "one line": _cells(new_code_cell, "a.", BYTES),
    "many cells": _cells(new_code_cell, "x\n", 4_000),
    "raw cells": _cells(new_raw_cell, "<div>", 2_000_000),
}


def _cost(page: Page, cells: Callable[[], list[NotebookNode]]) -> tuple[float, float]:
    notebook = new_notebook(cells=cells())
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"
    began, memory = time.process_time(), peak_megabytes()
    page(WithoutHidden().preprocess(notebook, {})[0])
    used = peak_megabytes() - memory
    return round(time.process_time() - began, 2), used


def main() -> None:
    with at_work():
        page = page_by(read_config(Course.load(ROOT)), "feedback")
        page(new_notebook(cells=[new_code_cell("x"), new_markdown_cell("x")]))  # what is loaded is loaded
        costs = {}
        for name, cells in WORST.items():
            reading, writing = os.pipe()
            if (child := os.fork()) == 0:
                os.write(writing, json.dumps(_cost(page, cells)).encode())
                os._exit(0)
            os.close(writing)
            with os.fdopen(reading) as answer:
                costs[name] = json.loads(answer.read() or "null")
            os.waitpid(child, 0)
    print(json.dumps(costs, indent=1))


if __name__ == "__main__":
    main()
