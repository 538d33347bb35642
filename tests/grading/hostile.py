"""A hundred hand-ins with hostile and broken outputs: each of twenty kinds in each of five places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from tests.attacks.displayed import (
    BRACKETS,
    COVER,
    FLOOD,
    FORMULAS,
    LOST,
    MARKUP,
    NEST,
    ODD_ESCAPES,
    SLOW,
    WIDE,
)

KINDS = {
    "markup": "\n\n".join(MARKUP),
    "cover": COVER,
    "wide": WIDE,
    **SLOW,
    "formulas": FORMULAS,
    "brackets": BRACKETS,
    "escapes": "x".join(ODD_ESCAPES),
    "flood": FLOOD,
    "lost": LOST,
    "controls": "".join(map(chr, range(0xA0))) + "\u202e\u2066\u2028\ufeff\U000e0041",
    "half": "\ud800 \udfff",
    "long": "a." * 50_000,
    "lines": "\n" * 200_000,
    "base64": "data:image/png;base64," + "A" * 500_000,
    "entities": "&#0;&#xD800;&amp" * 20_000,
}
SHOW = "from IPython.display import display\nTEXT = {!r}\n"
EVERY = """
for kind in ("text/plain", "text/markdown", "text/latex", "image/svg+xml", "image/png", "image/jpeg",
             "image/gif", "application/json", "application/javascript", "application/pdf", TEXT[:50]):
    display({kind: TEXT}, raw=True)
    display({kind: [TEXT, TEXT]}, raw=True, metadata={kind: {"width": TEXT}, "filenames": {kind: TEXT}})
    display({kind: {"a": TEXT}}, raw=True)
"""
RAISE = """
import sys
print(TEXT, file=sys.stderr)
print(TEXT)
class Odd(Exception):
    __name__ = TEXT
    def _render_traceback_(self):
        return [TEXT, TEXT]
raise Odd(TEXT)
"""


def _written(notebook: NotebookNode, text: str) -> None:
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = text
    notebook.cells += [new_markdown_cell(text, id="own-text"), new_raw_cell(text, id="own-raw")]


def _html(notebook: NotebookNode, text: str) -> None:
    source = SHOW.format(text) + 'display({"text/html": TEXT}, raw=True)'
    notebook.cells.append(new_code_cell(source, id="own-html"))


def _every(notebook: NotebookNode, text: str) -> None:
    notebook.cells.append(new_code_cell(SHOW.format(text) + EVERY + NEST, id="own-every"))


def _raised(notebook: NotebookNode, text: str) -> None:
    notebook.cells.append(new_code_cell(SHOW.format(text) + RAISE, id="own-raised"))


def _around(notebook: NotebookNode, text: str) -> None:
    """In attachments, in metadata, in code that is none."""
    pasted = {
        "a.png": {"image/png": text, "text/html": text},
        text[:50]: {"image/svg+xml": text},
        "b": [text],
    }
    shown = new_markdown_cell("![x](attachment:a.png) ![y](attachment:b)", id="own-pasted")
    shown.update(
        attachments=pasted, metadata={"tags": [text], "nbgrader": {"grade_id": text, "points": [[text]]}}
    )
    code = new_code_cell(text, id="own-code")
    code.metadata.update({"magics_language": text, "collapsed": {text[:9]: 1}})
    notebook.cells += [shown, code]
    notebook.metadata.update(title=text, language_info={"name": text, "pygments_lexer": text}, widgets=[text])


PLACES: dict[str, Callable[[NotebookNode, str], None]] = {
    "written": _written,
    "html": _html,
    "every": _every,
    "raised": _raised,
    "around": _around,
}


def hand_ins(lesson: NotebookNode) -> Iterator[tuple[str, NotebookNode]]:
    """Each student's name and notebook: all of them answer the exercise rightly."""
    for kind, text in KINDS.items():
        for place, put in PLACES.items():
            notebook = deepcopy(lesson)
            put(notebook, text)
            yield f"{kind.replace(' ', '-')}-{place}", notebook
