"""Bytes to text, and what is said about files that are none."""

import pytest

from mitplan.formats.errors import FormatError
from mitplan.formats.plaintext import MAX_BYTES, decode


def test_decode_utf8_with_and_without_byte_order_mark():
    assert decode("Größe".encode()) == "Größe"
    assert decode("Größe".encode("utf-8-sig")) == "Größe"


def test_decode_normalises_letters_and_soft_hyphens():
    assert decode("Fo\u0308r\u00adderung".encode()) == "Förderung"


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\xef\xbb\xbf"])
def test_decode_empty_file_is_refused(data):
    with pytest.raises(FormatError, match="Die Datei ist leer"):
        decode(data)


def test_decode_other_encoding_is_refused_with_the_line():
    with pytest.raises(FormatError) as problem:
        decode("Zeile eins\nGröße".encode("latin-1"))

    assert problem.value.params == {"line": 2}
    assert "nicht in UTF-8 gespeichert (Zeile 2)" in str(problem.value)


def test_decode_too_large_file_is_refused_with_its_size():
    with pytest.raises(FormatError, match="mit 21 MB zu groß"):
        decode(b"a" * (MAX_BYTES + 1))


@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"abc\x00def", b"\x89PNG\r\n\x1a\n\x00\xff"])
def test_decode_binary_file_is_refused(data):
    with pytest.raises(FormatError, match="keinen lesbaren Text"):
        decode(data)
