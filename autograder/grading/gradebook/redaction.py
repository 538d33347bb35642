"""Hidden tests and mark schemes, which students do not see: taken out of whatever is shown to them.

nbgrader keeps both for the teacher, in the gradebook and in ``autograded/``. nbgrader_config.py puts
`WithoutHidden` before nbgrader's own steps from there to a feedback page.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, NbGraderPreprocessor
from nbgrader.utils import is_locked

LEAST = 8
"""Letters and digits of a line, or of a text in quotes, that is looked for in outputs; fewer tell nothing."""
MOST_LOOKS = 100_000
"""Lines and entities of all outputs that are looked at; what is beyond counts as hidden."""
LEFT_OUT = "[left out: it shows a hidden test]"
FAILED = "A hidden test did not pass."

_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_TAG = re.compile(r"<[^>]*>")
_BEFORE_CODE = re.compile(r"\s*(-*> ?)?\d*\s?")  # in a traceback: an arrow, and the line's number
_NUMBER = re.compile(r"&#0*+(\d*+)")  # html.unescape stumbles over thousands of digits
_QUOTED = re.compile(r"""(["'])(.*?)\1""")


class WithoutHidden(NbGraderPreprocessor):
    """Takes hidden tests and mark schemes out of a notebook's locked cells, and out of all outputs."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        tests, scheme = ClearHiddenTests(parent=self), ClearMarkScheme(parent=self)
        take_out(
            nb.cells,
            (tests.begin_test_delimeter, tests.end_test_delimeter),
            (scheme.begin_mark_scheme_delimeter, scheme.end_mark_scheme_delimeter),
        )
        return nb, resources


def take_out(cells: Iterable[NotebookNode], *regions: tuple[str, str]) -> None:
    """Take what stands between these marks out of locked cells, and the same text out of every output.

    An error that a hidden line raised becomes one sentence: its message may tell what was expected.
    """
    hidden: list[str] = []
    for cell in cells:
        for begin, end in regions if is_locked(cell) else ():
            cell.source, inside = _apart(cell.source, begin, end)
            hidden += inside
    if hidden:
        secret = _Secret(hidden, [cell.source for cell in cells])
        code = [cell for cell in cells if cell.cell_type == "code"]
        for cell in code:
            cell.outputs = [secret.without(output) for output in cell.outputs]
        together = secret.shown_together([output for cell in code for output in cell.outputs])
        for cell in code:
            cell.outputs = [_note(LEFT_OUT) if id(output) in together else output for output in cell.outputs]


def _apart(source: str, begin: str, end: str) -> tuple[str, list[str]]:
    """The text without its hidden regions, and the lines of these."""
    shown: list[str] = []
    hidden: list[str] = []
    within = False
    for line in source.split("\n"):
        if begin in line or end in line:
            within = begin in line
        else:
            (hidden if within else shown).append(line)
    return "\n".join(shown), hidden


class _Secret:
    """Lines that no output may show. What a cell shows anyway is no secret."""

    def __init__(self, hidden: Sequence[str], shown: Iterable[str]) -> None:
        known = _squeezed("\n".join(shown))
        quoted = [text for line in hidden for _, text in _QUOTED.findall(line)]
        self.lines = {_squeezed(line) for line in hidden} - {""}
        self.lines = {line for line in self.lines if line not in known}
        code = [_QUOTED.sub("", line) for line in hidden]
        pieces = {_squeezed(text) for text in (*hidden, *quoted, *code)}
        self.pieces = [text for text in pieces if len(text) >= LEAST and text not in known]
        self.looks = MOST_LOOKS

    def without(self, output: NotebookNode) -> NotebookNode:
        if output.output_type == "stream":
            return NotebookNode(output, text=self._text(output.text))
        if output.output_type == "error":
            return self._error(output)
        shown = [_as_text(value) for value in (*output.data.values(), output.get("metadata", {}))]
        return _note(LEFT_OUT) if any(map(self._is_in, shown)) else output

    def shown_together(self, outputs: Sequence[NotebookNode]) -> set[int]:
        """The ids of the outputs that show something hidden one after the other, in pieces."""
        forms = [_squeezed(_without_markup(_COLOUR.sub("", _told(output)))) for output in outputs]
        ends, whole = list(accumulate(map(len, forms))), "".join(forms)
        found: set[int] = set()
        for piece in self.pieces:
            at = whole.find(piece)
            while at >= 0:
                first, last = bisect_right(ends, at), bisect_left(ends, at + len(piece))
                found |= {id(output) for output in outputs[first : last + 1]}
                at = whole.find(piece, at + len(piece))
        return found

    def _error(self, output: NotebookNode) -> NotebookNode:
        lines = "\n".join(output.traceback).splitlines()
        if len(lines) > self.looks:
            return _note(LEFT_OUT)
        told = {line for line in lines if self._is_code(line)}
        if any("->" in _COLOUR.sub("", line)[:10] for line in told):
            return new_output("error", ename="HiddenTest", evalue=FAILED, traceback=[FAILED])
        kept = self._text("\n".join(line for line in lines if line not in told))
        said = [self._text(text) for text in (output.ename, output.evalue)]
        return new_output("error", ename=said[0], evalue=said[1], traceback=[kept])

    def _is_code(self, line: str) -> bool:
        """Does this line of a traceback show a hidden one?"""
        code = _squeezed(_BEFORE_CODE.sub("", _COLOUR.sub("", line), count=1))
        return code in self.lines or self._is_in(line)

    def _text(self, text: str) -> str:
        if not self._is_in(text):
            return text
        if text.count("\n") > self.looks:
            return LEFT_OUT + "\n"
        kept = "\n".join(LEFT_OUT if self._is_in(line) else line for line in text.split("\n"))
        return LEFT_OUT + "\n" if self._is_in(kept) else kept  # it was spread over lines

    def _is_in(self, text: str) -> bool:
        self.looks -= 1 + text.count("&")
        if self.looks < 0:
            return True
        plain = _COLOUR.sub("", text)
        forms = [_squeezed(form) for form in {plain, _without_markup(plain)}]
        return any(piece in form for form in forms for piece in self.pieces)


def _note(said: str) -> NotebookNode:
    return new_output("stream", name="stdout", text=said + "\n")


def _told(output: NotebookNode) -> str:
    """All that an output says."""
    if output.output_type == "stream":
        return str(output.text)
    if output.output_type == "error":
        return "\n".join([output.ename, output.evalue, *output.traceback])
    return "\n".join(map(_as_text, output.data.values()))


def _without_markup(text: str) -> str:
    """What a browser shows of HTML, about; in linear time, as no ``<`` is left that nothing ends."""
    tags, last, rest = text.rpartition(">")
    bare = _TAG.sub("", tags + last) + rest
    return html.unescape(_NUMBER.sub(lambda number: f"&#{number[1]}" if len(number[1]) < 8 else "", bare))


def _squeezed(text: str) -> str:
    """Its letters and digits alone: what is between them hides nothing."""
    return re.sub(r"[\W_]+", "", text)


def _as_text(value: Any) -> str:
    """A value of an output's data as one text: lines are put together, JSON is written out."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return " ".join(f"{key} {_as_text(inner)}" for key, inner in value.items())
    return " ".join(map(_as_text, value)) if isinstance(value, list) else str(value)
