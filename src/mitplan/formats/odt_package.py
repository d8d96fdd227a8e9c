"""The parts of an OpenDocument text, opened with care; offered as the parts of a Word file to one reader."""

from copy import deepcopy
from functools import cached_property

from lxml import etree

from mitplan.formats.archive import Archive, broken, protected
from mitplan.formats.errors import FormatError, gettext_noop
from mitplan.formats.odt_body import Body
from mitplan.formats.odt_names import MANIFEST, META, OFFICE, STYLE, W
from mitplan.formats.odt_styles import OdtStyles
from mitplan.formats.plaintext import check_size
from mitplan.formats.safe_xml import parse

MIME_TYPE = b"application/vnd.oasis.opendocument.text"
_WORD_PART = b"[Content_Types].xml"
_MACROS = ("basic/", "scripts/")
_MARGINS = {"header": "header", "footer": "footer"}


def is_odt(data: bytes) -> bool:
    """Tell an OpenDocument file by its first entry, which names its kind, or by the names of its parts."""
    if not data.startswith(b"PK"):
        return False
    return MIME_TYPE in data[:200] or (b"content.xml" in data and _WORD_PART not in data)


class OdtPackage:
    """An OpenDocument text with the parts a Word file would have; each is made anew when asked for."""

    def __init__(self, data: bytes) -> None:
        """Open the file; raises FormatError where it is none that may be read."""
        check_size(data)
        self._archive = Archive(data)
        if "content.xml" not in self._archive:
            raise broken()
        if any(name.lower().startswith(_MACROS) for name in self._archive.names):
            raise FormatError(
                gettext_noop(
                    "Das Dokument enthält Makros. Speichern Sie es in LibreOffice ohne Makros und "
                    "versuchen Sie es noch einmal."
                )
            )
        manifest = self._part("META-INF/manifest.xml")
        if (
            manifest is not None
            and next(manifest.iter(f"{MANIFEST}encryption-data"), None) is not None
        ):
            raise protected()

    def document(self) -> etree._Element:
        """Return the main part."""
        return deepcopy(self._body.document)

    def related(self, kind: str) -> etree._Element | None:
        """Return a part of a kind."""
        return next(iter(self.all_related(kind)), None)

    def all_related(self, kind: str) -> list[etree._Element]:
        """Return all parts of a kind, such as the headers."""
        if kind in _MARGINS:
            return [deepcopy(each) for each in self._margins(kind)]
        found = self._body.parts.get(kind)
        return [] if found is None else [deepcopy(found)]

    @property
    def externals(self) -> int:
        """How many things outside the file it wants to load; they are not looked for."""
        return 0

    def properties(self) -> etree._Element | None:
        """Return the properties that somebody added."""
        meta = self._part("meta.xml")
        root = etree.Element("properties")
        for found in () if meta is None else meta.iter(f"{META}user-defined"):
            etree.SubElement(root, "property", name=found.get(f"{META}name", "")).text = found.text
        return root

    @cached_property
    def _styles(self) -> OdtStyles:
        return OdtStyles(
            [each for each in (self._part("styles.xml"), self._content) if each is not None]
        )

    @cached_property
    def _content(self) -> etree._Element:
        content = self._part("content.xml")
        if content is None:
            raise broken()
        return content

    @cached_property
    def _body(self) -> Body:
        text = self._content.find(f"{OFFICE}body/{OFFICE}text")
        if text is None:
            raise FormatError(
                gettext_noop(
                    "Das ist kein OpenDocument-Text. Bitte wählen Sie eine Datei mit der Endung .odt."
                )
            )
        return Body(text, self._styles)

    def _margins(self, kind: str) -> list[etree._Element]:
        styles = self._part("styles.xml")
        found = [] if styles is None else list(styles.iter(f"{STYLE}{kind}"))
        return [Body(each, self._styles).document.find(f"{W}body") for each in found]

    def _part(self, name: str) -> etree._Element | None:
        return parse(self._archive.read(name)) if name in self._archive else None
