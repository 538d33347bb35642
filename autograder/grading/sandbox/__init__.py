"""The sandbox: student code in a process that can do nothing but compute. See `jail` for what it promises."""

from autograder.grading.sandbox.jail import SANDBOXES, Jail, Level
from autograder.grading.sandbox.view import View, view_of_python
from autograder.processes.limits import Limits

__all__ = ["SANDBOXES", "Jail", "Level", "Limits", "View", "view_of_python"]
