"""Does to a Word file what somebody does in Word: track a change, comment, type without tracking."""

import io
import re
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

WHEN = "2026-03-10T10:00:00Z"
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RUN = r"<w:r>((?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?)<w:t(?: [^>]*)?>([^<]*)</w:t></w:r>"


def tracked(data: bytes, old: str, new: str, author: str = "Ana Beispiel") -> bytes:
    """Replace words with change tracking on; empty new words delete, `old + more` inserts."""
    gone = f"<w:del {_by(author)}><w:r><w:delText xml:space='preserve'>{escape(old)}</w:delText></w:r></w:del>"
    come = f"<w:ins {_by(author)}>{_run(new)}</w:ins>" if new else ""
    return _edited(data, old, gone + come)


def commented(data: bytes, quote: str, text: str, author: str = "Ana Beispiel") -> bytes:
    """Comment on words."""
    parts = parts_of(data)
    number = parts.get("word/comments.xml", b"").count(b"<w:comment ")
    comment = (
        f"<w:comment w:id='{number}' w:author={quoteattr(author)} w:date='{WHEN}'>"
        f"<w:p>{_run(text)}</w:p></w:comment>"
    )
    if number:
        kept = parts["word/comments.xml"].decode()
        parts["word/comments.xml"] = kept.replace(
            "</w:comments>", f"{comment}</w:comments>"
        ).encode()
    else:
        parts["word/comments.xml"] = (
            f"<w:comments xmlns:w='{_MAIN}'>{comment}</w:comments>".encode()
        )
        _put(
            parts,
            "[Content_Types].xml",
            "</Types>",
            f"<Override PartName='/word/comments.xml' ContentType='{_TYPE}'/>",
        )
        _put(
            parts,
            "word/_rels/document.xml.rels",
            "</Relationships>",
            f"<Relationship Id='comments' Type='{_KIND}' Target='comments.xml'/>",
        )
    mark = (
        f"<w:commentRangeStart w:id='{number}'/>{_run(quote)}<w:commentRangeEnd w:id='{number}'/>"
        f"<w:r><w:commentReference w:id='{number}'/></w:r>"
    )
    return _edited(file_of(parts), quote, mark)


def typed(data: bytes, old: str, new: str) -> bytes:
    """Replace words without tracking."""
    return _edited(data, old, _run(new))


def bolded(data: bytes, words: str, author: str = "Ana Beispiel") -> bytes:
    """Set words in bold with change tracking on; the words themselves stay."""
    change = f"<w:rPrChange {_by(author)}><w:rPr/></w:rPrChange>"
    run = f"<w:r><w:rPr><w:b/>{change}</w:rPr><w:t xml:space='preserve'>{escape(words)}</w:t></w:r>"
    return _edited(data, words, run)


def without_ids(data: bytes) -> bytes:
    """Take bookmarks and particulars away, as programs do that know neither."""
    parts = parts_of(data)
    body = parts["word/document.xml"].decode()
    parts["word/document.xml"] = re.sub(r"<w:bookmark(?:Start|End)[^>]*/>", "", body).encode()
    empty = re.sub(r"<property.*</property>", "", parts["docProps/custom.xml"].decode())
    parts["docProps/custom.xml"] = empty.encode()
    return file_of(parts)


def without_paragraph(data: bytes, quote: str) -> bytes:
    """Take a whole paragraph out without tracking."""
    parts = parts_of(data)
    body = parts["word/document.xml"].decode()
    paragraphs = re.findall(r"<w:p>.*?</w:p>|<w:p .*?</w:p>", body)
    [gone] = [each for each in paragraphs if quote in each]
    parts["word/document.xml"] = body.replace(gone, "").encode()
    return file_of(parts)


def filled(data: bytes, rows: Mapping[str, tuple[str, str, str]]) -> bytes:
    """Fill in rows of a form in Word, each named by its number: kind, wish, reason."""
    parts = parts_of(data)
    body = parts["word/document.xml"].decode()
    for number, values in rows.items():
        [row] = [each for each in re.findall(r"<w:tr>.*?</w:tr>", body) if f">t{number}<" in each]
        body = body.replace(row, _filled_row(row, values))
    parts["word/document.xml"] = body.encode()
    return file_of(parts)


def _filled_row(row: str, values: tuple[str, ...]) -> str:
    cells = re.findall(r"<w:tc>.*?</w:tc>", row)
    new = [
        re.sub(r"</w:p></w:tc>$", f"{_run(value)}</w:p></w:tc>", cell)
        for cell, value in zip(cells[2:], values, strict=True)
    ]
    return row.replace("".join(cells), "".join([*cells[:2], *new]))


def in_excel(data: bytes, key: str, values: tuple[str, str, str]) -> bytes:
    """Fill in the row of a passage in Excel: kind, wish, reason."""
    parts = parts_of(data)
    sheet = parts["xl/worksheets/sheet2.xml"].decode()
    [row] = [each for each in re.findall(r"<row .*?</row>", sheet) if f">{key}<" in each]
    line = re.search(r'r="(\d+)"', row)[1]
    cells = "".join(
        f'<c r="{column}{line}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        for column, value in zip("DEF", values, strict=True)
    )
    parts["xl/worksheets/sheet2.xml"] = sheet.replace(
        row, row.replace("</row>", f"{cells}</row>")
    ).encode()
    return file_of(parts)


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of a file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def file_of(parts: Mapping[str, bytes]) -> bytes:
    """Put parts together again."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def _by(author: str) -> str:
    return f"w:id='900' w:author={quoteattr(author)} w:date='{WHEN}'"


def _run(text: str, look: str = "") -> str:
    return f"<w:r>{look}<w:t xml:space='preserve'>{escape(text)}</w:t></w:r>" if text else ""


def _put(parts: dict[str, bytes], name: str, end: str, new: str) -> None:
    parts[name] = parts[name].decode().replace(end, new + end).encode()


def _edited(data: bytes, old: str, new: str) -> bytes:
    """Put something in place of words that stand in one run."""
    parts = parts_of(data)
    body = parts["word/document.xml"].decode()
    quoted = escape(old)
    [found] = [each for each in re.finditer(_RUN, body) if quoted in each[2]]
    before, _, after = found[2].partition(quoted)
    plain = [_run_raw(before, found[1]), new, _run_raw(after, found[1])]
    body = body[: found.start()] + "".join(plain) + body[found.end() :]
    parts["word/document.xml"] = body.encode()
    return file_of(parts)


def _run_raw(text: str, look: str) -> str:
    return f"<w:r>{look}<w:t xml:space='preserve'>{text}</w:t></w:r>" if text else ""
