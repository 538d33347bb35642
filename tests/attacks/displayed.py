"""Attacks on the browser of the one who looks at a graded notebook. What is displayed must stay harmless."""

from __future__ import annotations

from collections.abc import Callable

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_markdown_cell, new_raw_cell

from tests.attacks.attack import START, Attack

ALARM = "window.attacked = 1"
MARKUP = [
    f"<script>{ALARM}</script>",
    f'<img src="x" onerror="{ALARM}">',
    f'<svg onload="{ALARM}"><script>{ALARM}</script></svg>',
    f'<a href="javascript:{ALARM}">a link</a>',
    f'<a href=" JaVa&#115;cript:{ALARM}">a link</a>',
    f'<iframe srcdoc="<script>{ALARM}</script>"></iframe>',
    '<iframe src="https://attacker.invalid"></iframe><object data="https://attacker.invalid"></object>',
    '<img src="https://attacker.invalid/seen.png"><link rel="stylesheet" href="https://attacker.invalid">',
    '<style>.score { display: none } @import "https://attacker.invalid"</style>',
    '<div style="position:fixed;top:0;left:0;width:100%;height:100%">Score: 11 / 11</div>',
    '<p style="background:url(https://attacker.invalid/seen.png)">seen</p>',
    '<form action="https://attacker.invalid"><input class="score" value="11" autofocus></form>',
    '<base href="https://attacker.invalid"><meta http-equiv="refresh" content="0;https://attacker.invalid">',
    f'<math><mtext><table><mglyph><style><img src="x" onerror="{ALARM}">',
    f"<noscript><p title=\"</noscript><img src='x' onerror='{ALARM}'>\">",
    f"</div></div></body><script>{ALARM}</script>",
    f"$\\href{{javascript:{ALARM}}}{{x}}$ $\\text{{</math><script>{ALARM}</script>}}$",
    f'![$\\text{{x" onerror="{ALARM}}}$](data:image/png;base64,x)',
    f"<b title='$\\text{{' onclick=\"{ALARM}\"}}$'>b</b>",
    '<var title="formula 0"></var><p title=\'<var title="formula 1"></var>\'>p</p> $\\rule{900em}{900em}$',
    "$\\style{position:fixed;top:0}{x}$ $\\class{score}{x}$",
    "$\\hspace{-900em}x$ $\\raise{900em}{x}$",
]
COVERS = [
    "margin: calc(0px - 900px) 0 0 calc(0px - 900px); padding: 900px; background: #fff",
    "margin: calc(-1 * 900px)",
    "margin:-99em; padding: 99em; background: white",
    "margin:\\2d 900px",
    "margin: var(--x, -900px)",
    "margin/**/: -900px",
    "position: relative; top: -900px; background: #fff; padding: 400px",
    "position:\\66ixed; inset: 0",
    "position: sticky; top: 0; z-index: 9999",
    "transform: translateY(-900px) scale(50)",
    "float: left; width: 300%; height: 3000px; background: #fff",
    "font-size: 9999px; line-height: 0.01",
    "line-height: 900em",
    "border: 900px solid #fff",
    "box-shadow: 0 0 0 9999px #fff; outline: 9999px solid #fff",
    "width: 99999px; height: 99999px; display: fixed; overflow: visible",
    "text-indent: -9999px; letter-spacing: 900px; vertical-align: 900px",
    "background: image-set('https://attacker.invalid/x.png' 1x); content: url(https://attacker.invalid)",
]
"""Styles that lay a student's element over what nbgrader wrote, or reach out."""
COVER = "".join(f'<div style="{style}">Score: 11 / 11</div>' for style in COVERS)
WIDE = '<table><tr><td colspan="1000" rowspan="65534" width="99999">x</td></tr></table>'
SLOW = {
    "nested": "<div>" * 30_000,
    "reopened": f"<p><b title={'x' * 5000}></p>" + "<p>x</p>" * 10_000,
    "formatting": "<b><i><a>" * 5000,
    "tables": "<table><tr><td>" * 5000,
    "hidden ends": "<div><!--></div>--><div title='</div>'>" * 5000,
    "no ends": "<i><em" * 20_000,
}
"""HTML that costs a parser more than linear time."""
OTHER_KINDS = {
    "application/javascript": ALARM,
    "text/markdown": f"[a link](javascript:{ALARM}) {MARKUP[0]} {MARKUP[1]}",
    "text/latex": f"$\\href{{javascript:{ALARM}}}{{x}}$ {MARKUP[0]}",
    "image/svg+xml": f'<svg xmlns="http://www.w3.org/2000/svg" onload="{ALARM}">{MARKUP[0]}</svg>',
    "image/png": f'x" onerror="{ALARM}',
    "application/vnd.jupyter.widget-view+json": {"model_id": f"</script>{MARKUP[0]}", "version_major": 2},
}
OF_A_PICTURE = {"image/png": {"width": f"1 onerror={ALARM.replace(' ', '')}", "alt": MARKUP[0]}}
SHOW = f"""
from IPython.display import display
for markup in {MARKUP!r}:
    display({{"text/html": markup, "text/plain": "x"}}, raw=True)
    display({{"text/html": markup}}, raw=True, metadata={{"text/html": {{"isolated": True}}}})
for kind, data in {OTHER_KINDS!r}.items():
    display({{kind: data}}, raw=True, metadata={OF_A_PICTURE!r})
print({MARKUP!r})
raise ValueError({MARKUP[0]!r})
"""


