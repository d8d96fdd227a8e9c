"""The parts of an XLSX file that are the same in all: styles, relations, types of content."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

HEADING, TEXT, QUOTED, DATE, MOMENT, SHARE, NUMBER, LINK = range(1, 9)
"""Places in the list of cell formats below."""


def _format(*, number: int = 0, font: int = 0, more: str = "", wrap: bool = False) -> str:
    wrapped = ' wrapText="1"' if wrap else ""
    return (
        f'<xf numFmtId="{number}" fontId="{font}" xfId="0" applyNumberFormat="1" applyFont="1" '
        f'applyAlignment="1"{more or _PLAIN}><alignment vertical="top"{wrapped}/></xf>'
    )


_PLAIN = ' fillId="0" borderId="0"'
_FORMATS = (
    f'<xf numFmtId="0" fontId="0"{_PLAIN} xfId="0"/>',
    _format(font=1, more=' fillId="2" borderId="1" applyFill="1" applyBorder="1"', wrap=True),
    _format(wrap=True),
    _format(more=f'{_PLAIN} quotePrefix="1"', wrap=True),
    _format(number=164),
    _format(number=165),
    _format(number=166),
    _format(),
    _format(font=2, wrap=True),
)
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/>'
    '<numFmt numFmtId="165" formatCode="dd\\.mm\\.yyyy\\ hh:mm"/><numFmt numFmtId="166" formatCode="0.0\\ %"/></numFmts>'
    '<fonts count="3"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><u/><sz val="11"/><color rgb="FF0B4A8F"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE6ECF3"/><bgColor indexed="64"/></patternFill></fill></fills>'
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '<border><left/><right/><top/><bottom style="thin"><color rgb="FF3A5A80"/></bottom><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    f'<cellXfs count="{len(_FORMATS)}">{"".join(_FORMATS)}</cellXfs>'
    '<cellStyles count="1"><cellStyle name="Standard" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def content_types(sheets: int) -> str:
    """Return which part holds what."""
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for number in range(1, sheets + 1)
    )
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{overrides}</Types>'
    )


def root_relations() -> str:
    """Return where a reader of the file begins."""
    return relations([("rId1", "officeDocument", "xl/workbook.xml")])


def workbook_relations(sheets: int) -> str:
    """Return where the sheets and their styles stand."""
    listed = [
        (f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml")
        for number in range(1, sheets + 1)
    ]
    return relations([*listed, (f"rId{sheets + 1}", "styles", "styles.xml")])


def relations(listed: Sequence[tuple[str, str, str]]) -> str:
    """Return a part that names others."""
    outside = ' TargetMode="External"'
    rows = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target={quoteattr(target)}'
        f"{outside if kind == 'hyperlink' else ''}/>"
        for key, kind, target in listed
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def workbook(titles: Sequence[str], areas: Sequence[str]) -> str:
    """Return the list of the sheets, the last one in front, each filtered over its area."""
    sheets = "".join(
        f'<sheet name={quoteattr(title)} sheetId="{number}" r:id="rId{number}"/>'
        for number, title in enumerate(titles, 1)
    )
    names = "".join(
        f'<definedName name="{name}" localSheetId="{place}"{hidden}>{escape(_quoted(title))}!{area}</definedName>'
        for name, hidden, ranges in (
            ("_xlnm._FilterDatabase", ' hidden="1"', areas),
            ("_xlnm.Print_Titles", "", ["$1:$1"] * len(titles)),
        )
        for place, (title, area) in enumerate(zip(titles, ranges, strict=True))
    )
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><bookViews>'
        f'<workbookView activeTab="{len(titles) - 1}"/></bookViews><sheets>{sheets}</sheets>'
        f"<definedNames>{names}</definedNames></workbook>"
    )


def _quoted(title: str) -> str:
    doubled = title.replace("'", "''")
    return f"'{doubled}'"
