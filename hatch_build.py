"""A wheel that is built brings the course along; `course lab` lays it into an empty folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FILES = ("course.yml", "nbgrader_config.py", "requirements.lock", "docs/glossary.md", "docs/bibliography.md")


class CustomBuildHook(BuildHookInterface):
    """`autograder.commands.release.course_files` is the same list, for any course."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return  # there the course is beside the packages
        root = Path(self.root)
        lessons = (path.relative_to(root) for path in sorted(root.glob("lessons/*/**/*")) if path.is_file())
        shown = (path for path in lessons if not any(part.startswith((".", "__")) for part in path.parts))
        for path in (*map(Path, FILES), *shown):
            build_data["force_include"][str(root / path)] = f"autograder/given/{path.as_posix()}"
