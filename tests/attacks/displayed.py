"""Attacks on the browser of the one who looks at a graded notebook. What is displayed must stay harmless."""

from __future__ import annotations

from nbformat.notebooknode import NotebookNode

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
]
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


ATTACKS = [
    Attack(
        "browser",
        "displays and writes scripts, frames, forms and what is loaded from elsewhere",
        cells=[(START, SHOW), ("activation", SHOW)],
        form=write_markup,
    ),
]
