"""Search for better settings: deck D's grid of 280 trials, each a real training, kept in a file.

`search` runs a grid, `python -m divnet.search` does so from the command line; both go on where they were
stopped or killed. See `running`, and `study` for how.
"""

from divnet.search.finished import (
    Trial,
    best,
    finished_search,
    finished_seed_spread,
    finished_trials,
    importance,
)
from divnet.search.plan import SPACE, Configuration, Plan, SearchError
from divnet.search.running import search

__all__ = [
    "SPACE",
    "Configuration",
    "Plan",
    "SearchError",
    "Trial",
    "best",
    "finished_search",
    "finished_seed_spread",
    "finished_trials",
    "importance",
    "search",
]
