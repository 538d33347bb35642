"""Pages that a person opens show what a student's cells displayed, and nothing in them can do anything."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from traitlets.config import Config

from autograder import grade
from autograder.course import Course
from autograder.grading.gradebook.sanitising import _laid_out, ansi2html
from autograder.grading.nbgrader_inside import at_work, read_config
from autograder.grading.notebooks.markup import STYLES, clean
from autograder.report import as_html
from tests.attacks.active import active
from tests.attacks.displayed import ALARM, BLANK, COVERS, ODD_ESCAPES, SLOW
from tests.attacks.pages import TEMPLATES, Page, notebook, page_by

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=TEMPLATES)
def template(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(template: str) -> Page:
    with at_work():
        return page_by(read_config(Course.load(ROOT)), template)


def test_nothing_that_a_student_displays_can_act_in_a_page(page: Page):
    assert active(page(notebook(attacked=True))) - active(page(notebook(attacked=False))) == {}


@pytest.mark.filterwarnings("ignore")
def test_without_the_courses_configuration_it_could(template: str):
    stock = page_by(Config(), template)
    found = active(stock(notebook(attacked=True))) - active(stock(notebook(attacked=False)))
    assert len(found) > 20
    assert any(ALARM in what for what in found)


def test_what_was_tried_is_shown_as_text_and_the_report_as_before(page: Page):
    made = page(notebook(attacked=True))
    assert "&lt;script&gt;window.attacked = 1" in made
    assert 'src="data:image/png;base64,iVBOR' in made
    assert "<strong>think</strong>" in page(notebook(attacked=False))


def test_a_report_loses_nothing():
    report = as_html(grade("activation", lambda x: 0 * x, seed=1))
    assert _elements(clean(report)) == _elements(report)
    assert len(_elements(report)) > 20


def _elements(html: str) -> list[tuple[str, dict[str, str]]]:
    """All elements with their attributes; a style without its blanks and last semicolon."""
    found: list[tuple[str, dict[str, str]]] = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
            found.append((tag, {n: (v or "").replace(" ", "").rstrip(";") for n, v in attributes}))

        handle_startendtag = handle_starttag

    Parser().feed(html)
    return found


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://example.org">x</a>',
        '<details open=""><summary>s</summary>x</details>',
        '<p class="k n">x</p>',
        '<img alt="x" src="data:image/png;base64,aGVsbG8=">',
        "<table><tbody><tr><td>1 &lt; 2</td></tr></tbody></table>",
    ],
)
def test_what_formats_stays(html: str):
    assert clean(html) == html


@pytest.mark.parametrize(
    "html", ['<p id="score" name="x">x</p>', '<p class="modal">x</p>', '<p style="margin:-9px">x</p>']
)
def test_what_could_take_the_place_of_the_page_goes(html: str):
    assert clean(html) == "<p>x</p>"


@pytest.mark.parametrize("style", COVERS)
def test_of_a_style_that_covers_nothing_is_left_but_colours_and_small_sizes(style: str):
    made = clean(f'<p style="{style}">x</p>')
    assert active(made) == {}
    kept = re.findall(r"([a-z-]+):", made)
    assert set(kept) <= set(STYLES) - {"margin"}


@pytest.mark.parametrize("html", SLOW.values(), ids=SLOW)
def test_what_would_take_long_to_clean_is_shown_as_text(html: str):
    assert clean(html).startswith("<pre>&lt;")


def test_white_space_without_end_is_shown_as_it_is_and_a_style_of_it_left_out(page: Page):
    for text in BLANK:
        made = page(new_notebook(cells=[new_markdown_cell(text), new_code_cell(text)]))
        assert made.count(" " * 9_800 + "x") == 2
    assert clean(BLANK[0]) == "<p>a</p>"
    assert clean('<p style="font-family: a , b">x</p>') == '<p style="font-family:a,b">x</p>'


def test_a_large_table_and_a_large_picture_stay():
    table = f"<table>{'<tr><td>1</td><td>2</td></tr>' * 1000}</table>"
    assert clean(table).count("<td>") == 2000
    picture = f'<img src="data:image/png;base64,{"A" * 2_000_000}">'
    assert clean(picture) == picture


def test_a_picture_is_found_by_its_name_with_a_blank_and_a_lost_one_is_told():
    pasted = {"my picture.png": {"image/png": "aGVsbG8="}}
    assert "base64,aGVsbG8=" in _laid_out("![x](<attachment:my picture.png>)", pasted)
    assert "is lost: x]" in _laid_out("![x](attachment:gone.png)", pasted)


@pytest.mark.parametrize("escape", ODD_ESCAPES, ids=ascii)
def test_an_odd_escape_is_left_out_and_what_is_around_it_shown(escape: str):
    made = ansi2html(f"a{escape}<b>")
    assert made.startswith("a")
    assert made.endswith("&lt;b&gt;")
    assert ansi2html("\x1b[31mred\x1b[0m") == '<span class="ansi-red-fg">red</span>'
