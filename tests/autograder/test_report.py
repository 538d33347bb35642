"""What a student sees of a verdict: the same in HTML, in plain text and in the picture's words."""

from __future__ import annotations

import base64
import json
import math
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO

import numpy as np
import pytest

from autograder.card import AMBER, GREEN, SLATE, VERMILION
from autograder.curves import without_number
from autograder.judging import grade
from autograder.picture import describe, draw
from autograder.report import VERDICT_MIME, alt_text, as_html, as_text, mimebundle
from autograder.verdict import Criterion, Picture, Row, Status, Verdict

X = tuple(float(x) for x in np.linspace(-4, 4, 81))
LINE = tuple(0.5 * x for x in X)
HOSTILE = (
    "<script>alert('x')</script><img src=x onerror=alert(1)> \"quoted\" 'too' & \x1b[31mred\x07\u202e\ud800"
)

WRONG = Verdict(
    "activation",
    Status.WRONG,
    2 / 3,
    "At x = 0.5 your activation gives 0.962784; the formula gives 0.893709.",
    "ten-million",
    (Criterion("x ≤ 0", 1, 1), Criterion("0 < x ≤ 15", 1, 0), Criterion("x > 15", 1, 0.5)),
    tuple(Row(f"x = {n}.25", f"1{n}.5", f"2{n}.75", "+0.0691") for n in range(7)),
    ("A warning came up 3 times.",),
    Picture(
        X, tuple(y + 1.5 if 1 <= x <= 2 else y for x, y in zip(X, LINE, strict=True)), LINE, wrong=((1, 2),)
    ),
)
RIGHT = replace(
    WRONG,
    status=Status.RIGHT,
    score=1.0,
    message="All 3 branches agree.",
    misconception=None,
    criteria=tuple(replace(c, share=1) for c in WRONG.criteria),
    table=(),
    remarks=(),
    picture=Picture(X, LINE, LINE),
)
WAITING = Verdict("activation", Status.NOT_ATTEMPTED, 0.0, "`activation` is still `...`.")


