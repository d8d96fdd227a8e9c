import time
from itertools import product

import pytest

from mitplan.core.uptake import blocks, sentences


@pytest.mark.parametrize(
    "text",
    [
        "Wir fordern mehr Kurse.| Sie sollen abends stattfinden.",
        "Warum so spät?| Das hilft niemandem!| Bitte ändern.",
        "Das gilt z. B. für Kurse, u. a. am Abend, i. d. R. kostenlos.",
        "Das gilt z.B. Kindern und ggf. Eltern.| Mehr nicht.",
        "Nach § 3 Abs. 2 Nr. 5 und Art. 3 Hs. 1 gilt das bzw. Ähnliches.",
        "Das kostet ca. 10 Mio. Euro.| Das Land zahlt 5 Mio.| Die Kommunen zahlen den Rest.",
        "Am 3. Oktober tagt die 2. Konferenz.| Sie endet am 5.| Wir kommen.",
        "Das Ziel gilt bis 2030.| Kommunen berichten jährlich.",
        "Frau Dr. Muster und Prof. A. Beispiel sprechen.| Danach ist Pause.",
        "Kurse, Treffs, Beratung usw.| Dazu kommt die Fahrt.",
        "„Das reicht nicht.“| Wir meinen es ernst (wirklich.)| Ja.",
        "Und dann … kam nichts.| Gar nichts …| Schade.",
        "An der Kölner Str. und Goethestr. Ecke Hbf. fehlt ein Treff.",
        "Siehe www.beispiel.de.| Dort steht alles.",
        "Erstens\n\n|Zweitens ohne Punkt\n\n|Drittens.",
        "Wir fordern:\n|- Kurse\n|- Treffs usw.\n|- Beratung",
        "1. Die Kurse bleiben.\n|2. Die Treffs kommen dazu.",
        "Eine Zeile,\ndie umbrochen ist.| Noch eine.",
    ],
)
def test_sentences_cuts_where_a_reader_would(text):
    assert sentences(text.replace("|", "")) == tuple(piece for piece in _with_gaps(text) if piece)


def _with_gaps(text):
    """The bar stands behind the point; the blanks after it still belong to the sentence."""
    pieces = text.split("|")
    for n in range(1, len(pieces)):
        rest = pieces[n].lstrip(" ")
        pieces[n - 1] += pieces[n][: len(pieces[n]) - len(rest)]
        pieces[n] = rest
    return pieces


@pytest.mark.parametrize(
    ("letter", "parts"),
    [
        ("", ()),
        (" \n\n ", (" \n\n ",)),
        ("Ein Absatz.", ("Ein Absatz.",)),
        ("\n\nEins.\n\n\nZwei.\n", ("\n\nEins.\n\n\n", "Zwei.\n")),
        ("Eins.\r\n\r\nZwei.", ("Eins.\r\n\r\n", "Zwei.")),
        ("Eins\nwird umbrochen.", ("Eins\nwird umbrochen.",)),
        ("Wir fordern:\n- Kurse\n- Treffs", ("Wir fordern:\n", "- Kurse\n", "- Treffs")),
        ("Liste\n1. eins\n2) zwei\na) drei", ("Liste\n", "1. eins\n", "2) zwei\n", "a) drei")),
    ],
)
def test_blocks_cuts_a_letter_at_blank_lines_and_list_items(letter, parts):
    assert blocks(letter) == parts


PIECES = (
    "Wir",
    " ",
    ".",
    "z. B.",
    "\n",
    "\n\n",
    "- ",
    "3.",
    "…“",
    "\r\n",
    "ä\u0308",
    "\u2028",
    ") ",
)


def test_nothing_is_lost_or_empty_however_the_text_is_put_together():
    for parts in product(PIECES, repeat=3):
        text = "".join(parts)
        for cut in (blocks(text), sentences(text)):
            assert "".join(cut) == text
            assert all(piece.strip() for piece in cut) or len(cut) == 1


@pytest.mark.parametrize("unit", ["a", ".", " ", "\n", "\n ", "a.", "1. ", "(", "- \n"])
def test_sentences_of_a_hostile_text_takes_no_time(unit):
    text = unit * 20_000 + "x"
    started = time.process_time()

    assert "".join(sentences(text)) == "".join(blocks(text)) == text
    assert time.process_time() - started < 1
