"""The glossary: one translation for a term in all units, and docs/glossary.md is what they give."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from autograder.building.glossary import Term, conflicts, page, rows_of, terms
from autograder.course import Course, CourseError, find_course
from tests.conftest import cell, notebook, write_notebook

COURSE = find_course(Path(__file__).parent)
TABLE = "| English | Svenska | Deutsch | meaning |\n|---|---|---|---|\n"


def glossary(*rows: str, columns: str = TABLE) -> dict:
    text = "## What we measured\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n## Glossary\n\n" + columns
    return notebook(cell("markdown", text + "\n".join(rows), "summary"))


def with_tables(folder: Path, *tables: dict) -> Course:
    """The small course with that many units, each with one of the tables."""
    text = (folder / "course.yml").read_text(encoding="utf-8")
    head, unit = text.split("  - id: 01-double")
    units = [f"{number:02}-double" for number in range(1, len(tables) + 1)]
    entries = "".join(f"  - id: {name}{unit}" for name in units)
    (folder / "course.yml").write_text(head + entries, encoding="utf-8")
    for name, table in zip(units, tables, strict=True):
        write_notebook(folder / "source" / name / f"{name}.ipynb", table)
    return Course.load(folder)


# The course's own.


def test_no_two_units_translate_a_term_differently():
    assert conflicts(terms(COURSE)) == []


def test_the_page_is_what_the_notebooks_give():
    stored = (COURSE.root / "docs/glossary.md").read_text(encoding="utf-8")
    assert stored == page(COURSE), "run `make docs`"


def test_no_unit_lists_a_term_twice():
    listed = [(term.unit, term.key) for term in terms(COURSE)]
    assert len(listed) == len(set(listed))


def test_every_link_on_the_page_leads_to_a_lesson():
    stored = (COURSE.root / "docs/glossary.md").read_text(encoding="utf-8")
    for target in set(re.findall(r"\]\(\.\./(.+?)\)", stored)):
        assert (COURSE.root / target).is_file(), target


# Any course's.


def test_only_the_table_under_the_heading_counts():
    (term,) = rows_of(glossary("| slope | lutning | Steigung | rise per unit |"), "01-double")
    assert term == Term("slope", "lutning", "Steigung", "rise per unit", "01-double")


def test_a_notebook_without_the_heading_has_no_terms():
    assert list(rows_of(notebook(cell("markdown", "# Double", "title")), "01-double")) == []


def test_another_heading_ends_the_table():
    text = f"## Glossary\n\n{TABLE}| a | b | c | d |\n\n## Sources\n\n| x | y |\n|---|---|\n| 1 | 2 |\n"
    assert len(list(rows_of(notebook(cell("markdown", text, "end")), "01-double"))) == 1


def test_a_bar_inside_a_cell_is_written_with_a_backslash():
    (term,) = rows_of(glossary(r"| size | storlek | Betrag | \|x\| |"), "01-double")
    assert term.meaning == r"\|x\|"


@pytest.mark.parametrize("row", ["| slope | lutning | Steigung |", "| slope | | Steigung | rise |"])
def test_a_row_with_a_missing_cell_is_named(row):
    with pytest.raises(CourseError, match=r"01-double.*slope"):
        list(rows_of(glossary(row), "01-double"))


def test_other_columns_are_refused():
    columns = TABLE.replace("Svenska", "French")
    with pytest.raises(CourseError, match="French"):
        list(rows_of(glossary("| a | b | c | d |", columns=columns), "01-double"))


def test_a_term_that_two_units_list_stands_once_with_the_meaning_of_the_first(small_course):
    course = with_tables(
        small_course,
        glossary("| slope | lutning | Steigung | rise per unit |"),
        glossary(
            "| Slope | lutning | Steigung | how steep |", "| area | yta | Fläche, Flächeninhalt | size |"
        ),
    )
    written = page(course)
    rows = [line for line in written.splitlines() if line.startswith("| ")][1:]
    assert [row.split(" | ")[0] for row in rows] == ["| area", "| slope"]
    assert "rise per unit" in written and "how steep" not in written
    assert rows[1].count("](../lessons/") == 2
    assert "2 terms" in written
    assert "- Flächeninhalt: area\n- Steigung: slope" in written


def test_swedish_words_are_sorted_as_in_swedish_and_german_ones_as_in_german(small_course):
    rows = (
        "| a | ände | Ähre | m |",
        "| b | zon | Zone | m |",
        "| c | ål | Aal | m |",
        "| d | öra | Ohr | m |",
    )
    swedish, german = page(with_tables(small_course, glossary(*rows))).split("## From ")[1:]
    assert re.findall(r"- (\w+):", swedish) == ["zon", "ål", "ände", "öra"]
    assert re.findall(r"- (\w+):", german) == ["Aal", "Ähre", "Ohr", "Zone"]


@pytest.mark.parametrize(
    ("row", "language"),
    [
        ("| slope | backe | Steigung | how steep |", "Swedish"),
        ("| Slope | lutning | Neigung | how steep |", "German"),
    ],
)
def test_two_translations_of_one_term_are_a_conflict_that_names_both_units(small_course, row, language):
    course = with_tables(
        small_course, glossary("| slope | lutning | Steigung | rise per unit |"), glossary(row)
    )
    (sentence,) = conflicts(terms(course))
    assert language in sentence and "01-double" in sentence and "02-double" in sentence
    with pytest.raises(CourseError, match=language):
        page(course)


def test_a_notebook_may_keep_its_lines_in_a_list(small_course):
    course = with_tables(small_course, glossary("| slope | lutning | Steigung | rise |"))
    path = course.source("01-double")
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"][0]["source"] = content["cells"][0]["source"].splitlines(keepends=True)
    path.write_text(json.dumps(content), encoding="utf-8")
    assert [term.english for term in terms(course)] == ["slope"]
