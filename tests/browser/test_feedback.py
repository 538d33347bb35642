"""Feedback and formgrader's pages in a real browser: what a student displays does not run and asks nobody."""

from pathlib import Path

import pytest
from traitlets.config import Config

from autograder.course import Course
from autograder.grading.nbgrader_inside import at_work, read_config
from tests.attacks.displayed import COVER
from tests.attacks.pages import TEMPLATES, notebook, page_by
from tests.browser.jupyter import need_chromium

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
OURS = ".panel-heading, .panel-heading *, #toc a, nav a, nav td"
COVERED = f"""() => [...document.querySelectorAll('{OURS}')].filter(ours => {{
    ours.scrollIntoView({{block: 'center'}})
    const {{x, y, width, height}} = ours.getBoundingClientRect()
    const there = width && height && document.elementFromPoint(x + width / 2, y + height / 2)
    return there && !ours.contains(there) && !there.contains(ours)
}}).map(ours => ours.outerHTML.slice(0, 80))"""
"""What nbgrader wrote, scores and navigation, where something else lies over its middle."""


@pytest.fixture(autouse=True, scope="module")
def needs_a_browser():
    need_chromium()


@pytest.mark.parametrize("template", TEMPLATES)
def test_nothing_that_a_student_displays_runs_or_asks_others(page, template, tmp_path):
    with at_work():
        made = page_by(read_config(Course.load(ROOT)), template)(notebook(attacked=True))
    (tmp_path / "page.html").write_text(made, encoding="utf-8")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "page.html").as_uri(), wait_until="domcontentloaded")
    page.locator("img[src^='data:image/png;base64,iVBOR']").first.wait_for()
    page.wait_for_timeout(500)  # an attack that ran would have done so
    assert page.evaluate("window.attacked") is None
    assert [url for url in asked if "attacker" in url] == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_nothing_that_a_student_displays_lies_over_scores_or_navigation(page, template, tmp_path):
    covering = notebook(attacked=False)
    covering.cells[0].source = COVER
    with at_work():
        ours, stock = (page_by(config, template) for config in (read_config(Course.load(ROOT)), Config()))
        pages = {"ours": ours(notebook(attacked=True)), "stock": stock(covering)}
    covered = {}
    for name, made in pages.items():
        (tmp_path / f"{name}.html").write_text(made, encoding="utf-8")
        page.goto((tmp_path / f"{name}.html").as_uri(), wait_until="domcontentloaded")
        assert page.locator(OURS).count() >= 10
        covered[name] = page.evaluate(COVERED)
    assert covered["ours"] == []
    assert covered["stock"] != []
