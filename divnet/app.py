"""The page that `course app` opens: two numbers in, the quotient by every model of the course out.

Run by Streamlit, from top to bottom at each change. DIVNET_MODELS may name a folder with models of one's own.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st

from divnet import course_models
from divnet.answer_words import answer_cells, plain, warnings_for
from divnet.comparing import MADE_FOR, Model, quotient_curve, quotients, true_quotient
from divnet.data import division_data
from divnet.picture import number
from divnet.plots.comparison import show_comparison
from divnet.typed_number import typed_number

EXAMPLES = (("20", "5"), ("1", "3"), ("7", "0"), ("1e9", "2"))
NEAR, FAR = "1 to 20, what they were made for", "0.001 to 1 000 000, far beyond"
ADDING = """from divnet.saved_weights import save_model

save_model("my model", model.get_weights(), activation="sigmoid")"""
WIDTH = 960  # pixels, as wide as the picture


def page() -> None:
    """Draw the page."""
    st.set_page_config(page_title="Networks that divide", layout="wide")
    with st.container(horizontal_alignment="center"), st.container(width=WIDTH):
        st.title("Networks that divide")
        st.markdown(
            "Two numbers go in, one comes out, and there is no division sign in between: each of these "
            "networks has two hidden neurons and nine numbers. They were made for numbers from 1 to 20. "
            "Try them, also beyond."
        )
        a, b = _numbers()
        models = _models()
        own, problems = _own_models()
        if a is not None and b is not None:
            everyone = {**models["models"], **own}
            _answers(everyone, a, b)
            _chart(everyone, a, b)
        _about(models["typical"], own, problems)


def _numbers() -> tuple[float | None, float | None]:
    """Ask for a and b; None for one that cannot be read, which is said."""
    for name, value in zip("ab", EXAMPLES[0], strict=True):
        st.session_state.setdefault(name, value)
    columns = st.columns([3, 3, 5], vertical_alignment="bottom")
    labels = ("a, the number to divide", "b, the divisor")
    texts = [
        column.text_input(label, key=name) for column, name, label in zip(columns, "ab", labels, strict=False)
    ]
    with columns[2].container(horizontal=True, vertical_alignment="bottom"):
        for a, b in EXAMPLES:
            st.button(f"{a} / {b}", on_click=_type, args=(a, b))
    found: list[float | None] = []
    for name, text in zip("ab", texts, strict=True):
        try:
            found.append(typed_number(text))
        except ValueError as problem:
            found.append(None)
            st.error(f"**{name}** {plain(str(problem))}", icon=":material/edit:")
    return found[0], found[1]


def _type(a: str, b: str) -> None:
    st.session_state.update(a=a, b=b)


def _answers(models: Mapping[str, Model], a: float, b: float) -> None:
    """The true quotient, what must be said about it, and every model's beside it."""
    truth = float(true_quotient(a, b))
    equals = f"= {number(truth, 10)}" if np.isfinite(truth) else "has no answer"
    st.subheader(f"{number(a, 10)} / {number(b, 10)} {equals}", anchor=False)
    for words in warnings_for(a, b):
        st.warning(words, icon=":material/warning:")
    rows = [("**true quotient**", number(truth, 10) if np.isfinite(truth) else "none", "", "")]
    for name, answer in quotients(models, a, b).items():
        rows.append((plain(name), *answer_cells(answer, truth)))
    columns = ("model", "answer", "off by", "in percent")
    table = {column: list(cells) for column, cells in zip(columns, zip(*rows, strict=True), strict=True)}
    st.table(table, hide_index=True, border="horizontal", alt="Each model's answer and its error")


def _chart(models: Mapping[str, Model], a: float, b: float) -> None:
    """All models while one number moves."""
    st.subheader("Let one number move", anchor=False)
    left, right = st.columns([1, 3])
    moving = left.radio("The number that moves", ["a", "b"], horizontal=True, key="moving")
    inside = MADE_FOR[0] <= min(a, b) and max(a, b) <= MADE_FOR[1]
    ranges = [NEAR, FAR]
    where = right.radio("It goes from", ranges, index=0 if inside else 1, horizontal=True)
    if moving == "a" and b == 0.0:
        st.info("With b = 0 there is no quotient to compare with. Let b move instead.")
        return
    low, high = MADE_FOR if where == NEAR else (1e-3, 1e6)
    plot = show_comparison(models, a, b, moving, low, high, logarithmic=where == FAR)
    st.image(plot.png(), alt=plot.alt, width=WIDTH, output_format="PNG")
    with st.expander("The picture in words"):
        st.write(plain(plot.alt))


def _about(typical: Mapping[str, float], own: Mapping[str, Model], problems: list[str]) -> None:
    """How each model came about, how good it is, and how to add one."""
    st.subheader("Who are they?", anchor=False)
    rows = [(about.name, about.how, typical[about.name]) for about in course_models.ABOUT.values()]
    rows += [(plain(name), "A model of your own.", _typical(model)) for name, model in own.items()]
    names, hows, errors = zip(*rows, strict=True)
    table = {"model": names, "how it came about": hows, "typical error": [number(e, 2) for e in errors]}
    st.table(table, hide_index=True, border="horizontal", alt="How each model came about")
    st.caption(
        "Typical error: how far the quotient is off on average, over 6 000 divisions of numbers from 1.00 to "
        "19.99 that no model was trained on. Each trained model is the best of four random starts, chosen by "
        "its error in training."
    )
    for problem in problems:
        st.warning(f"This file is left out. {plain(problem)}", icon=":material/draft:")
    with st.expander("Put a model of your own on this page"):
        st.markdown("In a notebook, with the weights of a network with one hidden layer:")
        st.code(ADDING)
        st.markdown(
            "Then load this page again. The file holds plain numbers only, and this page reads no other."
        )


def _models() -> dict[str, Any]:
    """The course's models and their typical errors, made once for all visitors; a bar tells how far."""
    kept = _kept()
    if not kept["ready"]:
        bar = st.progress(0.0, text="Getting the models ready…")

        def show(done: int, of: int, name: str) -> None:
            bar.progress(done / of, text=f"Getting the models ready: {name} (trained once, then kept)")

        with kept["lock"]:
            if not kept["ready"]:
                kept["models"] = course_models.course_models(progress=show)
                kept["typical"] = {name: _typical(model) for name, model in kept["models"].items()}
                kept["ready"] = True
        bar.empty()
    return kept


@st.cache_resource
def _kept() -> dict[str, Any]:
    return {"lock": threading.Lock(), "ready": False}


def _own_models() -> tuple[dict[str, Model], list[str]]:
    folder = os.environ.get("DIVNET_MODELS")
    return course_models.own_models(folder) if folder else ({}, [])


def _typical(model: Model) -> float:
    """The mean absolute error of the quotient over 6 000 divisions that no model was trained on."""
    x, y = division_data(6_000, np.random.default_rng(course_models.SEED + 1000))
    return float(np.mean(np.abs(quotient_curve(model, x[:, 0], x[:, 1]) - 100 * y[:, 0])))


if __name__ == "__main__":
    page()
