"""Origin runs of a wording."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitplan.core.text.runs import (
    OriginSpan,
    Run,
    compact,
    expand,
    spans,
    uniform,
    words_by_origin,
)

ORIGINS = st.lists(st.integers(0, 3))


@given(ORIGINS)
def test_compact_and_expand_are_inverse(origins):
    assert expand(compact(origins)) == origins


@given(ORIGINS)
def test_compact_joins_neighbours_of_one_origin(origins):
    runs = compact(origins)

    assert all(run.count > 0 for run in runs)
    assert all(left.origin != right.origin for left, right in pairwise(runs))


def test_uniform_covers_all_tokens_and_nothing_where_there_are_none():
    assert uniform(3, 7) == (Run(3, 7),)
    assert uniform(0, 7) == ()


def test_spans_cut_the_text_where_the_origin_changes():
    assert spans("Neu ist gut.", (Run(2, 5), Run(4, 1))) == (
        OriginSpan("Neu ", 5),
        OriginSpan("ist gut.", 1),
    )


def test_spans_with_runs_of_another_text_are_refused():
    with pytest.raises(ValueError, match="runs cover 2 tokens, the text has 3"):
        spans("Neu ist", (Run(2, 5),))


def test_words_by_origin_counts_words_only():
    assert words_by_origin("Neu, ist: gut!", (Run(3, 5), Run(5, 1))) == {5: 1, 1: 2}
