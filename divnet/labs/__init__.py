"""The labs, each a function that gives a new one."""

from divnet.labs.activation_curve import activation_curve
from divnet.labs.baseline import baseline
from divnet.labs.beyond_training import beyond_training
from divnet.labs.branches import branches
from divnet.labs.compare_models import compare_models
from divnet.labs.explore_search import explore_search
from divnet.labs.gradient_flow import gradient_flow
from divnet.labs.lab import Lab
from divnet.labs.network import network
from divnet.labs.neurons_by_hand import neurons_by_hand
from divnet.labs.start_map import start_map
from divnet.labs.train_live import train_live

__all__ = [
    "Lab",
    "activation_curve",
    "baseline",
    "beyond_training",
    "branches",
    "compare_models",
    "explore_search",
    "gradient_flow",
    "network",
    "neurons_by_hand",
    "start_map",
    "train_live",
]