class Page(HTMLParser):
    """The visible words of a piece of HTML, its tags, and the alt texts of its images."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.alts: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        self.text = "".join(self.words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names.update(name for name, _ in attrs)
        self.alts += [value or "" for name, value in attrs if name == "alt"]
        if tag not in ("img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def numbers(text: str) -> set[str]:
    return set(re.findall(r"[−+-]?\d+(?:\.\d+)?(?:e[−+-]?\d+)?", text))


def pixels(picture: Picture) -> np.ndarray:
    from matplotlib.image import imread

    return np.asarray(imread(BytesIO(draw(picture)), format="png"))[..., :3]


@pytest.mark.parametrize(
    ("verdict", "icon", "word", "colour"),
    [
        (RIGHT, "✓", "right", GREEN),
        (WRONG, "◐", "partly right", AMBER),
        (replace(WRONG, score=0.0), "✗", "not right yet", VERMILION),
        (WAITING, "○", "waiting for your answer", SLATE),
    ],
)
def test_the_outcome_is_said_by_icon_word_and_colour(
    verdict: Verdict, icon: str, word: str, colour: str
) -> None:
    html = as_html(verdict)
    assert f"{icon} {word}" in Page(html).text
    assert f"background:{colour}" in html
    assert as_text(verdict).startswith(f"{icon} activation: {word}")


@pytest.mark.parametrize("colour", [GREEN, AMBER, VERMILION, SLATE])
def test_white_on_a_badge_has_the_contrast_that_small_text_needs(colour: str) -> None:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert 1.05 / (luminance + 0.05) >= 4.5  # WCAG 2, level AA


@pytest.mark.parametrize("verdict", [RIGHT, WRONG, WAITING, replace(WRONG, picture=None)])
def test_html_and_plain_text_carry_the_same_numbers(verdict: Verdict) -> None:
    page = Page(as_html(verdict))
    assert numbers(" ".join([*page.words, *page.alts])) == numbers(as_text(verdict))


def test_the_alt_text_of_the_image_stands_in_the_plain_text_too() -> None:
    assert Page(as_html(WRONG)).alts == [alt_text(WRONG)]
    assert f"Picture: {alt_text(WRONG)}" in as_text(WRONG)


def test_the_named_misconception_is_one_sentence_of_the_report() -> None:
    verdict = replace(WRONG, misconception="log10", cause="your `activation` takes the wrong logarithm.")
    assert "What probably happened: your activation takes the wrong logarithm." in as_text(verdict)
    assert "What probably happened:" in Page(as_html(verdict)).text


def test_partial_credit_is_told_by_named_parts() -> None:
    for text in (Page(as_html(WRONG)).text, as_text(WRONG)):
        for part in ("✓ x ≤ 0: right", "✗ 0 < x ≤ 15: no points yet", "◐ x > 15: 50 % of its points"):
            assert part in text
        assert "1 of 3 parts, 67 % of the points" in text


@pytest.mark.parametrize(("score", "shown"), [(0.999, "99 %"), (0.001, "1 %"), (1 / 3, "33 %")])
def test_what_is_not_all_never_reads_as_all(score: float, shown: str) -> None:
    assert f"{shown} of the points" in as_text(replace(WRONG, score=score))


def test_at_most_five_failing_inputs_are_shown() -> None:
    page = as_html(WRONG)
    assert "x = 4.25" in page
    assert "x = 5.25" not in page
    assert page.count("<tr") == 1 + 5


def test_a_right_answer_is_not_offered_a_hint_and_any_other_is() -> None:
    assert "hint(" not in as_text(RIGHT)
    for verdict in (WRONG, WAITING):
        assert 'hint("activation") gives the next hint' in as_text(verdict)
        assert 'hint("activation") gives the next hint' in Page(as_html(verdict)).text


def test_notes_of_the_session_stand_in_the_report_and_not_in_the_verdict() -> None:
    bundle = mimebundle(RIGHT, ["Nothing can be kept here."])
    assert "Nothing can be kept here." in bundle["text/plain"]
    assert "Nothing can be kept here." in bundle["text/html"]
    assert "Nothing can be kept here." not in json.dumps(bundle[VERDICT_MIME])


def test_whatever_a_student_writes_stays_text() -> None:
    hostile = Verdict(
        HOSTILE,
        Status.WRONG,
        0.5,
        HOSTILE,
        HOSTILE,
        (Criterion(HOSTILE, 1, 0.5), Criterion("b", 1, 0)),
        (Row(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
        (HOSTILE,),
        Picture(X, LINE, LINE, x_label=HOSTILE[:20], y_label=HOSTILE[:20]),
    )
    bundle = mimebundle(hostile, [HOSTILE])
    page = Page(bundle["text/html"])
    harmless = ["div", "p", "strong", "code", "span", "ul", "li", "img", "br"]
    assert page.tags <= {*harmless, "table", "thead", "tbody", "tr", "th", "td"}
    assert page.names <= {"class", "style", "src", "alt", "title", "colspan"}
    assert page.open == []
    assert "<script>alert('x')</script>" in page.text
    for form in (bundle["text/html"], bundle["text/plain"]):
        form.encode("utf-8")  # no lone surrogates: a notebook file could not hold them
        assert "\x1b" not in form
        assert "\x07" not in form
        assert "\u202e" not in form
    json.dumps(bundle, allow_nan=False, ensure_ascii=False).encode("utf-8")


def test_an_endless_message_is_cut_and_says_so() -> None:
    text = as_text(replace(WRONG, message="y" * 1_000_000))
    assert len(text) < 10_000
    assert "(998000 more characters)" in text


def test_the_verdict_travels_with_the_report() -> None:
    data = json.loads(json.dumps(mimebundle(WRONG)[VERDICT_MIME]))
    assert Verdict.from_json(data) == replace(WRONG, picture=None)  # it is drawn in the HTML


def test_the_report_of_a_right_answer_is_the_same_each_time() -> None:
    assert mimebundle(RIGHT) == mimebundle(RIGHT)


def test_the_picture_shades_the_wrong_region_and_no_other() -> None:
    assert WRONG.picture is not None
    image = pixels(WRONG.picture)
    height, width, _ = image.shape
    row = image[int(0.82 * height)]  # below both curves where they differ, above the x axis
    place = [int(width * (0.12 + 0.85 * (x + 4) / 8)) for x in (1.5, 3.5)]
    shaded, plain = row[place[0] + 4], row[place[1] + 4]
    assert shaded[0] > shaded[2] + 0.05  # reddish
    assert plain[0] == pytest.approx(plain[2], abs=0.02)


def test_where_yours_has_no_number_the_picture_is_hatched_and_says_so() -> None:
    lost = Picture(X, tuple(None if 1 <= x <= 2 else y for x, y in zip(X, LINE, strict=True)), LINE)
    ((start, end),) = without_number(lost)
    assert (start, end) == pytest.approx((1.0, 2.0))
    assert "Hatched, where yours has no finite value: x from 1 to 2." in describe(lost)
    assert not np.array_equal(pixels(lost), pixels(Picture(X, LINE, LINE)))


def test_the_words_of_the_picture_name_range_region_and_widest_gap() -> None:
    words = alt_text(WRONG)
    assert "y for x from −4 to 4" in words
    assert "where they differ: x from 1 to 2" in words
    assert re.search(r"widest gap drawn is at x = [12](\.\d+)?: yours [\d.]+, right [\d.]+", words)


def test_a_gap_that_is_too_small_to_see_is_said_to_be_so() -> None:
    close = Picture(X, tuple(1.0000001 * y for y in LINE), LINE, wrong=((-4.0, -0.1), (0.1, 4.0)))
    assert "Shaded, where they differ, by too little to see: x from −4 to −0.1" in describe(close)
    assert WRONG.picture is not None
    assert "too little" not in describe(WRONG.picture)
    assert draw(close) != draw(replace(close, wrong=()))


def test_many_wrong_regions_are_counted_not_listed() -> None:
    picture = Picture(X, LINE, LINE, wrong=tuple((n / 2, n / 2 + 0.1) for n in range(6)))
    assert "x from 1 to 1.1 and 3 more places" in describe(picture)


@pytest.mark.parametrize("symmetric_log", [False, True])
@pytest.mark.parametrize(
    "yours",
    [
        tuple(1e300 * x for x in X),
        tuple(-1.7e308 if x < 0 else 1.7e308 for x in X),
        (None,) * len(X),
        (0.0,) * len(X),
        tuple(5e-324 * x for x in X),
    ],
)
def test_a_picture_comes_of_any_numbers_without_a_warning(
    yours: tuple[float | None, ...], symmetric_log: bool
) -> None:
    for expected in (LINE, (1.0,) * len(X), (0.0,) * len(X), (None,) * len(X)):
        picture = Picture(X, yours, expected, symmetric_log=symmetric_log)
        assert draw(picture).startswith(b"\x89PNG")
        assert describe(picture)


def test_a_curve_that_runs_out_of_the_picture_leaves_the_right_one_readable() -> None:
    words = describe(Picture(X, tuple(1e6 * x for x in X), LINE, wrong=((-4.0, 4.0),)))
    assert "runs out of the picture at the bottom and the top" in words


def test_a_picture_that_cannot_be_drawn_leaves_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Picture) -> bytes:
        raise MemoryError("no room")

    monkeypatch.setattr("autograder.report.draw", fail)
    page = Page(as_html(WRONG))
    assert "img" not in page.tags
    assert alt_text(WRONG) in page.text


def test_drawing_leaves_the_students_pyplot_alone() -> None:
    code = """
