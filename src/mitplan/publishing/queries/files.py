"""An edition as a file to take along; what is not adopted says so in each of them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mitplan.core.text.passages import Document, Kind, Passage
from mitplan.formats import docx, markdown, odt
from mitplan.plan.models import Edition
from mitplan.plan.queries import state_of
from mitplan.ui.inline import plain_text


def stamp(edition: Edition) -> str:
    """Return the words that say whether an edition is adopted."""
    return _("beschlossen") if edition.is_adopted else _("nicht beschlossen")


def heading_of(edition: Edition) -> str:
    """Return the line that names plan, edition and day."""
    return _("%(plan)s – %(edition)s, Stand %(day)s – %(stamp)s") % {
        "plan": edition.plan.title,
        "edition": edition,
        "day": date_format(edition.dated_on, "DATE_FORMAT"),
        "stamp": stamp(edition),
    }


def document_of(edition: Edition) -> Document:
    """Return the passages of an edition."""
    return state_of(edition).document


def as_markdown(edition: Edition) -> str:
    """Return an edition as Markdown; the front matter says what it is."""
    lines = [
        "---",
        f"plan: {edition.plan.title}",
        f"fassung: {edition.number}",
        f"bezeichnung: {edition.title}",
        f"stand: {edition.dated_on.isoformat()}",
        f"status: {stamp(edition)}",
        f"sha256: {edition.content_hash}",
        "---",
        "",
    ]
    return "\n".join(lines) + "\n" + markdown.write(document_of(edition))


def as_docx(edition: Edition) -> bytes:
    """Return an edition as a Word file; every page says what it is, and warns where it is not adopted."""
    title, header = edition.plan.title, heading_of(edition)
    return docx.write(document_of(edition), title, header, stamp=warning(edition))


def as_odt(edition: Edition) -> bytes:
    """Return an edition as an OpenDocument text that says the same on every page."""
    title, header = edition.plan.title, heading_of(edition)
    return odt.write(document_of(edition), title, header, stamp=warning(edition))


def warning(edition: Edition) -> str:
    """Return what stands in large letters on every page of an edition that is not adopted."""
    return "" if edition.is_adopted else stamp(edition)


def midday(day: date) -> datetime:
    """Return a time of a day that is the same day wherever the file is opened."""
    return datetime.combine(day, time(12), UTC)


def as_text(edition: Edition) -> str:
    """Return an edition as plain text, one paragraph per passage."""
    return "\n\n".join([heading_of(edition), *_paragraphs(document_of(edition))]) + "\n"


def _paragraphs(document: Document) -> Iterator[str]:
    for passage in document:
        text = passage.text if passage.kind == Kind.TABLE else plain_text(passage.text)
        facts = [f"{key}: {value}" for key, value in passage.fields]
        yield "\n".join([f"{_indent(passage)}{text}", *facts])


def _indent(passage: Passage) -> str:
    if passage.kind not in (Kind.LIST_ITEM, Kind.FOOTNOTE):
        return ""
    return "  " * passage.level + f"{passage.label or '-'} "


def as_json(edition: Edition) -> dict[str, object]:
    """Return an edition for machines: every passage with its id."""
    return {
        "plan": edition.plan.slug,
        "title": edition.plan.title,
        "edition": edition.number,
        "edition_title": edition.title,
        "kind": edition.kind,
        "is_adopted": edition.is_adopted,
        "status": stamp(edition),
        "dated_on": edition.dated_on.isoformat(),
        "sha256": edition.content_hash,
        "passages": [
            {
                "id": passage.id,
                "kind": passage.kind.value,
                "level": passage.level,
                "label": passage.label,
                "text": passage.text,
                "fields": dict(passage.fields),
            }
            for passage in document_of(edition)
        ],
    }
