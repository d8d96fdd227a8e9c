"""Where sentences end in German official texts."""

from itertools import accumulate, chain

import pytest

from mitplan.core.text.sentences import sentence_starts
from mitplan.core.text.tokens import tokenize


@pytest.mark.parametrize(
    "sentences",
    [
        ("Ein Satz.",),
        ("Ein Satz. ", "Noch einer."),
        ("Wirklich? ", "Ja! ", "Gut …"),
        ("Das gilt z. B. Kindern und ca. 10 Mio. Menschen. ", "Ende."),
        ("Nach § 3 Abs. 2 Nr. 1 gilt das bzw. Art. 4 nicht. ", "Ende."),
        ("Ab dem 1. Januar gilt das. ", "Ende."),
        ("Das war im Jahr 2015. ", "Danach kam mehr."),
        ("„Das ist so.“ ", "Sagte er."),
        ("Eine Zeile\n", "noch eine"),
        ("Er kam. und ging",),
        (". ", "Neu"),
        (),
    ],
)
def test_sentences_begin_where_a_reader_sees_it(sentences):
    tokens = [tokenize(sentence) for sentence in sentences]
    starts = [0, *accumulate(map(len, tokens))][:-1]

    assert sentence_starts(tuple(chain(*tokens))) == tuple(starts)


def test_sentence_starts_are_token_indexes():
    assert sentence_starts(tokenize("Ein Satz. Noch einer.")) == (0, 5)
