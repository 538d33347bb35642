"""Take pictures of typical reports: `.venv/bin/python -m tests.browser.report_pictures FOLDER [PICTURE …]`.

Each is the report of a right or wrong answer from tests/answers, in a real Chromium and in a type
like JupyterLab's, so that somebody can look at them all after a change to the reports.
"""

# ruff: noqa: ARG001

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from playwright.sync_api import Page

from autograder import Verdict, grade
from autograder.report import mimebundle
from tests.browser.choice import any_of
from tests.browser.jupyter import browser_page
from tests.mutation.mutator import answers_module

PAGE = """<body style="margin:16px;width:820px;background:{paper};color:{ink};
font:14px/1.5 system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif">{report}</body>"""
LIGHT, DARK = ("#fff", "#212121"), ("#111", "#e0e0e0")


def of(exercise: str, name: str = "") -> Callable[[], Verdict]:
    """The verdict on the wrong answer of that name, or on the first right one."""

    def verdict() -> Verdict:
        answers = answers_module(exercise).MUTANTS
        if not name:
            return grade(exercise, next(iter(answers.rights.values())), seed=1)
        return grade(exercise, next(w.answer for w in answers.wrongs if w.name == name), seed=1)

    return verdict


def crashes(x: Any) -> Any:
    """Ends the process that it runs in."""
    os._exit(3)


def calls_nothing_there(x: Any) -> Any:
    """Raises a NameError for every x."""
    return numpy.exp(-x)  # type: ignore[name-defined]  # noqa: F821


def stub(x: Any) -> Any: ...


REPORTS: dict[str, Callable[[], Verdict]] = {
    "right": of("activation"),
    "not-attempted": lambda: grade("activation", stub),
    "crashed": lambda: grade("activation", crashes, isolated=True),
    "raises": lambda: grade("sigmoid", calls_nothing_there),
    "ten-million": of("activation", "ten-million"),
    "nan": of("activation", "multiplied_by_masks"),
    "partial": of("activation", "plain_ifs"),
    "slope": of("activation-slope", "forgot-chain-factor"),
    "tf-naive": of("tf-activation", "naive"),
    "forgot-upstream": of("custom-gradient", "forgot_upstream"),
    "transposed": of("division-data", "two_rows"),
    "off-hundredths": of("division-data", "continuous"),
    "load-weights": of("load-weights", "transposed"),
    "compare-models": of("compare-models", "keeps_nan"),
    "learned-weights": of("learned-weights", "listing"),
    "multiply-weights": of("multiply-weights", "no_offset"),
    "baseline-model": of("baseline-model", "squared"),
    "mean-absolute-error": of("mean-absolute-error", "plain"),
    "numeric-slope": of("numeric-slope", "forward_1e_3"),
    "start-weights": of("start-weights", "glorot"),
    "search-space": of("search-space", "powers_of_two"),
    "loss-gradient": of("loss-gradient", "forgot_upstream"),
}


def main(
    folder: Annotated[Path, typer.Argument(help="Where the pictures go.", file_okay=False)],
    names: Annotated[list[str] | None, any_of(REPORTS)] = None,
    dark: Annotated[bool, typer.Option("--dark", help="On a dark page.")] = False,
) -> None:
    """Write a PNG of each report."""
    folder.mkdir(parents=True, exist_ok=True)
    with browser_page(width=860, height=900) as page:
        for name in names or ():
            verdict = REPORTS[name]()
            _take(page, verdict, folder / f"{name}.png", DARK if dark else LIGHT)
            print(folder / f"{name}.png", verdict.misconception)


def _take(page: Page, verdict: Verdict, path: Path, colours: tuple[str, str]) -> None:
    paper, ink = colours
    page.set_content(PAGE.format(paper=paper, ink=ink, report=mimebundle(verdict)["text/html"]))
    page.wait_for_timeout(100)
    page.locator("body > div").screenshot(path=path)


if __name__ == "__main__":
    typer.run(main)
