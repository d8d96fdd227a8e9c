"""How tests read what the pages give as files."""

import csv
import io
import zipfile

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def text_of_file(response):
    """Return a file of text as it was sent, without the mark at its beginning."""
    assert response.status_code == 200
    return response.getvalue().decode().removeprefix("\ufeff")


def lines_of(response):
    """Return the rows of a CSV file, the heading first."""
    return list(csv.reader(io.StringIO(text_of_file(response), newline=""), delimiter=";"))


def rows_of(response):
    """Return the rows of a CSV file by the names of their columns."""
    header, *lines = lines_of(response)
    return [dict(zip(header, line, strict=True)) for line in lines]


def cells_of_xlsx(data, sheet):
    """Return the cells of one sheet of an Excel file as they are written."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read(f"xl/worksheets/sheet{sheet}.xml"))
    return [["".join(cell.itertext()) for cell in row] for row in root.iter(f"{MAIN}row")]
