"""An LMS's own table, in which a few cells are filled and every other byte stays as it came."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.course_file import CourseError
from autograder.tables import DELIMITERS, Table, decoded

ENCODINGS = ("utf-8", "cp1252")
"""Of a file without a mark; the second is what spreadsheets on Windows save, and what is filled stays so."""


@dataclass(frozen=True)
class Cell:
    """What a cell says, and where in the text it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Worksheet:
    """A table as it came. ``rows`` are those that are not empty; ``lines`` says where each begins."""

    path: Path
    text: str
    encoding: str
    mark: bytes
    delimiter: str
    rows: tuple[tuple[Cell, ...], ...]
    lines: tuple[int, ...]

    @classmethod
    def read(cls, path: Path) -> Worksheet:
        """Raises CourseError where it cannot be read, or is no table."""
        text, encoding, mark = decoded(path, ENCODINGS)
        delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
        found = [(n, row) for n, row in _rows(text, delimiter, path) if any(c.text.strip() for c in row)]
        if not found:
            raise CourseError(f"{path}: the file is empty. Next: download the worksheet again.")
        lines, rows = zip(*found, strict=True)
        return cls(path, text, encoding, mark, delimiter, rows, lines)

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(cell.text.strip() for cell in self.rows[0])

    def table(self, *rows: int) -> Table:
        """The same as others read it: these rows."""
        width = range(len(self.header) - 1, -1, -1)  # of two columns with one heading the first counts
        named = ((self.lines[row], {self.header[n]: self.said(row, n) for n in width}) for row in rows)
        return Table(self.path, self.header, tuple(named))

    def said(self, row: int, column: int | None) -> str:
        """What a cell says; "" where there is no such column."""
        cells = self.rows[row]
        return "" if column is None or column >= len(cells) else cells[column].text.strip()

    def must_be_whole(self, row: int) -> None:
        """Raises CourseError where a row has other columns than the first: its cells would be mistaken."""
        if len(self.rows[row]) != len(self.rows[0]):
            raise CourseError(
                f"{self.path}, line {self.lines[row]}: it has {len(self.rows[row])} cells, "
                f"and the first line has {len(self.rows[0])}. Next: download the worksheet again."
            )

    def filled(self, values: Mapping[tuple[int, int], str]) -> bytes:
        """The file with these texts in its cells, by row and column; all else byte for byte as it came.

        A text that the file's encoding does not have is written as HTML writes it, &#29579;.
        """
        pieces, done = [], 0
        for (row, column), value in sorted(values.items()):
            cell = self.rows[row][column]
            quoted = self.text[cell.start : cell.start + 1] == '"'
            pieces += [self.text[done : cell.start], self._written(value, quoted)]
            done = cell.end
        text = "".join([*pieces, self.text[done:]])
        return self.mark + text.encode(self.encoding, "xmlcharrefreplace")

    def _written(self, value: str, quoted: bool) -> str:
        if quoted or any(sign in value for sign in f'{self.delimiter}"\r\n'):
            return '"' + value.replace('"', '""') + '"'
        return value


def number(text: str) -> float | None:
    """A number as LMSs of any country write it, ``7.5`` or ``7,50``; None for anything else."""
    plain = text.strip().replace("\xa0", "")
    if not re.fullmatch(r"\d+([.,]\d+)?", plain):
        return None
    return float(plain.replace(",", "."))


def _rows(text: str, delimiter: str, path: Path) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """Line and cells of each row, by the rules of RFC 4180: in quotes stands anything, a quote doubled."""
    others = re.escape(delimiter) + r"\r\n"
    cell = re.compile(rf'"((?:[^"]|"")*)"|((?:[^"{others}][^{others}]*)?)')
    row: list[Cell] = []
    at, line, next_line = 0, 1, 1
    while at < len(text):
        found = cell.match(text, at)
        assert found is not None  # the second form fits everywhere, be it with nothing
        quoted, plain = found.groups()
        row.append(Cell(plain if quoted is None else quoted.replace('""', '"'), at, found.end()))
        next_line += text.count("\n", at, found.end())
        at = found.end()
        after = text[at : at + 1]
        if after == delimiter:
            at += 1
            if at == len(text):
                row.append(Cell("", at, at))
        elif after in ("\r", "\n"):
            at += 2 if text.startswith("\r\n", at) else 1
            yield line, tuple(row)
            row = []
            next_line += 1
            line = next_line
        elif after:
            raise CourseError(
                f"{path}, line {next_line}: a cell begins with a quotation mark, and does not end with one. "
                "Next: download the worksheet again."
            )
    if row:
        yield line, tuple(row)
