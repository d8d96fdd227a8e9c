"""Replies: one per submitter, all own points in their order, with decision, reason and change."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from mitplan.conference.models import Organisation
from mitplan.core.text.diff import Segment, SegmentKind
from mitplan.formats.letter_template import Paragraph, Template, Words
from mitplan.participation.models import Consultation, CoSigner, Point, Submission
from mitplan.participation.queries.objections import last_day_to_maintain
from mitplan.participation.queries.points import Sight
from mitplan.participation.queries.points_table import Line, Order, Variant, lines
from mitplan.participation.queries.points_table_files import change_title, effect_title

EVERYTHING = Sight(sees_all=True, closed=frozenset(), published=frozenset())
"""What those see who write the letters."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What one organisation is answered: to its own points, and to those it signed, too."""

    consultation: Consultation
    recipient: Organisation
    submissions: Sequence[Submission]
    lines: Sequence[Line]

    @property
    def organisation(self) -> str:
        """The name under which it handed in; who only signed is called by its name of today."""
        key = self.recipient.pk
        own = (each.organisation_name for each in self.submissions if each.organisation_id == key)
        return next(own, self.recipient.name)

    @property
    def filename(self) -> str:
        """A name for the letter that no other has."""
        first = self.submissions[0]
        is_own = first.organisation_id == self.recipient.pk
        number = first.number if is_own else f"{first.number}-{self.recipient.pk}"
        return f"antwort-{number}-{slugify(self.organisation)[:50]}.docx"


def points_to_answer(consultation: Consultation) -> QuerySet[Point]:
    """Return the points that are answered, by submitter and in their own order."""
    found = Point.objects.filter(
        submission__consultation=consultation,
        submission__withdrawn_at__isnull=True,
        handed_in_at__isnull=False,
    ).exclude(kind=Point.Kind.ANSWER)
    return found.order_by(
        "submission__organisation__name",
        "submission__organisation_id",
        "submission__number",
        "position",
    )


@dataclass(frozen=True, slots=True)
class Submitter:
    """An organisation that gets a reply, and to how many points; of these it only signed some."""

    pk: int
    name: str
    points: int
    cosigned: int = 0


def submitters(consultation: Consultation) -> list[Submitter]:
    """Return who gets a reply, by name: who handed in, and who signed."""
    names = ("submission__organisation_id", "submission__organisation__name")
    rows = points_to_answer(consultation).order_by("submission__organisation__name")
    found = {
        pk: Submitter(pk, name, count)
        for pk, name, count in rows.values_list(*names).annotate(Count("pk"))
    }
    for pk, name, count in _signed_points(consultation):
        own = found[pk].points if pk in found else 0
        found[pk] = Submitter(pk, name, own + count, count)
    return sorted(found.values(), key=attrgetter("name", "pk"))


def _signed_points(consultation: Consultation) -> Iterable[tuple[int, str, int]]:
    """Return who signed, by key and name, and how many points that are answered."""
    answered = points_to_answer(consultation).order_by().values("pk")
    rows = CoSigner.objects.filter(submission__points__in=answered).order_by()
    names = ("organisation_id", "organisation__name")
    return rows.values_list(*names).annotate(Count("submission__points"))


def points_for(consultation: Consultation, organisation: int) -> QuerySet[Point]:
    """Return the points to which one organisation is answered: its own, and those it signed, too."""
    signed = CoSigner.objects.filter(organisation=organisation).values("submission")
    return points_to_answer(consultation).filter(
        Q(submission__organisation=organisation) | Q(submission__in=signed)
    )


def replies(points: QuerySet[Point], consultation: Consultation, sight: Sight) -> Iterator[Reply]:
    """Yield the replies to points one after another, some hundred points read at a time.

    Those who signed what others handed in come last, each with all that it is answered.
    """
    variant = Variant(consultation.number, Order.ORGANISATION)
    signed = _who_signed(points)
    found = lines(points, variant, sight)
    for organisation, group in groupby(found, key=lambda each: each.point.submission.organisation):
        if organisation.pk not in signed:
            yield _reply(consultation, organisation, list(group))
    for pk in signed:
        if reply := reply_to(consultation, pk, sight):
            yield reply


def _who_signed(points: QuerySet[Point]) -> list[int]:
    rows = CoSigner.objects.filter(submission__in=points.order_by().values("submission"))
    keys = rows.order_by("organisation__name", "organisation_id")
    return list(dict.fromkeys(keys.values_list("organisation_id", flat=True)))


