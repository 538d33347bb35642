"""nbgrader's formgrader with a frame of the course's own around its lists; Jupyter's server loads it.

The lists are nbgrader's. The frame says their language and landmarks, and completes what nbgrader's scripts
write into them: a student without a name is shown by the id, a button that is a picture has a name. It takes
the place of nbgrader's by ``nbgrader_course.json``, which is installed with the course.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from nbgrader.server_extensions.formgrader import handlers
from nbgrader.server_extensions.formgrader.formgrader import FormgradeExtension

LISTS = Path(__file__).parent / "gradebook" / "pages" / "lists"


class Formgrader(FormgradeExtension):
    """Takes templates from the course first."""

    def init_tornado_settings(self, webapp: Any) -> None:
        super().init_tornado_settings(webapp)
        loader = FileSystemLoader([LISTS, handlers.template_path])
        webapp.settings["nbgrader_jinja2_env"] = Environment(loader=loader)


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    """As nbgrader loads its own."""
    formgrader = Formgrader(parent=server)
    formgrader.root_dir = server.root_dir
    formgrader.log = server.log
    formgrader.initialize([])
    formgrader.init_tornado_settings(server.web_app)
    formgrader.init_handlers(server.web_app)
