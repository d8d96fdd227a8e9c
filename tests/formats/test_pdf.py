"""Letters as PDF: paragraphs again, without what only belongs to the printed page."""

import io
import zlib

import pytest
from pypdf import PdfReader, PdfWriter

from mitplan.formats import anyfile, pdf
from mitplan.formats.errors import FormatError
from mitplan.formats.pdf_lines import paragraphs_of

LONG = "Der Verband begrüßt den Entwurf und schlägt vor, die Kurse am Abend zu stärken, weil viele Menschen"


def pdf_file(*pages, packed=False):
    """A PDF with these lines on its pages."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    kids = []
    for lines in pages:
        shown = "".join(f"({line}) Tj 0 -14 Td\n" for line in lines)
        content = f"BT /F1 10 Tf 50 800 Td\n{shown}ET" if lines else ""
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
            f"/Contents {len(objects) + 2} 0 R>>"
        )
        data = content.encode("cp1252")
        data = zlib.compress(data) if packed else data
        how = "/Filter/FlateDecode" if packed else ""
        objects.append(f"<</Length {len(data)}{how}>>stream\n".encode() + data + b"\nendstream")
    objects[1] = f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(kids)}]>>"
    return _assembled(objects)


def _assembled(objects):
    file, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(file))
        coded = content.encode() if isinstance(content, str) else content
        file += b"%d 0 obj\n%s\nendobj\n" % (number, coded)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}"
    end = f"trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{len(file)}\n%%EOF"
    return file + (head + end).encode()


def texts(data):
    return [passage.text for passage in pdf.read(data)]


def test_read_joins_lines_to_paragraphs():
    assert texts(pdf_file([LONG, "arbeiten.", LONG, "lernen."])) == [
        f"{LONG} arbeiten.",
        f"{LONG} lernen.",
    ]


def test_read_scan_says_that_there_is_no_text():
    with pytest.raises(FormatError, match="keinen Text, vermutlich nur eingescannte Seiten"):
        pdf.read(pdf_file([]))


def test_read_protected_file_is_refused():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_file(["Text."]))))
    writer.encrypt("geheim", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)

    with pytest.raises(FormatError, match="Kennwort"):
        pdf.read(file.getvalue())


@pytest.mark.parametrize("data", [b"%PDF-1.4 und dann Unsinn", b"Nur Text"])
def test_read_broken_file_is_refused(data):
    with pytest.raises(FormatError, match="beschädigt"):
        pdf.read(data)


def test_read_unknown_packing_is_refused():
    with pytest.raises(FormatError, match="beschädigt"):
        pdf.read(pdf_file(["Text."], packed=True).replace(b"/FlateDecode", b"/UnknownCode"))


def test_read_too_many_pages_are_refused():
    with pytest.raises(FormatError, match="bis zu 200 Seiten"):
        pdf.read(pdf_file(*([["a"]] * 201)))


def test_read_stream_that_grows_without_end_is_refused():
    with pytest.raises(FormatError, match=r"beschädigt|umfangreich"):
        pdf.read(pdf_file(["a" * 200_000_000], packed=True))


def test_file_is_known_by_its_bytes_whatever_its_name():
    reading = anyfile.read_reading("brief.txt", pdf_file(["Ein Satz."]))

    assert [(each.id, each.text) for each in reading.accepted] == [("#1", "Ein Satz.")]
    assert reading.accepted == reading.rejected


CASES = {
    "blank lines part paragraphs": ([["a", "", "b"]], ["a", "b"]),
    "spacing of every line is no gap": (
        [[LONG, "", LONG, "", "Ende.", "", "", "Neu"]],
        [f"{LONG} {LONG} Ende.", "Neu"],
    ),
    "words cut at the end of a line": (
        [
            [
                f"{LONG} in der Ver-",
                f"waltung, {LONG} und Sprach-",
                f"und Integrationskurse, {LONG} Baden-",
                "Württemberg.",
            ]
        ],
        [
            f"{LONG} in der Verwaltung, {LONG} und Sprach- und Integrationskurse, {LONG} Baden-Württemberg."
        ],
    ),
    "items of a list": (
        [[f"{LONG}:", "1. eins", "2. zwei", "- drei", "a) vier"]],
        [f"{LONG}:", "1. eins", "2. zwei", "- drei", "a) vier"],
    ),
    "heading": ([["Zum Entwurf", f"{LONG} {LONG}"]], ["Zum Entwurf", f"{LONG} {LONG}"]),
    "paragraph over pages with heads and numbers": (
        [
            ["Verband e. V.", "", LONG, "", "Seite 1 von 2"],
            ["Verband e. V.", "", "arbeiten.", "", "Seite 2 von 2"],
        ],
        [f"{LONG} arbeiten."],
    ),
    "numbers of pages alone": ([[LONG, "- 1 -"], ["arbeiten.", "2"]], [f"{LONG} arbeiten."]),
    "nothing": ([[]], []),
}


@pytest.mark.parametrize("name", CASES)
def test_paragraphs(name):
    pages, expected = CASES[name]

    assert list(paragraphs_of(pages)) == expected
