"""The namespaces of OpenDocument, and that of Word into which its texts are put."""

from mitplan.formats.docx_package import W as _WORD

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"

W = _WORD
OFFICE = f"{{{_OASIS}:office:1.0}}"
TEXT = f"{{{_OASIS}:text:1.0}}"
TABLE = f"{{{_OASIS}:table:1.0}}"
DRAW = f"{{{_OASIS}:drawing:1.0}}"
STYLE = f"{{{_OASIS}:style:1.0}}"
META = f"{{{_OASIS}:meta:1.0}}"
MANIFEST = f"{{{_OASIS}:manifest:1.0}}"
FO = f"{{{_OASIS}:xsl-fo-compatible:1.0}}"
DC = "{http://purl.org/dc/elements/1.1/}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
