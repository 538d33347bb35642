"""Pages that a person opens show what a student's cells displayed, and nothing in them can do anything."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from traitlets.config import Config

from autograder import grade
from autograder.course import Course
from autograder.grading.harmless import clean
from autograder.grading.nbgrader_inside import at_work, read_config
from autograder.report import as_html
from tests.attacks.active import active
from tests.attacks.displayed import ALARM
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
