"""Small Word files made by hand, part by part, for the tests of reading."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = " ".join(
    f'xmlns:{name}="{space}"'
    for name, space in {
        "w": W,
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
        "v": "urn:schemas-microsoft-com:vml",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "foreign": "urn:example:foreign",
    }.items()
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_ROOTS = {
    "footnotes": "w:footnotes",
    "endnotes": "w:endnotes",
    "comments": "w:comments",
    "commentsExtended": "w15:commentsEx",
    "header": "w:hdr",
    "footer": "w:ftr",
    "styles": "w:styles",
    "numbering": "w:numbering",
}
BY_ANNA = 'w:id="1" w:author="Anna" w:date="2026-03-01T10:00:00Z"'
BY_BEN = 'w:id="2" w:author="Ben" w:date="2026-03-02T11:30:00Z"'


def word_file(body, *, custom="", external="", more=(), **parts):
    """A Word file with this body and parts; `custom` are properties, `more` further entries."""
    entries = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": _relations(
            {"officeDocument": "word/document.xml"}
            | ({"custom-properties": "docProps/custom.xml"} if custom else {})
        ),
        "word/_rels/document.xml.rels": _relations(
            {kind: f"{kind}.xml" for kind in parts}, external
        ),
        "word/document.xml": part("w:document", f"<w:body>{body}<w:sectPr/></w:body>"),
    }
    entries |= {f"word/{kind}.xml": part(_ROOTS[kind], xml) for kind, xml in parts.items()}
    if custom:
        entries["docProps/custom.xml"] = f"<Properties>{custom}</Properties>"
    return packed([*entries.items(), *more])


def part(root, xml):
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} {_SPACES}>{xml}</{root}>'


def packed(entries):
    """A ZIP file with these entries."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return file.getvalue()


def _relations(targets, external=""):
    found = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{found}{external}</Relationships>'


def p(*content, mark="", properties=""):
    """A paragraph; `mark` is what was changed about its end."""
    marked = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{properties}{marked}</w:pPr>{''.join(content)}</w:p>"


def r(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def ins(*content, by=BY_ANNA):
    return f"<w:ins {by}>{''.join(content)}</w:ins>"


def gone(text, by=BY_ANNA):
    """A deletion of words."""
    return f'<w:del {by}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def row(*cells, change=""):
    return f"<w:tr><w:trPr>{change}</w:trPr>{''.join(cells)}</w:tr>"


def cell(*paragraphs, change=""):
    return f"<w:tc><w:tcPr>{change}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def table(*rows):
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def bookmark(name, *content):
    """Content within the bookmark of a passage."""
    return f'<w:bookmarkStart w:id="9" w:name="_mp_{name}"/>{"".join(content)}<w:bookmarkEnd w:id="9"/>'


def remarked(number, *content):
    """Content within the range of a comment, and the reference to it."""
    reference = f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    return (
        f'<w:commentRangeStart w:id="{number}"/>{"".join(content)}'
        f'<w:commentRangeEnd w:id="{number}"/>{reference}'
    )


def complex_field(instruction, *result):
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"{instruction}"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"{''.join(result)}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
