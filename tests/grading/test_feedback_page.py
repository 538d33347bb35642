"""A feedback page: formulas that browsers set themselves, exercises by the lesson's headings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.building.canonical import read_notebook
from autograder.course import Course
from autograder.grading.gradebook import sanitising
from autograder.grading.gradebook.feedback_page import headings
from autograder.grading.gradebook.formulas import ATTRIBUTES, TAGS, mathml
from tests.attacks.active import active
from tests.attacks.displayed import ALARM

ROOT = Path(__file__).parents[2]
COURSE = Course.load(ROOT)
FORMULA = re.compile(r"\$\$(.+?)\$\$|(?<![\w$])\$(?!\s)([^$\n]+?)(?<!\s)\$(?!\w)", re.DOTALL)
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
HOSTILE = [
    rf"\href{{javascript:{ALARM}}}{{x}}",
    rf"\text{{</math><script>{ALARM}</script>}}",
    rf'\text{{" onerror="{ALARM}}}',
    r"\style{position:fixed;top:0}{x}",
    r"\class{score}{x}",
    r"\hspace{-900em}x \rule{900em}{900em} \raise{900em}{x}",
    r"\mathbin{\text{&lt;script&gt;}}",
    r"\begin{array}{<script>}x\end{array}",
]
ENDLESS = [
    r"\newcommand{\a}{\a\a}\a",
    r"\newcommand{\a}{" + "x" * 900 + "}" + r"\a" * 300,
    "x_{" * 600 + "}" * 600,
    r"\left(" * 300,
    "[" * 9_000,
    "",
    "\\",
    "\\begin{matrix}",
]


@pytest.mark.parametrize("unit", [unit.id for unit in COURSE.units])
def test_every_formula_of_the_lessons_is_set(unit: str):
    texts = [
        CODE.sub("", cell["source"])
        for cell in read_notebook(COURSE.lesson(unit))["cells"]
        if cell["cell_type"] == "markdown"
    ]
    formulas = [found for text in texts for pair in FORMULA.findall(text) for found in pair if found]
    made = {latex: mathml(latex, display=True) for latex in formulas}
    assert {latex for latex, html in made.items() if not html.startswith("<math") or "[" in html} == set()


@pytest.mark.parametrize("latex", [*HOSTILE, *ENDLESS])
def test_of_a_formula_only_what_formulas_are_made_of_is_kept(latex: str):
    made = mathml(latex, display=False)
    assert active(made) == {}
    assert set(re.findall(r"</?([\w-]+)", made)) <= TAGS | {"code"}
    assert set(re.findall(r'\s([\w-]+)="', re.sub(r">[^<]*<", "><", made))) <= ATTRIBUTES.keys()
    assert len(made) <= 40 * len(latex) + 100


@pytest.mark.parametrize(
    "text, shown",
    [
        ("so $x^2$ it is", "<math"),
        ("$$x^2$$", '<math display="block"'),
        (r"\begin{align}a&=b\end{align}", "<mtable"),
        ("costs 3 $", "costs 3 $"),
        ("`$x$`", "<code>$x$</code>"),
        (r"$\frac{$", r"$\frac{$"),
    ],
)
def test_a_formula_in_a_text_is_set_and_what_is_none_stays(text: str, shown: str):
    assert shown in sanitising._laid_out(text, {})


@pytest.mark.parametrize(
    "text",
    [
        '![$\\text{" onerror="1}$](data:image/png;base64,iVBO)',
        '<b title="$\\text{" onclick="1}$">b</b>',
        '<p title=\'<var title="formula 0"></var>\'>p</p> $\\text{" onclick="1}$',
        '<var title="formula 0"></var>' * 100 + "$x$",
    ],
)
def test_a_formula_stands_in_a_text_once_and_never_in_an_attribute(text: str):
    made = sanitising._laid_out(text, {})
    assert active(made) == {}
    assert made.count("<math") <= 1
    assert "<math" not in "".join(re.findall(r'="([^"]*)"', made))


@pytest.mark.parametrize("unit", [unit.id for unit in COURSE.units])
def test_each_graded_cell_of_a_unit_has_a_heading_of_its_own(unit: str):
    cells = [cell["metadata"].get("nbgrader", {}) for cell in read_notebook(COURSE.lesson(unit))["cells"]]
    graded = {about["grade_id"] for about in cells if about.get("grade")}
    titles = headings(COURSE, unit)
    assert titles.keys() == graded
    assert len(set(titles.values())) == len(titles)
