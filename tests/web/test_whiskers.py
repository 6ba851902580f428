"""The axis of the board."""

import math

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeyman.web.whiskers import FEWEST, MARGIN, MOST, Span, axis, step_of

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
NUMBERS = st.floats(-1e6, 1e6).map(lambda one: round(one, 3))
SPANS = st.builds(lambda at, half: Span(at, at - half, at + half), NUMBERS, st.floats(0, 1e3))


@UNHURRIED
@given(st.lists(SPANS, min_size=1, max_size=12))
def test_marks_keep_their_order_and_stay_on_the_chart(spans):
    spans = sorted(spans, key=lambda one: -one.value)
    found = axis(spans)
    marks = [found.mark(one) for one in spans]
    shown = [one for one in marks if not one.off]
    assert len(shown) >= min(2, len(spans))
    assert [one.value for one in shown] == sorted((one.value for one in shown), reverse=True)
    for mark in shown:
        assert 0 <= mark.low <= mark.value <= mark.high <= 100


@UNHURRIED
@given(NUMBERS, st.floats(1e-6, 1e6))
def test_there_are_a_few_round_ticks(low, width):
    high = low + width
    if high - low < 1e-9 * max(1.0, abs(high)):
        return
    step = step_of(low, high)
    count = math.floor(high / step + 1e-9) - math.ceil(low / step - 1e-9) + 1
    assert FEWEST - 1 <= count <= MOST


def test_ticks_stand_where_their_labels_say():
    found = axis([Span(0.86, 0.85, 0.87), Span(0.84, 0.83, 0.85)])
    for at, label in found.ticks:
        assert found.at(float(label)) == at
    assert found.at(found.low) == MARGIN
    assert found.at(found.high) == 100 - MARGIN


def test_one_score_far_away_does_not_press_the_others_together():
    spans = [Span(0.90, 0.89, 0.91), Span(0.88, 0.87, 0.89), Span(0.5, 0.5, 0.5)]
    found = axis(spans)
    assert found.low == 0.87
    assert found.mark(spans[2]).off == "left"
    worse_is_higher = axis([Span(1.0, 0.9, 1.1), Span(1.2, 1.1, 1.3), Span(90.0, 80.0, 99.0)])
    assert worse_is_higher.mark(Span(90.0, 80.0, 99.0)).off == "right"


def test_no_number_no_mark():
    nan = float("nan")
    assert axis([Span(nan, nan, nan)]) is None
    found = axis([Span(0.5, nan, nan), Span(nan, nan, nan)])
    assert found.mark(Span(nan, nan, nan)) is None
    lone = found.mark(Span(0.5, nan, nan))
    assert lone.low == lone.value == lone.high == 50.0