def _reply(consultation: Consultation, recipient: Organisation, answered: Sequence[Line]) -> Reply:
    submissions = {each.point.submission_id: each.point.submission for each in answered}
    return Reply(consultation, recipient, list(submissions.values()), answered)


def reply_to(consultation: Consultation, organisation: int, sight: Sight) -> Reply | None:
    """Return what one organisation is answered."""
    variant = Variant(consultation.number, Order.ORGANISATION)
    answered = list(lines(points_for(consultation, organisation), variant, sight))
    if not answered:
        return None
    own = (each.point.submission.organisation for each in answered)
    recipient = next((each for each in own if each.pk == organisation), None)
    recipient = recipient or Organisation.objects.get(pk=organisation)
    return _reply(consultation, recipient, answered)


def values_of(reply: Reply, day: date) -> dict[str, str]:
    """Return what stands in place of the placeholders of a template."""
    sender = settings.OPERATOR["name"] or _("Geschäftsstelle")
    edition = reply.consultation.edition
    numbers = [each.number or "" for each in reply.submissions]
    received = reply.submissions[0].received_at
    return {
        "absender": sender,
        "absenderzeile": ", ".join([sender, *settings.OPERATOR["address"].splitlines()]),
        "organisation": reply.organisation,
        "ort": reply.recipient.place,
        "datum": _day(day),
        "runde": reply.consultation.title,
        "plan": edition.plan.title,
        "fassung": str(edition),
        "stellungnahme": ", ".join(numbers),
        "eingang": _day(timezone.localdate(received)) if received else "",
        "anzahl": str(len(reply.lines)),
        "frist": _day(last_day_to_maintain(day)),
        "link": settings.PUBLIC_URL + reverse("participation:submission", args=[numbers[0]]),
    }


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def paragraphs_of(reply: Reply) -> list[Paragraph]:
    """Return the answers to all points as paragraphs of a letter."""
    return [part for number, line in enumerate(reply.lines, 1) for part in _answer(number, line)]


def _answer(number: int, line: Line) -> Iterator[Paragraph]:
    point = line.point
    about = ", ".join(filter(None, (line.kind, line.passage)))
    yield [Words(f"{number}. {_('Anliegen')} {point.number} ({about})", bold=True)]
    if point.text:
        yield [Words(f"{_('Ihr Anliegen:')} "), Words(point.text)]
    for effect in line.effects:
        yield [Words(f"{_('Ihr Vorschlag')}, {effect_title(effect)}: "), *_first(effect.pieces)]
        yield from (_marked(piece) for piece in effect.pieces[1:])
    yield [Words(f"{_('Entscheidung:')} "), Words(_decided(line), bold=True)]
    if line.reason:
        yield [Words(f"{_('Begründung:')} "), Words(line.reason)]
    for change in line.changes:
        yield [
            Words(f"{_('Änderung im Text')}, {change_title(change)}: "),
            *_marked(change.segments),
        ]
        address = reverse("publishing:passage", args=[point.edition.plan.slug, change.passage])
        yield [Words(f"{_('Nachzulesen unter')} {settings.PUBLIC_URL}{address}")]


def _decided(line: Line) -> str:
    decision = line.point.latest_decision
    if decision is None or line.outcome[0] != decision.outcome:
        return line.outcome[1]
    return _("%(outcome)s (%(by)s, %(day)s)") % {
        "outcome": line.outcome[1],
        "by": decision.decided_as,
        "day": _day(timezone.localdate(decision.decided_at)),
    }


def _first(pieces: Sequence[Sequence[Segment]]) -> Paragraph:
    return _marked(pieces[0]) if pieces else ()


def _marked(segments: Iterable[Segment]) -> Paragraph:
    return [
        Words(
            each.text,
            inserted=each.kind == SegmentKind.INSERTED,
            deleted=each.kind == SegmentKind.DELETED,
        )
        for each in segments
    ]


def in_the_language_of_letters() -> translation.override:
    """Speak the language of the plan, whatever the person speaks who makes the letters."""
    return translation.override(settings.LANGUAGE_CODE)


def letter(reply: Reply, template: Template, day: date) -> bytes:
    """Return the letter to one submitter as a Word file."""
    return template.filled(values_of(reply, day), paragraphs_of(reply))
