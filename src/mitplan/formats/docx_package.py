"""The parts of a Word file, opened with care: bounded, without entities, network or macros."""

import posixpath
import re
from functools import cached_property
from typing import NamedTuple, Protocol

from lxml import etree

from mitplan.formats.archive import Archive, protected
from mitplan.formats.errors import FormatError, gettext_noop
from mitplan.formats.plaintext import check_size
from mitplan.formats.safe_xml import as_utf_8, parse

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_ROOTS = {"header": "hdr", "footer": "ftr", "commentsExtended": "commentsEx"}
_STRICT = re.compile(
    rb"""(["'])http://purl\.oclc\.org/ooxml/(wordprocessingml|officeDocument|drawingml)/"""
)
_TRANSITIONAL = rb"\1http://schemas.openxmlformats.org/\2/2006/"

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class _Relation(NamedTuple):
    """A part that another refers to, by the last word of its kind, or an address outside the file."""

    kind: str
    target: str
    is_external: bool


class Parts(Protocol):
    """A file with the parts of a Word file: one, or another that is put into this form."""

    def document(self) -> etree._Element:
        """Return the main part."""

    def related(self, kind: str) -> etree._Element | None:
        """Return the part of a kind."""

    def all_related(self, kind: str) -> list[etree._Element]:
        """Return all parts of a kind."""

    @property
    def externals(self) -> int:
        """How many things outside the file it wants to load."""

    def properties(self) -> etree._Element | None:
        """Return the properties that somebody added."""


class Package:
    """A Word file whose parts can be asked for; each is parsed anew, so that it may be changed."""

    def __init__(self, data: bytes) -> None:
        """Open the file; raises FormatError where it is no Word file that may be read."""
        _refuse_other_formats(data)
        self._archive = Archive(data)
        if any(name.lower().endswith("vbaproject.bin") for name in self._archive.names) or (
            b"macroEnabled" in self._bytes("[Content_Types].xml")
        ):
            raise FormatError(
                gettext_noop(
                    "Das Dokument enthält Makros. Speichern Sie es in Word als „Word-Dokument "
                    "(.docx)“ ohne Makros und versuchen Sie es noch einmal."
                )
            )

    def document(self) -> etree._Element:
        """Return the main part."""
        root = self._part(self._main)
        if root.tag != f"{W}document" or root.find(f"{W}body") is None:
            raise _no_word_file()
        return root

    def related(self, kind: str) -> etree._Element | None:
        """Return the part that the main part calls its styles, numbering, footnotes or endnotes."""
        return next(iter(self.all_related(kind)), None)

    def all_related(self, kind: str) -> list[etree._Element]:
        """Return all parts of a kind, such as the headers."""
        names = dict.fromkeys(
            each.target for each in self._relations if each.kind == kind and not each.is_external
        )
        roots = (self._part(name) for name in names if name in self._archive)
        return [root for root in roots if root.tag.endswith(f"}}{_ROOTS.get(kind, kind)}")]

    @property
    def externals(self) -> int:
        """How many things outside the file it wants to load; addresses to click on are none."""
        return sum(each.is_external and each.kind != "hyperlink" for each in self._relations)

    def properties(self) -> etree._Element | None:
        """Return the part with the properties that somebody added."""
        found = [each.target for each in self._named("") if each.kind == "custom-properties"]
        return self._part(found[0]) if found and found[0] in self._archive else None

    @cached_property
    def _main(self) -> str:
        found = [each.target for each in self._named("") if each.kind == "officeDocument"]
        name = found[0] if found else "word/document.xml"
        if name not in self._archive:
            raise _no_word_file()
        return name

    @cached_property
    def _relations(self) -> list[_Relation]:
        return self._named(self._main)

    def _named(self, part: str) -> list[_Relation]:
        """Return what a part refers to."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self._archive:
            return []
        return [
            _Relation(
                element.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip(
                    "/"
                ),
                element.get("TargetMode") == "External",
            )
            for element in self._part(relations).iter(f"{_RELATIONS}Relationship")
        ]

    def _part(self, name: str) -> etree._Element:
        return parse(_STRICT.sub(_TRANSITIONAL, as_utf_8(self._bytes(name))))

    def _bytes(self, name: str) -> bytes:
        if name not in self._archive:
            raise _no_word_file()
        return self._archive.read(name)


def _refuse_other_formats(data: bytes) -> None:
    check_size(data)
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise protected()
    if data.startswith((_OLE, b"{\\rtf")):
        raise FormatError(
            gettext_noop(
                "Das ist ein Dokument in einem alten Word-Format. Speichern Sie es in Word oder "
                "LibreOffice als „Word-Dokument (.docx)“ und versuchen Sie es noch einmal."
            )
        )
    if not data.startswith(b"PK"):
        raise _no_word_file()


def _no_word_file() -> FormatError:
    return FormatError(
        gettext_noop(
            "Das ist kein Word-Dokument. Bitte wählen Sie eine Datei mit der Endung .docx oder eine "
            "Markdown-Datei."
        )
    )
