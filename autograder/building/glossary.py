"""``python -m autograder.building.glossary`` writes docs/glossary.md: the terms of all units.

A unit ends with a table under the heading *Glossary*; its columns are English, Svenska, Deutsch, meaning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from autograder.building.canonical import read_notebook
from autograder.course import Course, CourseError, find_course

COLUMNS = ("English", "Svenska", "Deutsch", "meaning")

HEAD = """\
# Glossary

Generated from the tables at the end of the units by `make docs`; do not edit. {terms} terms, each with the
unit that explains it first and the others that list it. Looking for a Swedish or a German word? The
[Swedish](#from-swedish) and the [German](#from-german) list lead from it to the English one.
"""

_HEADING = re.compile(r"^## Glossary\s*$(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_BAR = re.compile(r"(?<!\\)\|")


class Term(NamedTuple):
    """One row of a unit's table."""

    english: str
    swedish: str
    german: str
    meaning: str
    unit: str

    @property
    def key(self) -> str:
        """By which a term is found again in another unit: capitals make no difference."""
        return self.english.casefold()


def page(course: Course) -> str:
    """The glossary of the whole course in Markdown.

    A term that several units list stands once, with the meaning that the first of them gives. Raises
    CourseError when two units translate it differently.
    """
    found = list(terms(course))
    differing = conflicts(found)
    if differing:
        raise CourseError("\n".join(differing))
    first: dict[str, Term] = {}
    units: dict[str, list[str]] = {}
    for term in found:
        first.setdefault(term.key, term)
        units.setdefault(term.key, []).append(term.unit)
    ordered = sorted(first.values(), key=lambda term: _alphabetical(term.english))
    rows = [
        f"| {t.english} | {t.swedish} | {t.german} | {t.meaning} | {_links(units[t.key])} |" for t in ordered
    ]
    table = "\n".join([f"| {' | '.join(COLUMNS)} | units |", "|---|---|---|---|---|", *rows])
    swedish = _list(((word, t.english) for t in ordered for word in _words(t.swedish)), _after_z)
    german = _list((word, t.english) for t in ordered for word in _words(t.german))
    head = HEAD.format(terms=len(ordered))
    return f"{head}\n{table}\n\n## From Swedish\n\n{swedish}\n\n## From German\n\n{german}\n"


def terms(course: Course) -> Iterator[Term]:
    """Every row of every unit's table, in the order of the course. Raises CourseError for a broken row."""
    for unit in course.units:
        notebook = read_notebook(course.source(unit.id))
        yield from rows_of(notebook, unit.id)


def rows_of(notebook: dict[str, Any], unit: str) -> Iterator[Term]:
    """The rows of the table under the heading *Glossary* of one notebook; none where it has none.

    Raises CourseError for a table with other columns, and for a row with an empty or missing cell.
    """
    texts = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    for text in texts:
        for section in _HEADING.findall(text):
            lines = [_cells(line) for line in section.splitlines() if line.strip().startswith("|")]
            for cells in (*lines[:1], *lines[2:]):
                if len(cells) != len(COLUMNS) or not all(cells):
                    raise CourseError(
                        f"{unit}, glossary: the row {' | '.join(cells)!r} has not the {len(COLUMNS)} cells "
                        f"{', '.join(COLUMNS)}. Next: fill it in at the end of the notebook in source/."
                    )
            if lines and tuple(lines[0]) != COLUMNS:
                raise CourseError(
                    f"{unit}, glossary: the columns are {', '.join(lines[0])}; expected {', '.join(COLUMNS)}."
                )
            for english, swedish, german, meaning in lines[2:]:
                yield Term(english, swedish, german, meaning, unit)


def conflicts(found: Iterable[Term]) -> list[str]:
    """One sentence for each term that is translated differently than where it stood first."""
    first: dict[str, Term] = {}
    sentences = []
    for term in found:
        before = first.setdefault(term.key, term)
        for language in ("swedish", "german"):
            old, new = getattr(before, language), getattr(term, language)
            if old != new:
                sentences.append(
                    f"{term.unit}, glossary: {term.english!r} is {new!r} in {language.title()}, but {old!r} "
                    f"in {before.unit}. Next: write the same word in both, or two different terms."
                )
    return sentences


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in _BAR.split(line.strip().strip("|"))]


def _links(units: list[str]) -> str:
    return ", ".join(f"[{unit[:2]}](../lessons/{unit}/{unit}.ipynb)" for unit in dict.fromkeys(units))


def _words(translation: str) -> list[str]:
    """The words of a cell that offers several, as "Bias, Schwellenwert"; not those inside parentheses."""
    return [word.strip() for word in re.split(r",(?![^(]*\))", translation)]


def _list(pairs: Iterable[tuple[str, str]], spelling: Callable[[str], str] = str.casefold) -> str:
    """Lines from a word to its English term, sorted as the word is spelled."""
    ordered = sorted(set(pairs), key=lambda pair: (_alphabetical(spelling(pair[0])), pair))
    return "\n".join(f"- {word}: {english}" for word, english in ordered)


def _after_z(word: str) -> str:
    """A Swedish word as it is sorted: å, ä and ö are letters of their own, after z."""
    return word.casefold().replace("å", "zza").replace("ä", "zzb").replace("ö", "zzc")


def _alphabetical(word: str) -> str:
    """By what a word is sorted: its letters, without capitals, accents and signs."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in plain if sign.isalnum() or sign == " ")


def write(course: Course) -> Path:
    """Write docs/glossary.md and return its path."""
    path = course.root / "docs" / "glossary.md"
    path.write_text(page(course), encoding="utf-8")
    return path


if __name__ == "__main__":
    written = write(find_course(Path(__file__).parent))
    print(f"{written.name}: {written.read_text(encoding='utf-8').split(' terms')[0].split()[-1]} terms")
