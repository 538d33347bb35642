"""Pages as nbgrader makes them for feedback and in formgrader, of a notebook that attacks who looks at it."""

from __future__ import annotations

from collections.abc import Callable

import nbformat
from nbconvert.exporters import HTMLExporter
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.server_extensions.formgrader import handlers
from traitlets.config import Config

from autograder import grade
from autograder.grading.gradebook.feedback_page import OLDER, Line
from autograder.report import mimebundle
from tests.attacks.displayed import COVER, MARKUP, OF_A_PICTURE, OTHER_KINDS, WIDE, write_markup

TEMPLATES = ("feedback", "formgrade")
RESOURCES = {
    "nbgrader": {"notebook": "02", "score": 1, "max_score": 2, "late_penalty": 0},
    "notebook_id": "02", "assignment_id": "02", "submission_id": "1", "index": 0, "total": 1, "base_url": "",
    "student": "ada", "last_name": "", "first_name": "", "notebook_path": "x",
    "feedback": {
        "course": "Learning to divide", "language": "en", "unit": "Divide", "student": "ada", "times": [],
        "lines": [Line("why", "Question: why?", "1 of 2", OLDER, True)] * 10, "waiting": 0, "total": "1",
        "most": "2", "penalty": "0",
    },
}  # fmt: skip
Page = Callable[[NotebookNode], str]
QUESTION = {"nbgrader": {"grade_id": "why", "grade": True, "solution": True, "points": 2, "score": 1}}


def wrong() -> dict[str, object]:
    return mimebundle(grade("activation", lambda x: 0 * x, seed=1))


def notebook(*, attacked: bool) -> NotebookNode:
    """A graded one with a report in it, and beside that all attacks, or nothing."""
    outputs = [new_output("display_data", data=wrong())]
    if attacked:
        outputs += [
            new_output("display_data", data={"text/html": markup}) for markup in (*MARKUP, COVER, WIDE)
        ]
        isolated = {"text/html": {"isolated": True}}
        outputs += [new_output("display_data", data={"text/html": MARKUP[0]}, metadata=isolated)]
        outputs += [
            new_output("display_data", data={kind: data}, metadata=OF_A_PICTURE)
            for kind, data in OTHER_KINDS.items()
        ]
        outputs += [
            new_output("stream", text=MARKUP[0]),
            new_output("error", evalue=MARKUP[1], traceback=MARKUP),
        ]
    cells = [
        new_markdown_cell("I **think** so: $a < b$.", metadata=QUESTION),
        new_code_cell("x", outputs=outputs),
    ]
    made = new_notebook(cells=cells)
    if attacked:
        write_markup(made)
        made.cells[0].source += f"\n\n{COVER}"
    return nbformat.from_dict(made)


def page_by(config: Config, template: str) -> Page:
    """As nbgrader's feedback and formgrader make their exporter out of the course's configuration."""
    if template == "feedback":
        own = GenerateFeedback(coursedir=CourseDirectory(config=config), config=Config(config)).config
    else:
        own = Config()
        own.HTMLExporter.template_name = template
        own.HTMLExporter.extra_template_basedirs = [handlers.template_path]
        own.merge(config)  # as FormgradeExtension does
    exporter = HTMLExporter(config=own)
    return lambda made: str(exporter.from_notebook_node(made, resources=dict(RESOURCES))[0])
