"""Tables as spreadsheets and learning platforms save them: commas, semicolons or tabs; UTF-8 or UTF-16."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course_file import CourseError

MOST_BYTES = 20_000_000
MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
"""What a file begins with, and the encoding that it tells."""
DELIMITERS = ",;\t"
NEGATIVE = re.compile(r"-\d+(\.\d+)?")
RUN = ("=", "+", "-", "@", "\t", "\r")
"""How cells begin that a spreadsheet takes for formulas."""


@dataclass(frozen=True)
class Table:
    """The columns, and of each row that is not empty its line in the file and its cells, by column."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]

    def column(self, names: Iterable[str]) -> str:
        """The first column that has one of these names, whatever its capitals; "" where none has."""
        named = {column.casefold(): column for column in reversed(self.columns)}
        return next((named[name.casefold()] for name in names if name.casefold() in named), "")


def read_table(path: Path) -> Table:
    """Raises CourseError where it is missing, no text, no table, or a row has more cells than the header."""
    text, _, _ = decoded(path)
    header = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        columns = tuple(cell.strip() for cell in next(reader, []))
        rows = []
        for cells in reader:
            if len(cells) > len(columns) and any(cells[len(columns) :]):
                raise CourseError(
                    f"{path}, line {reader.line_num}: {len(cells)} cells, and the first line has "
                    f"{len(columns)}. Next: put a text that holds a {delimiter!r} in quotes."
                )
            if any(cell.strip() for cell in cells):
                named: dict[str, str] = {}
                for column, cell in zip(columns, _filled(cells, len(columns)), strict=True):
                    named.setdefault(column, cell)
                rows.append((reader.line_num, named))
    except csv.Error as error:
        raise CourseError(
            f"{path}, line {reader.line_num}: this is no table ({error}). Next: save it as CSV."
        ) from None
    if not any(columns):
        raise CourseError(f"{path}: the file is empty. Next: save a table with a line of headings in it.")
    return Table(path, columns, tuple(rows))


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """With the mark by which spreadsheets know UTF-8, and no cell that they would run."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_as_text(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _as_text(cell: str) -> str:
    """A cell that a spreadsheet takes for what it says."""
    return f"'{cell}" if cell.startswith(RUN) and not NEGATIVE.fullmatch(cell) else cell


def _filled(cells: Sequence[str], width: int) -> list[str]:
    stripped = [cell.strip() for cell in cells[:width]]
    return stripped + [""] * (width - len(stripped))


def decoded(path: Path, encodings: Sequence[str] = ("utf-8",)) -> tuple[str, str, bytes]:
    """The text of a table, its encoding, one of these without a mark, and the mark. Raises CourseError."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise CourseError(f"{path}: it cannot be read ({error.strerror}).") from None
    if len(content) > MOST_BYTES:
        raise CourseError(f"{path}: it is larger than {MOST_BYTES // 1_000_000} MB, and no table of a class.")
    if content.startswith(b"PK"):
        raise CourseError(f"{path}: this is a spreadsheet or a zip. Next: save it as CSV (UTF-8).")
    mark = next((mark for mark in MARKS if content.startswith(mark)), b"")
    for encoding in (MARKS[mark],) if mark else encodings:
        try:
            text = content[len(mark) :].decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, encoding, mark
    raise CourseError(
        f"{path}: its letters cannot be told. Next: save it as CSV UTF-8, in a spreadsheet's Save As."
    )
