"""The page of `course app` in Streamlit's own test runner, with quick models in place of the course's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from divnet import app, course_models
from divnet.course_models import ABOUT
from divnet.network import DECK_WEIGHTS
from divnet.picture import number
from divnet.saved_weights import save_model


def right(x):
    return x[:, :1] / x[:, 1:] / 100


@pytest.fixture
def page(monkeypatch) -> AppTest:
    """The page as a visitor finds it; the third model has no answer for small a."""
    models = dict.fromkeys(ABOUT, right)
    models["sigmoid, trained"] = lambda x: np.log(x[:, :1]) / 100
    monkeypatch.setattr(course_models, "course_models", lambda progress: progress(0, 1, "by hand") or models)
    monkeypatch.delenv("DIVNET_MODELS", raising=False)
    app._kept.clear()
    ran = AppTest.from_file(app.__file__, default_timeout=600).run()
    yield ran
    app._kept.clear()
    assert not ran.exception


def ask(page: AppTest, a: str, b: str) -> AppTest:
    page.text_input(key="a").set_value(a)
    page.text_input(key="b").set_value(b)
    return page.run()


def answers(page: AppTest) -> dict[str, str]:
    table = page.table[0].value
    return dict(zip(table["model"], table["answer"], strict=True))


def test_it_starts_with_the_deck_s_example(page):
    assert page.subheader[0].value == "20 / 5 = 4"
    assert answers(page)["**true quotient**"] == "4"
    assert list(answers(page))[1:] == list(ABOUT)
    assert not page.warning and not page.error


def test_errors_stand_beside_the_answers(page):
    table = page.table[0].value.set_index("model")
    assert table.loc["sigmoid, trained", "answer"] == "2.9957323"  # ln 20
    assert table.loc["sigmoid, trained", "off by"] == "1"
    assert table.loc["sigmoid, trained", "in percent"] == "25 %"


@pytest.mark.parametrize(
    ("a", "b", "title", "says"),
    [
        ("7", "0", "7 / 0 has no answer", "No number times 0 gives 7"),
        ("0", "0", "0 / 0 has no answer", "0/0 could be anything"),
        ("1e9", "2", number(1e9, 10) + " / 2 = ", "a = 10⁹ is not among"),
        ("-3", "1,5", "−3 / 1.5 = −2", "a = −3 is not among"),
        ("0.5", "1/4", "0.5 / 0.25 = 2", "a = 0.5 and b = 0.25 are not among"),
        ("1e300", "1e-300", "10³⁰⁰ / 10⁻³⁰⁰ has no answer", "too large"),
    ],
)
def test_what_a_visitor_must_know_is_said_and_the_models_are_shown_all_the_same(page, a, b, title, says):
    ask(page, a, b)
    assert page.subheader[0].value.startswith(title)
    assert any(says in warning.value for warning in page.warning)
    assert len(answers(page)) == 1 + len(ABOUT)


def test_a_model_without_an_answer_says_so_and_spoils_no_other(page):
    ask(page, "-3", "1.5")
    assert answers(page)["sigmoid, trained"] == "no answer"
    assert answers(page)["by hand"] == "−2"


@pytest.mark.parametrize(
    ("text", "says"), [("four", "is no number"), ("", "is empty"), ("1,2,3", "decimal comma")]
)
def test_text_in_a_number_field_is_said_kindly(page, text, says):
    ask(page, text, "5")
    [error] = page.error
    assert error.value.startswith("**a** ")
    assert says in error.value
    assert len(page.table) == 1  # who the models are; no answers
    ask(page, "20", "5")
    assert not page.error


def test_the_examples_can_be_pressed(page):
    for position, (a, b) in enumerate(app.EXAMPLES):
        page.button[position].click().run()
        assert (page.text_input(key="a").value, page.text_input(key="b").value) == (a, b)
        assert not page.error


@pytest.mark.parametrize(
    ("moving", "where", "a", "b"),
    [
        ("a", app.NEAR, "20", "5"),
        ("b", app.NEAR, "-3", "2"),
        ("a", app.FAR, "-3", "2"),
        ("b", app.FAR, "0", "5"),
        ("a", app.FAR, "7", "0"),
        ("b", app.FAR, "7", "0"),
        ("a", app.FAR, "1", "1e-300"),
        ("b", app.FAR, "1e300", "1"),
    ],
)
def test_either_number_moves_over_either_range(page, moving, where, a, b):
    ask(page, a, b)
    page.radio(key="moving").set_value(moving)
    page.radio[1].set_value(where)
    page.run()
    assert not page.exception
    if moving == "a" and b == "0":
        assert "Let b move instead" in page.info[0].value
    else:
        words = page.expander[0].markdown[0].value
        assert words.startswith(f"{moving} goes from {'1' if where == app.NEAR else '0.001'} to")


def test_beyond_what_they_were_made_for_the_picture_goes_beyond_too(page):
    assert page.radio[1].value == app.NEAR
    ask(page, "1e9", "2")
    assert page.radio[1].value == app.FAR


def test_models_of_one_s_own_join_and_broken_files_are_said(page, monkeypatch, tmp_path: Path):
    monkeypatch.setenv("DIVNET_MODELS", str(tmp_path))
    save_model("mine *and* <b>bold</b>", DECK_WEIGHTS, folder=tmp_path / "09-presenting" / "my-models")
    (tmp_path / "broken.npz").write_text("no weights")
    page.run()
    [mine] = [name for name in answers(page) if name.startswith("mine")]
    assert mine == r"mine \*and\* \<b\>bold\</b\>"  # plain text for Markdown
    assert "broken.npz" in page.warning[0].value


@pytest.mark.usefixtures("page")
def test_the_models_are_made_once_for_all_visitors(monkeypatch):
    monkeypatch.setattr(course_models, "course_models", None)  # a second call would raise
    assert not AppTest.from_file(app.__file__, default_timeout=600).run().exception
