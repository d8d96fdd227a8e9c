"""Tokens: the cases of P22, German and beyond."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitplan.core.text.tokens import count_words, normalise, tokenize
from tests.core.properties import attempt


def assert_joined_is_the_text(text):
    """P22: whatever signs a text has, its tokens joined are the text."""
    assert "".join(tokenize(text)) == text


def test_tokenize_joined_is_the_text():
    attempt(assert_joined_is_the_text, st.text().map(normalise))


@pytest.mark.deep
def test_tokenize_joined_is_the_text_in_many_cases(deep_cases):
    attempt(assert_joined_is_the_text, st.text().map(normalise), deep_cases)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Größe in m²", ("Größe", " ", "in", " ", "m²")),
        ("„Ja“, 3,5 %", ("„", "Ja", "“", ",", " ", "3", ",", "5", " ", "%")),
        ("z.\u00a0B.", ("z", ".", "\u00a0", "B", ".")),
        ("Bürger*innen", ("Bürger", "*", "innen")),
        ("Sprach_kurs", ("Sprach", "_", "kurs")),
        ("👩‍👧‍👦!", ("👩‍👧‍👦", "!")),
        ("👍🏽 ja", ("👍🏽", " ", "ja")),
        ("a  b\n\nc", ("a", "  ", "b", "\n\n", "c")),
        ("", ()),
    ],
)
def test_tokenize_cuts_words_marks_and_blanks(text, tokens):
    assert tokenize(text) == tokens


def test_normalise_composes_letters_and_drops_soft_hyphens():
    assert normalise("Fo\u0308rde\u00adrung") == "Förderung"


@given(st.text())
def test_normalise_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


def test_count_words_counts_words_and_numbers_only():
    assert count_words("Bis 2027: 3,5 % mehr – „gut“.") == 6
