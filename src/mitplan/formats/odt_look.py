"""How an OpenDocument text looks: its styles, its lists, its page, and the frame of its parts."""

import re
from xml.sax.saxutils import quoteattr

from mitplan.core.text.passages import Kind

BOLD, ITALIC, BOLD_ITALIC = "T1", "T2", "T3"
PARAGRAPH_STYLES = {
    Kind.PARAGRAPH: "Text_20_body",
    Kind.QUOTE: "Quotations",
    Kind.GOAL: "Mitplan_20_Ziel",
    Kind.MEASURE: "Mitplan_20_Maßnahme",
}
_NUMBER = re.compile(r"(\d{1,9}|[a-z])([.)])$")
_LEVELS = 10
_SIZES = (20, 16, 14, 12, 11, 11)
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "meta": "meta",
        "fo": "xsl-fo-compatible",
    }.items()
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'


def template(name: str, **values: str) -> str:
    """Return a part of the file with these values in it."""
    return _HEAD + _PARTS[name].format(spaces=_SPACES, **values)


def mark_of(label: str) -> tuple[tuple[str, str, str], int]:
    """Return what stands before, as and behind an item's number, and the number; an odd mark is text."""
    if label in {"", "-"}:
        return ("•", "", ""), 1
    found = _NUMBER.match(label)
    if not found:
        return ("text:" + label, "", ""), 1
    if found[1].isdigit():
        return ("", "1", found[2]), int(found[1])
    return ("", "a", found[2]), ord(found[1]) - ord("a") + 1


def list_style(name: str, before: str, number: str, behind: str) -> str:
    """Return the style of a list, the same on all its levels."""
    levels = "".join(_level(level, before, number, behind) for level in range(1, _LEVELS + 1))
    return f'<text:list-style style:name="{name}">{levels}</text:list-style>'


def _level(level: int, before: str, number: str, behind: str) -> str:
    place = (
        f'<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        f'<style:list-level-label-alignment text:label-followed-by="listtab" '
        f'fo:text-indent="-0.6cm" fo:margin-left="{level * 0.6:.1f}cm"/></style:list-level-properties>'
    )
    if before == "•":
        return (
            f'<text:list-level-style-bullet text:level="{level}" text:bullet-char="•">{place}'
            "</text:list-level-style-bullet>"
        )
    settings = f'style:num-format="{number}"'
    if before:
        settings += f" style:num-prefix={quoteattr(before.removeprefix('text:'))}"
    if behind:
        settings += f" style:num-suffix={quoteattr(behind)}"
    return (
        f'<text:list-level-style-number text:level="{level}" {settings}>{place}'
        "</text:list-level-style-number>"
    )


def _style(name: str, parent: str = "Standard", paragraph: str = "", text: str = "") -> str:
    shown = name.replace("_20_", " ")
    return (
        f'<style:style style:name="{name}" style:display-name="{shown}" style:family="paragraph" '
        f'style:parent-style-name="{parent}"><style:paragraph-properties {paragraph}/>'
        f"<style:text-properties {text}/></style:style>"
    )


_HEADINGS = "".join(
    f'<style:style style:name="Heading_20_{level}" style:display-name="Heading {level}" '
    f'style:family="paragraph" style:parent-style-name="Standard" '
    f'style:next-style-name="Text_20_body" style:default-outline-level="{level}">'
    '<style:paragraph-properties fo:margin-top="0.5cm" fo:margin-bottom="0.2cm" '
    f'fo:keep-with-next="always"/><style:text-properties fo:font-weight="bold" fo:font-size="{size}pt"/>'
    "</style:style>"
    for level, size in enumerate(_SIZES, start=1)
)
_BOXED = 'fo:padding="0.2cm" fo:border-left="0.1cm solid #4a6785" fo:margin-bottom="0.25cm"'
_DEFAULT = (
    '<style:default-style style:family="paragraph"><style:text-properties '
    'fo:font-family="\'Liberation Sans\'" fo:font-size="11pt" fo:language="de" '
    'fo:country="DE"/></style:default-style>'
)
_STYLES = "".join(
    [
        _DEFAULT,
        '<style:style style:name="Standard" style:family="paragraph"/>',
        _style("Text_20_body", paragraph='fo:margin-bottom="0.25cm" fo:line-height="120%"'),
        _style("List_20_Paragraph", paragraph='fo:margin-bottom="0.1cm" fo:line-height="120%"'),
        _style("List_20_Continue", "List_20_Paragraph"),
        _style("Quotations", paragraph='fo:margin-left="1cm" fo:margin-bottom="0.25cm"'),
        _style(
            "Preformatted_20_Text", text='fo:font-family="\'Liberation Mono\'" fo:font-size="10pt"'
        ),
        _style("Mitplan_20_Ziel", paragraph=_BOXED),
        _style("Mitplan_20_Maßnahme", paragraph=_BOXED),
        _style("Mitplan_20_Feld", paragraph=_BOXED, text='fo:font-size="9pt"'),
        _style("Table_20_Contents"),
        _style("Footnote", text='fo:font-size="9pt"'),
        _style("Header", text='fo:font-size="9pt"'),
        _style(
            "Stamp", "Header", text='fo:font-size="18pt" fo:font-weight="bold" fo:color="#595959"'
        ),
        _style("Footer", paragraph='fo:text-align="center"', text='fo:font-size="9pt"'),
        _HEADINGS,
    ]
)
_LOOKS = "".join(
    f'<style:style style:name="{name}" style:family="text"><style:text-properties {look}/></style:style>'
    for name, look in {
        BOLD: 'fo:font-weight="bold"',
        ITALIC: 'fo:font-style="italic"',
        BOLD_ITALIC: 'fo:font-weight="bold" fo:font-style="italic"',
    }.items()
)
_CELL = (
    '<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties '
    'fo:padding="0.1cm" fo:border="0.02cm solid #808080"/></style:style>'
)
_PAGE = (
    '<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" '
    'fo:page-height="29.7cm" fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2.5cm" '
    'fo:margin-right="2.5cm"/><style:header-style/><style:footer-style/></style:page-layout>'
)
_MASTER = (
    '<style:master-page style:name="Standard" style:page-layout-name="A4"><style:header>'
    '<text:p text:style-name="Header">{header}</text:p>'
    '<text:p text:style-name="Stamp">{stamp}</text:p></style:header><style:footer>'
    '<text:p text:style-name="Footer">Seite <text:page-number text:select-page="current">1'
    "</text:page-number> von <text:page-count>1</text:page-count></text:p></style:footer>"
    "</style:master-page>"
)
_PARTS = {
    "content.xml": "<office:document-content {spaces}><office:automatic-styles>"
    f"{_LOOKS}{_CELL}{{styles}}</office:automatic-styles>"
    "<office:body><office:text>{body}</office:text></office:body></office:document-content>",
    "styles.xml": f"<office:document-styles {{spaces}}><office:styles>{_STYLES}</office:styles>"
    f"<office:automatic-styles>{_PAGE}</office:automatic-styles>"
    f"<office:master-styles>{_MASTER}</office:master-styles></office:document-styles>",
    "meta.xml": "<office:document-meta {spaces}><office:meta><dc:title>{title}</dc:title>"
    "<dc:language>de-DE</dc:language><meta:generator>Mitplan</meta:generator></office:meta>"
    "</office:document-meta>",
    "manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.text"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{part}" manifest:media-type="text/xml"/>'
        for part in ("content.xml", "styles.xml", "meta.xml")
    )
    + "</manifest:manifest>",
}
