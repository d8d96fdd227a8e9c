"""How a written Word file looks: its styles, in one part that is the same for every file."""

from mitplan.formats.docx_reader import (
    CODE_STYLE,
    FIELD_STYLE,
    GOAL_STYLE,
    HEAD_STYLE,
    MEASURE_STYLE,
)
from mitplan.formats.docx_xml import DECLARATION, NAMESPACES

LANGUAGE = "de-DE"
GREY = "5A6570"  # seven times as dark as paper: readable beside black text
_DARK = "1F2D3A"
_LINE = "9AA5AE"
_TINT = "EEF2F5"
INSERTED = '<w:rStyle w:val="MitplanNeu"/>'
DELETED = '<w:rStyle w:val="MitplanGestrichen"/>'
LINK = '<w:rStyle w:val="Hyperlink"/>'

_HEADINGS = ((32, 0, 200), (28, 360, 140), (24, 300, 120), (22, 240, 100), (22, 200, 80), (22, 200, 80))  # fmt: skip


def _indent(left: int, hanging: int = 0) -> str:
    back = f' w:hanging="{hanging}"' if hanging else ""
    return f'<w:ind w:left="{left}"{back}/>'


def _spacing(before: int, after: int, line: int = 0) -> str:
    height = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{height}/>'


def _side(size: int, colour: str) -> str:
    return f'<w:pBdr><w:left w:val="single" w:sz="{size}" w:space="8" w:color="{colour}"/></w:pBdr>'


def _style(key: str, name: str, ppr: str = "", rpr: str = "", *, base: str = "Normal", follow: str = "") -> str:  # fmt: skip
    following = f'<w:next w:val="{follow}"/>' if follow else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="{int(name.startswith("Mitplan"))}" w:styleId="{key}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="{base}"/>{following}<w:qFormat/>'
        f"<w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>"
    )


def _size(halves: int) -> str:
    return f'<w:sz w:val="{halves}"/><w:szCs w:val="{halves}"/>'


def _heading(level: int) -> str:
    size, before, after = _HEADINGS[level - 1]
    look = "<w:b/><w:bCs/>" + ("<w:i/><w:iCs/>" if level > 5 else "")  # noqa: PLR2004 -- six levels
    return _style(
        f"Heading{level}",
        f"heading {level}",
        f'<w:keepNext/><w:keepLines/>{_spacing(before, after)}<w:outlineLvl w:val="{level - 1}"/>',
        f'{look}<w:color w:val="{_DARK}"/>{_size(size)}',
        follow="Normal",
    )


def _character(key: str, name: str, look: str) -> str:
    return (
        f'<w:style w:type="character" w:customStyle="{int(name.startswith("Mitplan"))}" w:styleId="{key}">'
        f'<w:name w:val="{name}"/><w:qFormat/><w:rPr>{look}</w:rPr></w:style>'
    )


def _continuation(level: int) -> str:
    number = f" {level}" if level > 1 else ""
    return _style(f"ListContinue{number.strip()}", f"List Continue{number}", _indent(360 * level))


_DEFAULTS = (
    "<w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
    f'{_size(22)}<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/>'
    "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
    f"{_spacing(0, 120, 276)}</w:pPr></w:pPrDefault></w:docDefaults>"
)
_NORMAL = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
)
_TYPED = f'{_side(24, _DARK)}<w:shd w:val="clear" w:color="auto" w:fill="{_TINT}"/>'
_EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_STAMP = "".join(
    f'<w:{side} w:val="single" w:sz="12" w:space="4" w:color="{_DARK}"/>'
    for side in ("top", "left", "bottom", "right")
)
_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
    f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{_EDGES}</w:tblBorders><w:tblCellMar>'
    '<w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
    '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
)
_SIDES = {"links": "left", "mitte": "center", "rechts": "right"}


def _cells(name: str, side: str) -> tuple[str, str]:
    look = f'<w:jc w:val="{side}"/>'
    return (
        _style(f"MitplanZelle{name.title()}", f"Mitplan Zelle {name}", look, base="MitplanZelle"),
        _style(
            f"MitplanKopfzelle{name.title()}", f"{HEAD_STYLE} {name}", look, base="MitplanKopfzelle"
        ),
    )