import sys
from tests.autograder.test_report import RIGHT
from autograder.picture import draw
plain = draw(RIGHT.picture)
assert "matplotlib.pyplot" not in sys.modules
import matplotlib
matplotlib.use("svg")
import matplotlib.pyplot as plt
plt.style.use("dark_background")
plt.rcParams["text.usetex"] = True
mine = plt.figure()
before = dict(matplotlib.rcParams)
assert draw(RIGHT.picture) == plain, "the student's style shows in the report"
assert plt.get_fignums() == [1] and plt.gcf() is mine
assert dict(matplotlib.rcParams) == before and matplotlib.get_backend() == "svg"
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_image_in_the_page_is_the_picture() -> None:
    assert WRONG.picture is not None
    found = re.search(r'src="data:image/png;base64,([^"]+)"', as_html(WRONG))
    assert found is not None
    assert base64.b64decode(found[1]) == draw(WRONG.picture)


def test_what_a_notebook_file_cannot_hold_is_replaced_in_the_verdict() -> None:
    odd = replace(WRONG, criteria=(Criterion("a", 1, math.nan),), message="\ud800")
    data = mimebundle(odd)[VERDICT_MIME]
    assert data["criteria"][0]["share"] is None
    assert data["message"] == "?"


def test_a_long_text_in_the_table_is_cut_in_its_middle() -> None:
    long = replace(
        WRONG, table=(Row("x = 1", "raises ValueError:\n" + "why " * 100 + "so", "0.5", "no number"),)
    )
    (line,) = [line for line in as_text(long).splitlines() if "ValueError" in line]
    assert "raises ValueError: why why" in line
    assert " … " in line
    assert "why so  0.5" in line
    assert len(line) < 100


