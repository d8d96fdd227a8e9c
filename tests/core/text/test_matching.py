"""Matching of passages without ids: cases of docs/algorithms/matching-and-attribution.md."""

from hypothesis import given
from hypothesis import strategies as st

from mitplan.core.text.matching import match, similarity
from mitplan.core.text.passages import Kind, Passage

COURSES = "Sprachkurse finden auch am Abend und am Wochenende statt."
ADVICE = "Das Land berät Betriebe bei der Anerkennung von Abschlüssen."
SPORT = "Vereine öffnen ihre Angebote für alle Kinder im Stadtteil."


def paragraphs(*texts):
    return [Passage("", Kind.PARAGRAPH, text) for text in texts]


def test_match_equal_texts_in_order():
    assert match(paragraphs(COURSES, ADVICE), paragraphs(COURSES, ADVICE)) == [0, 1]


def test_match_moved_passage_keeps_its_partner():
    old, new = paragraphs(COURSES, ADVICE, SPORT), paragraphs(SPORT, COURSES, ADVICE)

    assert match(old, new) == [2, 0, 1]


def test_match_reworded_passage_by_common_word_pairs():
    reworded = "Sprachkurse finden künftig auch am Abend statt."

    assert match(paragraphs(ADVICE, COURSES), paragraphs(ADVICE, reworded)) == [0, 1]


def test_match_new_passage_has_no_partner():
    assert match(paragraphs(COURSES), paragraphs(COURSES, SPORT)) == [0, None]


def test_match_explicit_id_wins_over_equal_text():
    old = [Passage("a", Kind.PARAGRAPH, COURSES), Passage("b", Kind.PARAGRAPH, ADVICE)]
    new = [Passage("b", Kind.PARAGRAPH, COURSES), Passage("", Kind.PARAGRAPH, ADVICE)]

    assert match(old, new) == [1, None]


def test_match_unknown_id_is_ignored():
    assert match(
        [Passage("a", Kind.PARAGRAPH, COURSES)], [Passage("x", Kind.PARAGRAPH, COURSES)]
    ) == [0]


def test_match_repeated_texts_pair_up_in_order():
    assert match(
        paragraphs("SR 101", ADVICE, "SR 101"), paragraphs("SR 101", ADVICE, "SR 101")
    ) == [0, 1, 2]


def test_match_short_heading_respelled_at_its_place():
    old = [Passage("", Kind.HEADING, "Bildung"), *paragraphs(COURSES)]
    new = [Passage("", Kind.HEADING, "Ausbildung"), *paragraphs(COURSES)]

    assert match(old, new) == [0, 1]


def test_match_similar_kind_is_preferred():
    old = [
        Passage("", Kind.PARAGRAPH, "Sprache früh fördern und prüfen"),
        Passage("", Kind.HEADING, "Sprache früh fördern und stärken"),
    ]
    new = [Passage("", Kind.HEADING, "Sprache früh fördern und halten")]

    assert match(old, new) == [1]


def test_similarity_of_texts_without_pairs_is_nought():
    assert similarity(Passage("", Kind.HEADING, "Ziel"), Passage("", Kind.HEADING, "Ziel")) == 0.0


@given(st.lists(st.sampled_from([COURSES, ADVICE, SPORT, "Ziel", ""]), max_size=8), st.randoms())
def test_match_links_no_old_passage_twice(texts, random):
    shuffled = random.sample(texts, len(texts))

    links = match(paragraphs(*texts), paragraphs(*shuffled))

    assert sorted(links) == list(range(len(texts)))
