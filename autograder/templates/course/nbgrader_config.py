"""nbgrader's settings follow course.yml; what you set below goes before."""

from pathlib import Path

from autograder.grading.nbgrader_settings import configure

c = get_config()  # noqa: F821  (nbgrader reads this file with get_config at hand)
configure(c, Path(__file__).parent)