def write_markup(notebook: NotebookNode) -> None:
    """The same in the answer to a question, in its attachments, and in metadata that ends up in a page."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and "nbgrader" in cell.metadata:
            cell.source = "\n\n".join([*MARKUP, f"[a link](javascript:{ALARM})", "![x](attachment:x.png)"])
            cell["attachments"] = {"x.png": {"image/png": f'" onerror="{ALARM}', "text/html": MARKUP[0]}}
        cell.metadata["magics_language"] = f'"><{MARKUP[0]}'
    notebook.metadata["language_info"] = {"name": f'">{MARKUP[0]}', "pygments_lexer": f'">{MARKUP[0]}'}
    notebook.metadata["title"] = f"</title>{MARKUP[0]}"
    notebook.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": MARKUP[0]}}


def show(kind: str, *texts: str) -> str:
    """A cell that displays each of these texts."""
    return (
        "from IPython.display import display\n"
        f"for text in {list(texts)!r}:\n    display({{{kind!r}: text, 'text/plain': 'x'}}, raw=True)"
    )


def answer(text: str) -> Callable[[NotebookNode], None]:
    """The text as answer to the question, and in cells of the student's own, laid out and raw."""

    def write(notebook: NotebookNode) -> None:
        for cell in notebook.cells:
            if cell.cell_type == "markdown" and "nbgrader" in cell.metadata:
                cell.source = text
        notebook.cells += [new_markdown_cell(text, id="own-text"), new_raw_cell(text, id="own-raw")]

    return write


NEST = """
from IPython.display import display
for deep in (60, 600, 950, 985, 5000):
    nested = []
    for _ in range(deep):
        nested = [nested]
    display({"application/json": nested}, raw=True)
    display({"text/plain": "x"}, metadata={"a": nested}, raw=True)
display({"application/json": {str(number): {} for number in range(250_000)}}, raw=True)
display({"application/json": [float("nan"), float("inf")], "text/plain": ["a", "b"]}, raw=True)
display({str(number): "" for number in range(10_000)}, raw=True)
"""
LOST = "![x](attachment:lost.png) ![x](attachment:) ![x](attachment:a%20b.png) [x](attachment:lost.png)"
ODD_ESCAPES = ["\x1b[38m", "\x1b[38;2m", "\x1b[48;5m", "\x1b[38;2;1m", "\x1b[" + "9" * 5000 + "m", "\x1b[²m"]
FLOOD = "\x1b[31ma\x1b[1;" * 60_000
SHOUT = f"""
import sys
print({"x".join(ODD_ESCAPES)!r})
print({"x".join(ODD_ESCAPES)!r}, file=sys.stderr)
raise ValueError({"x".join(ODD_ESCAPES)!r})
"""
BLANK = [f'<p style="color:{" " * 9_800}x">a</p>', "`" + " " * 9_800 + "x"]
"""Texts of white space that cost an expression, or mistune, more than linear time."""
FORMULAS = "\\\\[" * 20_000
BRACKETS = "[a](" * 10_000 + "*_" * 10_000 + "> " * 10_000