def test_a_long_input_is_shown_whole_on_a_line_of_its_own() -> None:
    where = "x = 2.24, y = -3.71, w = [0.81], b = [0.68], v = [-0.8]: dw[0]"
    verdict = replace(WRONG, table=(Row(where, "-0.375011", "-0.750022", "+0.375"),))
    assert f"  {where}\n    yours -0.375011, expected -0.750022, gap +0.375" in as_text(verdict)
    assert where in Page(as_html(verdict)).text


def test_what_several_numbers_were_called_with_stands_once_above_them() -> None:
    call = "x = -1.5, y = 2.0, w = [0.5, -1.0], b = [0.3, 0.7], v = [2.0, -1.5]"
    rows = (
        Row("dv[0]", "1", "2", "-1", "x = 2.0"),
        *(Row(f"dv[{i}]", "3.5", "4", "-0.5", call) for i in (0, 1)),
    )
    text, page = as_text(replace(WRONG, table=rows)), Page(as_html(replace(WRONG, table=rows)))
    assert f"  for {call}:\n    dv[0]  3.5    4         -0.5\n    dv[1]" in text
    for shown in (text, page.text):
        assert shown.count(call) == 1
        assert shown.count("for x = 2.0:") == 1
    assert page.open == []


def test_the_right_number_is_as_long_as_the_answers_and_never_looks_the_same() -> None:
    def single(x: np.ndarray) -> np.ndarray:
        return np.float32(1.01) / (1 + np.exp(-np.asarray(x, dtype=np.float32)))

    def nearly(x: np.ndarray) -> np.ndarray:
        return np.round(1 / (1 + np.exp(-np.asarray(x))), 1)

    for row in grade("sigmoid", single, seed=1).table:
        assert abs(len(row.yours) - len(row.expected)) <= 3, row  # zeros at the end, a sign, an exponent
    for row in grade("sigmoid", nearly, seed=1).table:
        assert float(row.yours) != float(row.expected), row


def test_parts_say_what_they_are_worth_where_they_are_not_worth_the_same() -> None:
    criteria = (Criterion("plain numbers", 1, 1), Criterion("arrays", 2, 0.5), Criterion("tables", 1, 0))
    text = as_text(replace(WRONG, score=0.5, criteria=criteria))
    assert "1 of 3 parts, 50 % of the points" in text
    assert "◐ arrays (worth 50 %): 50 % of its points" in text
    assert "✗ tables (worth 25 %): no points yet" in text
    halved = tuple(replace(c, share=0.5) for c in criteria)
    assert "partly right (50 % of the points)" in as_text(replace(WRONG, score=0.5, criteria=halved))


def test_fresh_probes_do_not_change_the_report_of_a_right_answer() -> None:
    def sigmoid(x: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-np.asarray(x, dtype=float)))

    reports = [mimebundle(grade("sigmoid", sigmoid)) for _ in range(3)]
    assert reports[0][VERDICT_MIME]["status"] == "right", reports[0]["text/plain"]
    assert reports[0] == reports[1] == reports[2]


def test_a_column_in_which_nothing_stands_is_left_out() -> None:
    rows = (Row("for a table", "raises ValueError", "numbers", ""), Row("for a row", "None", "numbers", ""))
    verdict = replace(WRONG, table=rows)
    for text in (Page(as_html(verdict)).text, as_text(verdict)):
        assert "raises ValueError" in text
        assert "gap" not in text.split("for a table")[0].split("where")[-1]
    assert "gap" in as_text(WRONG)


def test_a_failing_input_stands_once_and_one_reason_for_no_numbers_is_enough() -> None:
    verdict = grade("sigmoid", lambda x: math.exp(f"{x}"))
    assert len(verdict.table) == 1
    assert verdict.picture is None

    def one_sided(function, x):
        return (function(x + 1e-3) - function(x)) / 1e-3

    table = grade("numeric-slope", one_sided).table
    assert len(table) == len(set(table)) == 5


def test_a_wrong_answer_has_a_picture_only_where_it_shows_what_is_wrong() -> None:
    assert grade("sigmoid", lambda x: 1 / (1 + math.exp(-x))).picture is None  # wrong for arrays alone
    assert grade("sigmoid", lambda x: 1 / (1 + np.exp(x))).picture is not None
