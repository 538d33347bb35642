"""What is tried in exercise ``compare-models``: a quotient is 100 times what a model gives."""

from __future__ import annotations

from autograder.kinds.model_comparison import ModelComparison

PROBE = ModelComparison(lambda model, a, b: 100 * model(a, b), truth="100 times what the model gives is")
