"""A student's first minutes in a real JupyterLab: drag a slider, answer wrongly, answer rightly, Run All."""

import nbformat
import pytest

from tests.browser.conftest import ROOT
from tests.browser.jupyter import Notebook

pytestmark = pytest.mark.browser

LABS = {
    "01-warm-up": ("neurons_by_hand()", "train_live()"),
    "02-divide-by-hand": ("activation_curve()", "network()"),
    "03-baseline": ("baseline()",),
    "04-tensorflow-activation": ("branches()",),
    "05-search": ("explore_search()",),
    "06-custom-gradient": ("gradient_flow()",),
    "07-hand-set-weights": ("beyond_training()",),
    "08-learning-to-divide": ("start_map()",),
    "09-presenting": ("compare_lab()",),
}
SAVE = """([path, content]) => window.jupyterapp.serviceManager.contents.save(
    path, {type: "notebook", format: "json", content})"""
TABS = 40  # from a cell to its first slider: the cell's own buttons come before
TEN_MILLION = """
import numpy as np

def activation(x):
    x = np.asarray(x, dtype=float)
    middle = 0.03 * np.log(10_000_000 * np.clip(x, 0, 15) + 1) + 0.5
    tail = 1 - 1 / (109.0858178 * np.maximum(x, 15) - 1403.359435)
    return np.where(x <= 0, 1.359140915 * np.exp(np.minimum(x, 0) - 1), np.where(x <= 15, middle, tail))
"""


def open_unit(page, address, unit) -> Notebook:
    return Notebook(page, address, f"{unit}/{unit}.ipynb")


def tabs_to(page, element) -> int:
    """Press Tab until the element has the focus; how often that was, or more than TABS."""
    for presses in range(1, TABS + 1):
        page.keyboard.press("Tab")
        if element.evaluate("e => e === document.activeElement"):
            return presses
    return TABS + 1


def sources(unit: str, folder: str = "lessons") -> dict[str, str]:
    """Cell id → source, of the code cells."""
    cells = nbformat.read(ROOT / folder / unit / f"{unit}.ipynb", as_version=4).cells
    return {cell.id: cell.source for cell in cells if cell.cell_type == "code"}


@pytest.mark.parametrize(("unit", "lab"), [(unit, lab) for unit, labs in LABS.items() for lab in labs])
def test_a_lab_redraws_when_its_slider_is_reached_and_moved_by_keyboard(page, lab_address, unit, lab):
    cell_id = next(id_ for id_, source in sources(unit).items() if source.endswith(lab))
    notebook = open_unit(page, lab_address, unit)
    notebook.run(cell_id)
    picture = notebook.cell(cell_id).locator(".jp-OutputArea img").first
    picture.wait_for()
    before = picture.get_attribute("src")
    slider = notebook.cell(cell_id).locator("[role=slider]").first
    at_its_end = slider.get_attribute("aria-valuenow") == slider.get_attribute("aria-valuemax")
    notebook.select(cell_id)
    assert tabs_to(page, slider) <= TABS
    page.keyboard.press("ArrowLeft" if at_its_end else "ArrowRight")
    changed = "([img, src]) => img.src !== src"
    page.wait_for_function(changed, arg=[picture.element_handle(), before], timeout=600_000)


def test_a_wrong_answer_gets_its_mistake_named_and_a_right_one_is_praised(page, lab_address):
    unit = "02-divide-by-hand"
    notebook = open_unit(page, lab_address, unit)
    notebook.run("imports")
    report = notebook.cell("activation").locator(".jp-OutputArea")

    notebook.write("activation-answer", TEN_MILLION)
    notebook.run("activation-answer")
    notebook.run("activation")
    wrong = report.inner_text()
    assert "ten-million" in wrong or "zero too many" in wrong
    assert "Traceback" not in wrong
    assert report.locator("img").count() >= 1

    notebook.write("activation-answer", sources(unit, "solutions")["activation-answer"])
    notebook.run("activation-answer")
    notebook.run("activation")
    right = report.inner_text()
    assert "right" in right.lower()
    assert "Run All stops" not in right


def test_a_picture_has_its_words_as_alt_text_when_drawn_and_when_a_solved_notebook_is_opened(
    page, lab_address
):
    """What is opened is not trusted: JupyterLab takes out of its HTML what might do harm."""
    unit, cell_id = "05-search", "importance"
    solved = nbformat.read(ROOT / "solutions" / unit / f"{unit}.ipynb", as_version=4)
    words = next(cell.outputs[0].data["text/plain"] for cell in solved.cells if cell.id == cell_id)
    lesson = open_unit(page, lab_address, unit)
    lesson.run("search-space-target")
    lesson.run(cell_id)
    page.evaluate(SAVE, ["solved.ipynb", solved])
    for notebook in (lesson, Notebook(page, lab_address, "solved.ipynb")):
        picture = notebook.cell(cell_id).get_by_alt_text(words, exact=True)
        picture.wait_for()
        assert picture.evaluate("image => image.complete && image.naturalWidth > image.width")


@pytest.mark.parametrize("unit", LABS)
def test_run_all_stops_at_the_first_unfinished_exercise_with_a_friendly_line(page, lab_address, unit):
    cells = list(sources(unit))
    first_check = next(id_ for id_, source in sources(unit).items() if source.startswith("check("))
    notebook = open_unit(page, lab_address, unit)
    notebook.run_all()
    assert notebook.executed() == cells[: cells.index(first_check) + 1]
    said = notebook.cell(first_check).locator(".jp-OutputArea").inner_text()
    assert "Traceback" not in said
    assert first_check in said
