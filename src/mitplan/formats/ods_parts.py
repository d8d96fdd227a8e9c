"""The parts of an ODS file that are the same in all: namespaces, styles, the frozen heading."""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
CONTENT_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = (
    f'xmlns:office="{_OASIS}:office:1.0" xmlns:table="{_OASIS}:table:1.0" xmlns:text="{_OASIS}:text:1.0" '
    f'xmlns:style="{_OASIS}:style:1.0" xmlns:fo="{_OASIS}:xsl-fo-compatible:1.0" '
    f'xmlns:number="{_OASIS}:datastyle:1.0" xmlns:config="{_OASIS}:config:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"'
)
MANIFEST = (
    f'{HEAD}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{CONTENT_TYPE}"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{name}.xml" manifest:media-type="text/xml"/>'
        for name in ("content", "styles", "settings")
    )
    + "</manifest:manifest>"
)
_DAY = (
    '<number:day number:style="long"/><number:text>.</number:text><number:month number:style="long"/>'
    '<number:text>.</number:text><number:year number:style="long"/>'
)
_HOUR = (
    '<number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text>'
    '<number:minutes number:style="long"/>'
)
_CELL = (
    '<style:style style:name="{name}" style:family="table-cell"{data}>{properties}</style:style>'
)
_TOP = '<style:table-cell-properties style:vertical-align="top" fo:wrap-option="wrap"/>'


def styles() -> str:
    """Return the styles of the document: A4 landscape, German, one typeface."""
    return (
        f"{HEAD}<office:document-styles {_SPACES}><office:styles>"
        '<style:default-style style:family="table-cell"><style:text-properties fo:font-family="Calibri" '
        'fo:font-size="11pt" fo:language="de" fo:country="DE"/></style:default-style></office:styles>'
        '<office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties '
        'fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" '
        'style:scale-to-X="1"/></style:page-layout></office:automatic-styles><office:master-styles>'
        '<style:master-page style:name="Default" style:page-layout-name="page"/></office:master-styles>'
        "</office:document-styles>"
    )


def beginning(widths: Iterable[int]) -> str:
    """Return the content up to the first table: the styles of columns as wide as asked for, and of cells."""
    columns = "".join(
        f'<style:style style:name="w{width}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{width * 0.19 + 0.2:.2f}cm"/></style:style>'
        for width in sorted(set(widths))
    )
    return (
        f"{HEAD}<office:document-content {_SPACES}><office:automatic-styles>{columns}"
        '<style:style style:name="table" style:family="table" style:master-page-name="Default">'
        '<style:table-properties table:display="true"/></style:style>'
        f'<number:date-style style:name="N1">{_DAY}</number:date-style>'
        f'<number:date-style style:name="N2">{_DAY}{_HOUR}</number:date-style>'
        '<number:percentage-style style:name="N3"><number:number number:decimal-places="1" '
        'number:min-decimal-places="1" number:min-integer-digits="1"/><number:text> %</number:text>'
        f"</number:percentage-style>{''.join(_cell_styles())}</office:automatic-styles>"
        "<office:body><office:spreadsheet>"
    )


def _cell_styles() -> Iterable[str]:
    heading = (
        '<style:table-cell-properties fo:background-color="#e6ecf3" fo:border-bottom="0.5pt solid #3a5a80" '
        'style:vertical-align="top" fo:wrap-option="wrap"/><style:text-properties fo:font-weight="bold"/>'
    )
    yield _CELL.format(name="head", data="", properties=heading)
    yield _CELL.format(name="text", data="", properties=_TOP)
    for name, data in (("day", "N1"), ("moment", "N2"), ("share", "N3")):
        yield _CELL.format(name=name, data=f' style:data-style-name="{data}"', properties=_TOP)


def end(areas: Iterable[tuple[str, str]]) -> str:
    """Return what follows the tables: which cells have filters."""
    ranges = "".join(
        f'<table:database-range table:name="filter{number}" table:target-range-address={quoteattr(area)} '
        'table:display-filter-buttons="true"/>'
        for number, (_title, area) in enumerate(areas, 1)
    )
    return (
        f"<table:database-ranges>{ranges}</table:database-ranges></office:spreadsheet></office:body>"
        "</office:document-content>"
    )


def settings(titles: list[str]) -> str:
    """Return how the file opens: the last table in front, headings that stay."""
    tables = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(title)}>"
        '<config:config-item config:name="VerticalSplitMode" config:type="short">2</config:config-item>'
        '<config:config-item config:name="VerticalSplitPosition" config:type="int">1</config:config-item>'
        '<config:config-item config:name="PositionBottom" config:type="int">1</config:config-item>'
        "</config:config-item-map-entry>"
        for title in titles
    )
    return (
        f'{HEAD}<office:document-settings {_SPACES}><office:settings><config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f'<config:config-item config:name="ActiveTable" config:type="string">{escape(titles[-1])}</config:config-item>'
        f'<config:config-item-map-named config:name="Tables">{tables}</config:config-item-map-named>'
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings>"
        "</office:document-settings>"
    )
