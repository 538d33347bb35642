"""A visitor on the page of `course app`: leaves the range, divides by 0, types a word, moves a number."""

import pytest

from divnet.course_models import ABOUT
from divnet.network import DECK_WEIGHTS
from divnet.saved_weights import save_model
from tests.browser.course_app import answers, ask, course_app, open_page, settle, wait_for_chart
from tests.browser.jupyter import need_chromium

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("course-of-the-page")


@pytest.fixture(scope="module")
def address(folder, tmp_path_factory):
    need_chromium()
    with course_app(folder, tmp_path_factory.mktemp("weights")) as address:
        yield address


def test_the_first_visit_trains_and_shows_the_deck_s_example(page, address):
    open_page(page, address)
    found = answers(page)
    assert list(found) == ["true quotient", *ABOUT]
    assert found["by hand"][:2] == ["3.9999945", "5.5·10⁻⁶"]
    assert found["learned exactly"][0] == "4"
    assert page.get_by_role("alert").count() == 0
    wait_for_chart(page, "a goes from 1 to 20, with b = 5.")


@pytest.mark.parametrize(
    ("a", "b", "title", "says"),
    [
        ("20", "5", "20 / 5 = 4", None),
        ("1", "3", "1 / 3 = 0.3333333333", None),
        ("7", "0", "7 / 0 has no answer", "No number times 0 gives 7"),
        ("1e9", "2", "/ 2 = 500", "What they answer here is a guess"),
        ("1,5", "1/4", "1.5 / 0.25 = 6", "b = 0.25 is not among them"),
    ],
)
def test_a_division_is_shown_with_what_must_be_said(page, address, a, b, title, says):
    open_page(page, address)
    ask(page, a, b)
    page.get_by_role("heading", name=title).wait_for()
    settle(page)
    assert len(answers(page)) == 1 + len(ABOUT)
    said = " ".join(page.get_by_role("alert").all_inner_texts())
    assert (says in said) if says else (said == "")


def test_text_in_a_number_field_is_said_kindly_and_can_be_mended(page, address):
    open_page(page, address)
    ask(page, "four", "5")
    page.get_by_role("alert").filter(has_text="a is no number that this page can read").wait_for()
    assert "Traceback" not in page.inner_text("body")
    ask(page, "20", "5")
    page.get_by_role("heading", name="20 / 5 = 4").wait_for()
    assert answers(page)["true quotient"][0] == "4"


def test_the_picture_follows_the_number_that_moves(page, address):
    open_page(page, address)
    page.get_by_test_id("stRadio").filter(has_text="The number that moves").get_by_text("b").last.click()
    wait_for_chart(page, "b goes from 1 to 20, with a = 20.")
    page.get_by_text("far beyond").click()
    wait_for_chart(page, "b goes from 0.001 to 10⁶, with a = 20.")


def test_the_keyboard_alone_is_enough(page, address):
    open_page(page, address)
    page.get_by_label("a, the number to divide").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("6")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("3")
    page.keyboard.press("Tab")
    page.get_by_role("heading", name="6 / 3 = 2").wait_for()


def test_a_model_of_one_s_own_is_there_after_loading_the_page_again(page, address, folder):
    mine = folder / "work" / "09-presenting" / "my-models"
    try:
        save_model("exact thirds", DECK_WEIGHTS, folder=mine)
        (mine / "broken.npz").write_text("no weights")
        open_page(page, address)
        assert answers(page)["exact thirds"][0] == "3.9999945"
        assert "broken.npz" in page.get_by_role("alert").inner_text()
    finally:
        for path in mine.iterdir():
            path.unlink()


def test_the_page_loads_nothing_from_other_machines(page, address):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    open_page(page, address)
    own = (address, address.replace("http", "ws"), "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []
