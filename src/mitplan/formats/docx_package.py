"""The parts of a Word file, opened with care: bounded, without entities, network or macros."""

import io
import posixpath
import re
import zipfile
import zlib
from functools import cached_property

from lxml import etree

from mitplan.formats.errors import FormatError, gettext_noop
from mitplan.formats.plaintext import check_size

MAX_ENTRIES = 4_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200
_SMALL = 1024 * 1024  # below this size a high ratio does no harm

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(wordprocessingml|officeDocument)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Package:
    """A Word file whose parts can be asked for; a part is parsed when it is first needed."""

    def __init__(self, data: bytes) -> None:
        """Open the file; raises FormatError where it is no Word file that may be read."""
        _refuse_other_formats(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError) as problem:
            raise _broken() from problem
        self._names = _checked_names(self._zip)
        if any(name.lower().endswith("vbaproject.bin") for name in self._names) or (
            b"macroEnabled" in self._bytes("[Content_Types].xml")
        ):
            raise FormatError(
                gettext_noop(
                    "Das Dokument enthält Makros. Speichern Sie es in Word als „Word-Dokument "
                    "(.docx)“ ohne Makros und versuchen Sie es noch einmal."
                )
            )

    @cached_property
    def document(self) -> etree._Element:
        """The main part."""
        root = self._parse(self._main)
        if root.find(f"{W}body") is None:
            raise _no_word_file()
        return root

    def related(self, kind: str) -> etree._Element | None:
        """Return the part that the main part calls its styles, numbering, footnotes or endnotes."""
        name = self._targets(self._main).get(kind)
        return self._parse(name) if name in self._names else None

    @cached_property
    def _main(self) -> str:
        name = self._targets("").get("officeDocument", "word/document.xml")
        if name not in self._names:
            raise _no_word_file()
        return name

    def _targets(self, part: str) -> dict[str, str]:
        """Return the names of the parts that a part refers to, by the last word of their kind."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self._names:
            return {}
        return {
            relation.get("Type", "").rpartition("/")[2]: posixpath.normpath(
                posixpath.join("/", folder, relation.get("Target", ""))
            ).lstrip("/")
            for relation in self._parse(relations).iter(f"{_RELATIONS}Relationship")
        }

    def _parse(self, name: str) -> etree._Element:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
        )
        try:
            root = etree.fromstring(_STRICT.sub(_TRANSITIONAL, self._bytes(name)), parser)
        except etree.XMLSyntaxError as problem:
            raise _broken() from problem
        if root.getroottree().docinfo.doctype:
            raise _broken()
        return root

    def _bytes(self, name: str) -> bytes:
        if name not in self._names:
            raise _no_word_file()
        try:
            return self._zip.read(name)
        except (
            zipfile.BadZipFile,
            zlib.error,
            RuntimeError,
            NotImplementedError,
            EOFError,
        ) as problem:
            raise _broken() from problem


def _refuse_other_formats(data: bytes) -> None:
    check_size(data)
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise FormatError(
            gettext_noop(
                "Das Dokument ist mit einem Kennwort geschützt. Entfernen Sie den Schutz in Word und "
                "versuchen Sie es noch einmal."
            )
        )
    if data.startswith((_OLE, b"{\\rtf")):
        raise FormatError(
            gettext_noop(
                "Das ist ein Dokument in einem alten Word-Format. Speichern Sie es in Word oder "
                "LibreOffice als „Word-Dokument (.docx)“ und versuchen Sie es noch einmal."
            )
        )
    if not data.startswith(b"PK"):
        raise _no_word_file()


def _checked_names(archive: zipfile.ZipFile) -> frozenset[str]:
    """Return the names of the entries after checking that unpacking them is harmless."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if any(entry.flag_bits & 1 for entry in entries):
        raise _broken()
    too_dense = any(
        entry.file_size > max(_SMALL, entry.compress_size * MAX_RATIO) for entry in entries
    )
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or too_dense:
        raise FormatError(
            gettext_noop(
                "Das Dokument ist ungewöhnlich stark gepackt und wird zur Sicherheit nicht geöffnet. "
                "Speichern Sie es in Word neu, ohne große Bilder, und versuchen Sie es noch einmal."
            )
        )
    return frozenset(entry.filename for entry in entries)


def _broken() -> FormatError:
    return FormatError(
        gettext_noop(
            "Das Word-Dokument ist beschädigt und lässt sich nicht lesen. Öffnen und speichern Sie es "
            "in Word oder LibreOffice und versuchen Sie es noch einmal."
        )
    )


def _no_word_file() -> FormatError:
    return FormatError(
        gettext_noop(
            "Das ist kein Word-Dokument. Bitte wählen Sie eine Datei mit der Endung .docx oder eine "
            "Markdown-Datei."
        )
    )
