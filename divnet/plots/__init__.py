"""The pictures of the lessons, each one line there; each is a `Plot`, a picture and its text twin."""

from divnet.picture import Plot
from divnet.plots.activation import show_activation
from divnet.plots.approximation import show_errors, show_fit
from divnet.plots.comparison import show_comparison
from divnet.plots.curve import show_curve
from divnet.plots.gradients import show_gradients
from divnet.plots.landscape import show_error_line, show_error_plane, show_two_number_paths
from divnet.plots.model_errors import show_model_errors
from divnet.plots.race import show_race
from divnet.plots.search import show_importance, show_pairs, show_parallel_coordinates
from divnet.plots.seeds import show_seed_spread
from divnet.plots.slopes import show_drift, show_slope, show_step_errors
from divnet.plots.square import show_error_map, show_level_lines
from divnet.plots.targets import show_distances, show_targets

__all__ = [
    "Plot",
    "show_activation",
    "show_comparison",
    "show_curve",
    "show_distances",
    "show_drift",
    "show_error_line",
    "show_error_map",
    "show_error_plane",
    "show_errors",
    "show_fit",
    "show_gradients",
    "show_importance",
    "show_level_lines",
    "show_model_errors",
    "show_pairs",
    "show_parallel_coordinates",
    "show_race",
    "show_seed_spread",
    "show_slope",
    "show_step_errors",
    "show_targets",
    "show_two_number_paths",
]
