"""The picture that ranks models: every model and its number is in it, and in its words."""

from __future__ import annotations

import pytest

from divnet.plots import show_model_errors

ERRORS = {"always 0": 0.0166, "trained": 0.0014, "hand-set": 1.9e-8}


def test_every_model_has_a_row_with_its_number() -> None:
    (ax,) = show_model_errors(ERRORS).figure.axes
    assert [label.get_text() for label in ax.get_yticklabels()] == list(ERRORS)
    assert [text.get_text() for text in ax.texts] == ["0.017", "0.0014", "1.9·10⁻⁸"]
    assert ax.get_xscale() == "log"


def test_the_words_say_the_same() -> None:
    assert show_model_errors(ERRORS).alt == (
        "The mean absolute error of each model, on a logarithmic scale: "
        "always 0 0.017; trained 0.0014; hand-set 1.9·10⁻⁸."
    )


def test_the_same_errors_give_the_same_bytes() -> None:
    assert show_model_errors(ERRORS).png() == show_model_errors(ERRORS).png()


@pytest.mark.parametrize("value", [0.0, -1.0, float("nan"), float("inf")])
def test_an_error_that_has_no_logarithm_is_refused_by_name(value) -> None:
    with pytest.raises(ValueError, match="'trained'"):
        show_model_errors({**ERRORS, "trained": value})


def test_no_model_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        show_model_errors({})
