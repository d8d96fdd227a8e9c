"""The package of a written Word file: everything around the text, and the text streamed into it."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO

from mitplan.formats.docx_looks import LANGUAGE, STYLES
from mitplan.formats.docx_xml import DECLARATION, NAMESPACES, escaped, paragraph, run

_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/"
_CUSTOM = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # says that a property is one of our own
_PARTS = ("styles", "settings", "numbering", "footnotes", "header", "footer")
_WORTH = 65_536
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same text gives the same bytes
_NOTE_LINES = "".join(
    f'<w:footnote w:type="{kind}" w:id="{key}">'
    f'<w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    for kind, key in (("separator", -1), ("continuationSeparator", 0))
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on every page, and how the page lies.

    The header names the document, the stamp is a warning in large letters such as «nicht beschlossen».
    `properties` go along unseen: Word keeps them when the file is edited. In a tracked file Word records
    every change from the first key on.
    """

    title: str
    header: str = ""
    stamp: str = ""
    is_landscape: bool = False
    created_at: datetime | None = None
    author: str = "Mitplan"
    properties: tuple[tuple[str, str], ...] = ()
    is_tracked: bool = False

    @property
    def width(self) -> int:
        """The width of the text in twentieths of a point."""
        return 14798 if self.is_landscape else 9070


@dataclass(slots=True)
class Output:
    """One Word file being written: first its text, then what the text turned out to need."""

    stream: IO[bytes]
    sheet: Sheet
    numbering: str = ""
    notes: str = ""
    _links: dict[str, str] = field(default_factory=dict)

    def link(self, address: str) -> str:
        """Return the name under which the text refers to an address outside."""
        return self._links.setdefault(address, f"link{len(self._links) + 1}")

    def write(self, body: Iterable[str]) -> None:
        """Write the file; the body comes piece by piece and is never held as a whole."""
        with zipfile.ZipFile(self.stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in self._before():
                archive.writestr(_entry(name), text)
            with archive.open(_entry("word/document.xml"), "w") as part:
                part.write(f"{DECLARATION}<w:document {NAMESPACES}><w:body>".encode())
                for pieces in _batches(body):
                    part.write(pieces.encode())
                part.write(f"{_section(self.sheet)}</w:body></w:document>".encode())
            for name, text in self._after():
                archive.writestr(_entry(name), text)

    def _before(self) -> Iterator[tuple[str, str]]:
        yield "[Content_Types].xml", _CONTENT_TYPES
        yield "_rels/.rels", _relations(_OUTER)
        yield "docProps/core.xml", _core(self.sheet)
        yield "docProps/app.xml", _APP
        yield "docProps/custom.xml", _custom(self.sheet)
        yield "word/styles.xml", STYLES
        yield "word/settings.xml", _settings(self.sheet)
        yield "word/header.xml", _header(self.sheet)
        yield "word/footer.xml", _FOOTER

    def _after(self) -> Iterator[tuple[str, str]]:
        yield "word/numbering.xml", _part("numbering", self.numbering)
        yield "word/footnotes.xml", _part("footnotes", _NOTE_LINES + self.notes)
        links = (
            f'<Relationship Id="{key}" Type="{_KINDS}hyperlink" Target="{escaped(address)}" TargetMode="External"/>'
            for address, key in self._links.items()
        )
        yield "word/_rels/document.xml.rels", _relations(_INNER + "".join(links))


def _batches(pieces: Iterable[str]) -> Iterator[str]:
    """Return the pieces joined to what is worth packing."""
    batch: list[str] = []
    size = 0
    for piece in pieces:
        batch.append(piece)
        size += len(piece)
        if size > _WORTH:
            yield "".join(batch)
            batch, size = [], 0
    yield "".join(batch)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry._compresslevel = 4  # type: ignore[attr-defined] # noqa: SLF001 -- no public way beside a day
    return entry


def _relations(entries: str) -> str:
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}relationships">{entries}</Relationships>'


def _relation(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>'


def _part(name: str, content: str) -> str:
    return f"{DECLARATION}<w:{name} {NAMESPACES}>{content}</w:{name}>"


def _core(sheet: Sheet) -> str:
    created = (
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{sheet.created_at:%Y-%m-%dT%H:%M:%SZ}</dcterms:created>'
        if sheet.created_at
        else ""
    )
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(sheet.title)}</dc:title><dc:creator>{escaped(sheet.author)}</dc:creator>"
        f"<dc:language>{LANGUAGE}</dc:language>{created}</cp:coreProperties>"
    )


def _custom(sheet: Sheet) -> str:
    named = "".join(
        f'<property fmtid="{_CUSTOM}" pid="{number}" name="{escaped(name)}">'
        f"<vt:lpwstr>{escaped(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(sheet.properties, start=2)
    )
    return (
        f'{DECLARATION}<Properties xmlns="{_DOCUMENT}custom-properties" '
        f'xmlns:vt="{_DOCUMENT}docPropsVTypes">{named}</Properties>'
    )


def _header(sheet: Sheet) -> str:
    named = paragraph("Header", run(sheet.header))
    stamp = paragraph("MitplanStempel", run(sheet.stamp)) if sheet.stamp else ""
    return _part("hdr", named + stamp + paragraph("Header", ""))


def _settings(sheet: Sheet) -> str:
    tracked = "<w:trackRevisions/>" if sheet.is_tracked else ""
    return _part("settings", f'<w:zoom w:percent="100"/>{tracked}{_SETTINGS}')


def _number(field: str) -> str:
    return f'<w:fldSimple w:instr=" {field} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _section(sheet: Sheet) -> str:
    page = (
        '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        '<w:pgMar w:top="1134" w:right="1020" w:bottom="1020" w:left="1020" '
        'w:header="567" w:footer="510" w:gutter="0"/>'
        if sheet.is_landscape
        else '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1418" w:right="1418" w:bottom="1304" w:left="1418" '
        'w:header="680" w:footer="624" w:gutter="0"/>'
    )
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="header"/>'
        f'<w:footerReference w:type="default" r:id="footer"/>{page}</w:sectPr>'
    )


_APP = (
    f'{DECLARATION}<Properties xmlns="{_DOCUMENT}extended-properties">'
    "<Application>Mitplan</Application></Properties>"
)
_CONTENT_TYPES = (
    f'{DECLARATION}<Types xmlns="{_PACKAGE}content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPES}document.main+xml"/>'
    + "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_TYPES}{part}+xml"/>'
        for part in _PARTS
    )
    + '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    '<Override PartName="/docProps/app.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>'
    '<Override PartName="/docProps/custom.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>'
)
_OUTER = (
    _relation("document", f"{_KINDS}officeDocument", "word/document.xml")
    + _relation("core", f"{_PACKAGE}relationships/metadata/core-properties", "docProps/core.xml")
    + _relation("app", f"{_KINDS}extended-properties", "docProps/app.xml")
    + _relation("custom", f"{_KINDS}custom-properties", "docProps/custom.xml")
)
_INNER = "".join(_relation(part, f"{_KINDS}{part}", f"{part}.xml") for part in _PARTS)
_FOOTER = _part(
    "ftr", paragraph("Footer", run("Seite ") + _number("PAGE") + run(" von ") + _number("NUMPAGES"))
)
_SETTINGS = (
    '<w:defaultTabStop w:val="709"/><w:autoHyphenation w:val="true"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    f'</w:compat><w:themeFontLang w:val="{LANGUAGE}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
)
