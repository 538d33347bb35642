"""Mistakes in comparing models: None for models that work, and what is no plain number."""

from __future__ import annotations

from collections.abc import Callable

from autograder.exercise import Mistake
from autograder.kinds.model_comparison import FUNCTIONS, Compared, Observation
from autograder.kinds.model_comparison_mistakes import Fits, raises


def all_none(holds: Callable[[Compared], bool]) -> Fits:
    """Fits where just the models that work for which that ``holds`` get None; all others are right."""

    def fits(seen: Observation) -> bool:
        named = all(call.named is not None for call in seen.calls)
        lost = [m for m in seen.working if holds(m)]
        rest = [m for m in seen.working if not holds(m)]
        return named and bool(lost) and all(m.none for m in lost) and all(m.right for m in rest)

    return fits


def is_flat(model: Compared) -> bool:
    """Whether the model gives an array with one axis."""
    return bool(model.description.get("function", {}).get("form") == "flat")


NUMBERS: tuple[Mistake[Observation], ...] = (
    Mistake(
        "isnan-of-none",
        did="asks np.isnan about something that is no number",
        tempting="one test at the end looks like enough for all models",
        shows="np.isnan takes numbers, and was handed something else.",
        hint="Which value has the quotient after a model has failed, and which line is reached with it?",
        fits=lambda seen: raises(seen, "isnan"),
    ),
    Mistake(
        "drops-zero",
        did="takes a quotient of 0 for a failure",
        tempting="if value reads like: if there is a value",
        shows="A model that gives 0 has not failed: 0 is a number.",
        hint="For which numbers does Python take `if value` or `value or None` for false?",
        fits=all_none(lambda m: m.expected == 0),
    ),
    Mistake(
        "drops-negative",
        did="takes a quotient below 0 for a failure",
        tempting="a question such as value > 0 sorts NaN out, too",
        shows="A model that gives a number below 0 is wrong, but it has not failed.",
        hint="What is asked for is a test of NaN alone. Which numbers does yours sort out as well?",
        fits=lambda seen: any(
            all_none(holds)(seen)
            for holds in (
                lambda m: m.expected is not None and m.expected <= 0,
                lambda m: (m.expected or 0) < 0,
            )
        ),
    ),
    Mistake(
        "none-for-all",
        did="gives None for every model",
        tempting="except Exception catches mistakes of one's own as well, and says nothing",
        shows="Also models that work get None.",
        hint="Let your except print what it has caught: is it the model's error, or one of yours?",
        fits=all_none(lambda _: True),
    ),
    Mistake(
        "none-for-flat",
        did="gives None for models that give an array of shape (n,)",
        tempting="[0][0] takes the number out of an array of shape (1, 1)",
        shows="All models get None that give an array of shape (n,), and no others that work.",
        hint="Take [0][0] from np.array([4.0]): what happens, and who would notice it in your function?",
        fits=all_none(is_flat),
    ),
    Mistake(
        "none-for-functions",
        did="gives None for all plain functions",
        tempting="a Keras model gives a tensor, and tensors have methods that arrays have not",
        shows="Keras models are compared rightly; every plain function gets None, though it was called.",
        hint="What can be done with a tensor and with an array alike? Let your except print what it caught.",
        fits=all_none(lambda m: m.kind == FUNCTIONS),
    ),
    Mistake(
        "array-for-number",
        did="gives a quotient in an array or a list",
        tempting="what a model gives is an array, and 100 times that is one again",
        shows="A quotient is a plain number; here it is still in an array or a list.",
        hint="How do you take the one number out of an array, whether its shape is (1, 1) or (1,)?",
        fits=lambda seen: any(m.in_array for m in seen.working),
    ),
    Mistake(
        "text-for-number",
        did="gives texts for numbers",
        tempting="a text looks well on a page",
        shows="The quotients are texts, with which nobody can compute.",
        hint="Who should turn a number into a text: the one who compares, or the one who shows?",
        fits=lambda seen: all(m.got is not None and m.got.get("type") == "str" for m in seen.working),
    ),
)

NONE_FOR_SOME = Mistake[Observation](
    "none-for-some",
    did="gives None for models that work",
    tempting="except Exception catches mistakes of one's own as well, and says nothing",
    shows="All numbers that it gives are right, but some models that work get None.",
    hint="Which line of yours gives None: an except (print what it has caught), or a condition?",
    fits=all_none(lambda m: not m.right),
)