_PARAGRAPHS = (
    *map(_heading, range(1, 7)),
    _style("ListParagraph", "List Paragraph", _spacing(0, 80)),
    *map(_continuation, range(1, 9)),
    _style("Quote", "Quote", f"{_side(12, _LINE)}{_spacing(160, 160)}{_indent(425)}", "<w:i/><w:iCs/>"),
    _style("MitplanFeld", FIELD_STYLE, f"<w:keepNext/><w:keepLines/>{_TYPED}{_spacing(0, 0)}{_indent(425)}", f'<w:color w:val="{GREY}"/>{_size(18)}'),
    _style("MitplanZiel", GOAL_STYLE, f"<w:keepLines/>{_TYPED}{_spacing(60, 240)}{_indent(425)}"),
    _style("MitplanMassnahme", MEASURE_STYLE, f"<w:keepLines/>{_TYPED}{_spacing(60, 240)}{_indent(425)}"),
    _style("MitplanQuelltext", CODE_STYLE, f"{_spacing(120, 120, 240)}{_indent(425)}", f'<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>{_size(19)}'),
    _style("Header", "header", _spacing(0, 0, 240), f'<w:color w:val="{GREY}"/>{_size(17)}'),
    _style("Footer", "footer", _spacing(0, 0, 240) + '<w:jc w:val="right"/>', f'<w:color w:val="{GREY}"/>{_size(17)}'),
    _style("MitplanStempel", "Mitplan Stempel", f'<w:pBdr>{_STAMP}</w:pBdr>{_spacing(120, 60, 240)}<w:ind w:left="85" w:right="85"/><w:jc w:val="center"/>', f'<w:b/><w:bCs/><w:color w:val="{_DARK}"/><w:spacing w:val="40"/>{_size(32)}'),
    _style("FootnoteText", "footnote text", _spacing(0, 40, 240) + _indent(227, 227), _size(18)),
    _style("MitplanAbstand", "Mitplan Abstand", _spacing(0, 0, 240), _size(12)),
    _style("MitplanZelle", "Mitplan Zelle", _spacing(0, 40, 252), _size(18)),
    _style("MitplanKopfzelle", HEAD_STYLE, "<w:keepNext/>" + _spacing(20, 20, 240), f'<w:b/><w:bCs/><w:color w:val="{_DARK}"/>', base="MitplanZelle"),
    *(each for name, side in _SIDES.items() for each in _cells(name, side)),
    _style("MitplanAngabe", "Mitplan Angabe", f'<w:tabs><w:tab w:val="left" w:pos="2552"/></w:tabs>{_spacing(0, 40, 252)}{_indent(2552, 2552)}', _size(20)),
    _style("MitplanKlein", "Mitplan Klein", _spacing(0, 0, 240), f'<w:color w:val="{GREY}"/>{_size(17)}'),
    _style("MitplanAnschrift", "Mitplan Anschrift", _spacing(0, 0, 264)),
    _style("MitplanBetreff", "Mitplan Betreff", "<w:keepNext/>" + _spacing(360, 240), "<w:b/><w:bCs/>"),
)  # fmt: skip
_CHARACTERS = (
    _character("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>'),
    _character("Hyperlink", "Hyperlink", '<w:color w:val="0B4F8A"/><w:u w:val="single"/>'),
    _character("MitplanNeu", "Mitplan Neu", '<w:color w:val="0B5A2B"/><w:u w:val="single"/>'),
    _character("MitplanGestrichen", "Mitplan Gestrichen", '<w:strike/><w:color w:val="7A3B00"/>'),
)
STYLES = "".join(
    [DECLARATION, f"<w:styles {NAMESPACES}>", _DEFAULTS, _NORMAL, _TABLE, *_PARAGRAPHS, *_CHARACTERS, "</w:styles>"]
)  # fmt: skip
BLOCK_BEGINS = (
    f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="{_DARK}"/>'
    f'<w:left w:val="single" w:sz="24" w:space="8" w:color="{_DARK}"/></w:pBdr>{_spacing(200, 0)}'
)
"""What sets the first paragraph of a goal or measure off from what stands before it."""

HEADER_CELL = f'<w:shd w:val="clear" w:color="auto" w:fill="{_TINT}"/>'
