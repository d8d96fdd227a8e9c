"""Passages of a file without ids find their place in the text, and how sure it is."""

from mitplan.core.text.passages import Kind, Passage
from mitplan.core.text.placing import Certainty, Placed, place

TEXT = (
    Passage("t1", Kind.HEADING, "Sprache und Bildung", level=2),
    Passage("t2", Kind.PARAGRAPH, "Das Land fördert Sprachkurse am Vormittag in allen Kreisen."),
    Passage("t3", Kind.PARAGRAPH, "Die Kommunen beraten Familien vor Ort und helfen bei Anträgen."),
)


def paragraph(key: str, text: str) -> Passage:
    return Passage(key, Kind.PARAGRAPH, text)


def test_known_id_decides_whatever_the_words_are():
    assert place([paragraph("t3", "Ganz andere Worte.")], TEXT) == {
        "t3": Placed("t3", Certainty.ID)
    }


def test_equal_words_without_id_are_the_same_passage():
    assert place([paragraph("#1", TEXT[2].text)], TEXT) == {"#1": Placed("t3", Certainty.EQUAL)}


def test_few_changed_words_are_likely_the_same_passage():
    reworded = "Das Land fördert Sprachkurse am Abend in allen Kreisen."

    assert place([paragraph("#1", reworded)], TEXT) == {"#1": Placed("t2", Certainty.LIKELY)}


def test_many_changed_words_are_unsure():
    reworded = "Die Kommunen beraten Familien künftig zu Hause, telefonisch oder im Netz."

    assert place([paragraph("#1", reworded)], TEXT) == {"#1": Placed("t3", Certainty.UNSURE)}


def test_half_a_passage_beside_the_other_half_is_a_piece_of_it():
    halves = [
        paragraph("#1", TEXT[1].text),
        paragraph("#2", "Das Land fördert Sprachkurse am Vormittag"),
    ]

    placed = place(halves, TEXT)

    assert placed["#2"] == Placed("t2", Certainty.PIECE)
    assert not placed["#2"].is_same


def test_strange_words_have_no_place():
    assert place([paragraph("#1", "Sehr geehrte Damen und Herren, wir danken.")], TEXT) == {}