ATTACKS = [
    Attack(
        "cover",
        "lays what it displays and writes over scores and navigation, by eighteen styles",
        cells=[(START, show("text/html", COVER, *COVERS, WIDE))],
        form=answer(COVER + WIDE),
    ),
    Attack(
        "cover-by-formula",
        "sets a formula with a style, a class and a link",
        cells=[
            (
                START,
                show(
                    "text/latex", f"$\\style{{position:fixed;inset:0}}{{x}}\\class{{score}}{{x}}{MARKUP[1]}$"
                ),
            )
        ],
        form=answer("$\\style{margin:-900px}{x} \\cssId{score}{x} \\href{javascript:alert(1)}{x}$"),
    ),
    *(
        Attack(
            f"slow-html-{kind.replace(' ', '-')}",
            f"displays and writes {len(html) // 1000} KB of HTML that is slow to parse: {kind}",
            "right",
            cells=[(START, show("text/html", html))],
            form=answer(html),
        )
        for kind, html in SLOW.items()
    ),
    Attack(
        "slow-formulas",
        "begins 20000 formulas and ends none",
        "right",
        form=answer(FORMULAS),
        cells=[(START, show("text/markdown", FORMULAS))],
    ),
    Attack(
        "slow-markdown",
        "nests brackets, emphasis and quotations ten thousand deep",
        "right",
        form=answer(BRACKETS),
        cells=[(START, show("text/markdown", BRACKETS))],
    ),
    Attack(
        "slow-blanks",
        "displays and writes styles, code spans and lines of nothing but white space, twenty times",
        "right",
        form=answer(BLANK[1]),
        cells=[
            (START, "\n\n".join(show(kind, *BLANK * 10) for kind in ("text/html", "text/markdown"))),
            ("activation", "\n" * 9_000),
        ],
    ),
    Attack(
        "slow-entities",
        "prints tags without an end, and characters by numbers of 5000 digits",
        "right",
        cells=[(START, "for _ in range(5):\n    print('<' * 99_000)\nprint('&#' + '9' * 5000 + ';')")],
    ),
    Attack(
        "slow-line",
        "has a line that takes minutes to colour",
        "right",
        cells=[("activation", "%%writefile slow.py\n" + "a." * 100_000)],
    ),
    Attack(
        "nested-output",
        "displays JSON nested up to 5000 deep, of 250000 keys, with no numbers, of 10000 kinds",
        "right",
        cells=[(START, NEST)],
    ),
    Attack("lost-attachment", "shows pictures that are not there", "right", form=answer(LOST)),
    Attack(
        "odd-escapes",
        "prints colours without a number, and numbers of 5000 digits",
        "right",
        cells=[(START, SHOUT)],
    ),
    Attack(
        "escape-flood",
        "prints 120000 changes of colour",
        "right",
        cells=[(START, f"print({FLOOD!r})\nfor _ in range(3):\n    print('\\x1b[' + '1;' * 100_000 + '1m')")],
    ),
    Attack(
        "browser",
        "displays and writes scripts, frames, forms and what is loaded from elsewhere",
        cells=[(START, SHOW), ("activation", SHOW)],
        form=write_markup,
    ),
]
