"""Comments in a file become points, each at the words it is about."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from mitplan.core.text.passages import Document
from mitplan.formats.reading import Comment, Reading
from mitplan.participation.models import Point
from mitplan.participation.queries.file_texts import FileText
from mitplan.participation.queries.findings import Confidence, Finding, Source, Text
from mitplan.plan.models import Passage


def comment_findings(reading: Reading, file: FileText, text: Text) -> Iterator[Finding]:
    """Yield a finding for each comment; one that is settled already is left unless somebody wants it."""
    for number, comment in enumerate(reading.comments, start=1):
        if comment.text.strip():
            yield _finding(number, comment, reading, file, text)


def stray_comments(reading: Reading) -> Iterator[Finding]:
    """Yield the comments in a file that is no copy of the plan; somebody has to find their place."""
    for number, comment in enumerate(reading.comments, start=1):
        if comment.text.strip():
            yield Finding(
                Source.COMMENT,
                _kind(comment),
                author=comment.author,
                place=_("Kommentar %(number)s") % {"number": number},
                quote=comment.anchor.quote if comment.anchor else "",
                text=_words(comment),
                confidence=Confidence.NONE,
                ticked=not comment.resolved,
            )


def _kind(comment: Comment) -> Point.Kind:
    is_question = comment.text.rstrip().endswith("?")
    return Point.Kind.QUESTION if is_question else Point.Kind.SUGGESTION


def _finding(
    number: int, comment: Comment, reading: Reading, file: FileText, text: Text
) -> Finding:
    passage, notes = _place(comment, reading.accepted, file, text)
    confidence = file.confidence([passage.key]) if passage else Confidence.NONE
    if comment.resolved:
        notes.append(_("In der Datei als erledigt markiert."))
    words = _words(comment)
    return Finding(
        Source.COMMENT,
        _kind(comment),
        author=comment.author,
        place=_("Kommentar %(number)s") % {"number": number},
        passage=passage,
        quote=_quote(comment, passage, text),
        text=words,
        confidence=confidence,
        notes=tuple(notes),
        ticked=not comment.resolved,
    )


def _place(
    comment: Comment, accepted: Document, file: FileText, text: Text
) -> tuple[Passage | None, list[str]]:
    """Return the passage a comment is about; one on new words belongs to what they follow."""
    if comment.anchor is None:
        return None, []
    key = file.key(comment.anchor.passage)
    passage = text.row(key)
    if passage:
        return passage, []
    if any(each.id == key for each in file.edition):
        return None, [_("Die Textstelle gibt es in der Fassung nicht mehr.")]
    before = None
    for each in accepted:
        if each.id == comment.anchor.passage:
            break
        before = text.row(file.key(each.id)) or before
    return before, [_("Der Kommentar steht an neuem Text hinter dieser Textstelle.")]


def _quote(comment: Comment, passage: Passage | None, text: Text) -> str:
    quote = comment.anchor.quote if comment.anchor else ""
    return quote or (text.base.passage(passage.key).text if passage else "")


def _words(comment: Comment) -> str:
    said = [comment.text.strip()]
    for reply in comment.replies:
        answer = {"author": reply.author, "text": reply.text.strip()}
        said.append(_("Antwort von %(author)s: %(text)s") % answer)
    return "\n\n".join(said)
