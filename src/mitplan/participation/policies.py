"""What the state of a consultation, a submission or a point allows now."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitplan.common.states import StateTable
from mitplan.conference.models import Organisation
from mitplan.core.workdays import closes_at, working_days_between
from mitplan.participation.models import (
    Audience,
    Consultation,
    ExtensionRequest,
    Outcome,
    Point,
    Submission,
)
from mitplan.plan.models import Entry, Passage


class ConsultationState(StrEnum):
    """Where a consultation stands."""

    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


class SubmissionState(StrEnum):
    """Where a submission stands."""

    DRAFT = "draft"
    RECEIVED = "received"
    WITHDRAWN = "withdrawn"


class PointState(StrEnum):
    """Where a point stands."""

    DRAFT = "draft"
    UNDECIDED = "undecided"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


CONSULTATION = StateTable(
    "consultation",
    steps={
        ConsultationState.PREPARED: {
            "change": ConsultationState.PREPARED,
            "open": ConsultationState.OPEN,
        },
        ConsultationState.OPEN: {
            "invite": ConsultationState.OPEN,
            "draft": ConsultationState.OPEN,
            "extend": ConsultationState.OPEN,
            "close": ConsultationState.CLOSED,
        },
        ConsultationState.CLOSED: {
            "extend": ConsultationState.OPEN,
            "publish": ConsultationState.PUBLISHED,
        },
        ConsultationState.PUBLISHED: {"reply": ConsultationState.PUBLISHED},
    },
    refusals={
        **dict.fromkeys(
            (
                (ConsultationState.PREPARED, "reply"),
                (ConsultationState.OPEN, "reply"),
                (ConsultationState.CLOSED, "reply"),
            ),
            gettext_lazy(
                "Die Ergebnisse sind noch nicht veröffentlicht. Bitte zuerst veröffentlichen, dann "
                "antworten."
            ),
        ),
        **dict.fromkeys(
            (
                (ConsultationState.OPEN, "change"),
                (ConsultationState.CLOSED, "change"),
                (ConsultationState.PUBLISHED, "change"),
            ),
            gettext_lazy(
                "Die Beteiligungsrunde ist eröffnet und lässt sich nicht mehr ändern oder verwerfen."
            ),
        ),
        (ConsultationState.OPEN, "open"): gettext_lazy("Die Beteiligungsrunde ist schon eröffnet."),
        (ConsultationState.CLOSED, "open"): gettext_lazy("Die Beteiligungsrunde ist beendet."),
        (ConsultationState.PUBLISHED, "open"): gettext_lazy("Die Beteiligungsrunde ist beendet."),
        (ConsultationState.PREPARED, "invite"): gettext_lazy(
            "Die Beteiligungsrunde ist noch nicht eröffnet. Bitte zuerst eröffnen, dann einladen."
        ),
        (ConsultationState.CLOSED, "invite"): gettext_lazy(
            "Die Frist ist abgelaufen. Einladungen sind nicht mehr möglich."
        ),
        (ConsultationState.PUBLISHED, "invite"): gettext_lazy(
            "Die Frist ist abgelaufen. Einladungen sind nicht mehr möglich."
        ),
        (ConsultationState.PREPARED, "draft"): gettext_lazy(
            "Die Beteiligungsrunde ist noch nicht eröffnet."
        ),
        (ConsultationState.CLOSED, "draft"): gettext_lazy(
            "Die Frist ist abgelaufen. Ihr Entwurf bleibt erhalten, lässt sich aber nicht mehr ändern. "
            "Bitte wenden Sie sich an die Geschäftsstelle."
        ),
        (ConsultationState.PUBLISHED, "draft"): gettext_lazy(
            "Die Beteiligungsrunde ist abgeschlossen und ihr Ergebnis veröffentlicht."
        ),
        (ConsultationState.PREPARED, "extend"): gettext_lazy(
            "Die Beteiligungsrunde ist noch nicht eröffnet. Ihre Tage lassen sich noch ändern."
        ),
        (ConsultationState.PUBLISHED, "extend"): gettext_lazy(
            "Das Ergebnis ist veröffentlicht. Die Frist lässt sich nicht mehr verlängern."
        ),
        (ConsultationState.PREPARED, "publish"): gettext_lazy(
            "Die Beteiligungsrunde ist noch nicht eröffnet."
        ),
        (ConsultationState.OPEN, "publish"): gettext_lazy(
            "Die Frist läuft noch. Ergebnisse können erst danach veröffentlicht werden."
        ),
        (ConsultationState.PUBLISHED, "publish"): gettext_lazy(
            "Die Ergebnisse sind schon veröffentlicht."
        ),
    },
)

SUBMISSION = StateTable(
    "submission",
    steps={
        SubmissionState.DRAFT: {
            "save": SubmissionState.DRAFT,
            "hand_in": SubmissionState.RECEIVED,
        },
        SubmissionState.RECEIVED: {"withdraw": SubmissionState.WITHDRAWN},
        SubmissionState.WITHDRAWN: {},
    },
    refusals={
        (SubmissionState.RECEIVED, "save"): gettext_lazy(
            "Die Stellungnahme ist abgegeben und lässt sich nicht mehr ändern."
        ),
        (SubmissionState.WITHDRAWN, "save"): gettext_lazy(
            "Die Stellungnahme ist zurückgezogen und lässt sich nicht mehr ändern."
        ),
        (SubmissionState.RECEIVED, "hand_in"): gettext_lazy(
            "Die Stellungnahme ist schon abgegeben. Es gilt die erste Abgabe."
        ),
        (SubmissionState.WITHDRAWN, "hand_in"): gettext_lazy(
            "Die Stellungnahme ist zurückgezogen."
        ),
        (SubmissionState.DRAFT, "withdraw"): gettext_lazy(
            "Die Stellungnahme ist noch nicht abgegeben. Den Entwurf können Sie einfach verwerfen."
        ),
        (SubmissionState.WITHDRAWN, "withdraw"): gettext_lazy(
            "Die Stellungnahme ist schon zurückgezogen."
        ),
    },
)

POINT = StateTable(
    "point",
    steps={
        PointState.DRAFT: {"hand_in": PointState.UNDECIDED},
        PointState.UNDECIDED: {
            "advise": PointState.UNDECIDED,
            "decide": PointState.DECIDED,
            "lay_before": PointState.UNDECIDED,
            "replace": PointState.REPLACED,
            "withdraw": PointState.WITHDRAWN,
        },
        PointState.DECIDED: {
            "lay_before": PointState.DECIDED,
            "decide": PointState.DECIDED,
            "reopen": PointState.UNDECIDED,
            "answer": PointState.DECIDED,
            "withdraw": PointState.WITHDRAWN,
        },
        PointState.WITHDRAWN: {},
        PointState.REPLACED: {"withdraw": PointState.WITHDRAWN},
    },
    refusals={
        **dict.fromkeys(
            (
                (PointState.REPLACED, act)
                for act in ("advise", "decide", "lay_before", "answer", "reopen", "replace")
            ),
            gettext_lazy(
                "Das Anliegen ist in anderen aufgegangen. Bitte mit seinen Nachfolgern weiterarbeiten."
            ),
        ),
        (PointState.DRAFT, "replace"): gettext_lazy("Das Anliegen ist noch nicht abgegeben."),
        (PointState.DECIDED, "replace"): gettext_lazy(
            "Über das Anliegen ist schon entschieden. Bitte die Entscheidung erst zurücknehmen."
        ),
        (PointState.WITHDRAWN, "replace"): gettext_lazy("Das Anliegen ist zurückgezogen."),
        (PointState.DRAFT, "advise"): gettext_lazy("Das Anliegen ist noch nicht abgegeben."),
        (PointState.DECIDED, "advise"): gettext_lazy(
            "Über das Anliegen ist schon entschieden. Ein Fachvotum kommt zu spät."
        ),
        (PointState.WITHDRAWN, "advise"): gettext_lazy("Das Anliegen ist zurückgezogen."),
        (PointState.DRAFT, "lay_before"): gettext_lazy("Das Anliegen ist noch nicht abgegeben."),
        (PointState.WITHDRAWN, "lay_before"): gettext_lazy(
            "Das Anliegen ist zurückgezogen. Es kommt in keiner Sitzung mehr zur Sprache."
        ),
        (PointState.DRAFT, "decide"): gettext_lazy("Das Anliegen ist noch nicht abgegeben."),
        (PointState.WITHDRAWN, "decide"): gettext_lazy(
            "Das Anliegen ist zurückgezogen. Darüber wird nicht mehr entschieden."
        ),
        (PointState.DRAFT, "answer"): gettext_lazy("Das Anliegen ist noch nicht abgegeben."),
        (PointState.UNDECIDED, "answer"): gettext_lazy(
            "Über das Anliegen ist noch nicht entschieden."
        ),
        (PointState.WITHDRAWN, "answer"): gettext_lazy("Das Anliegen ist zurückgezogen."),
        (PointState.DRAFT, "reopen"): gettext_lazy("Das Anliegen ist noch nicht abgegeben."),
        (PointState.UNDECIDED, "reopen"): gettext_lazy("Über das Anliegen ist nicht entschieden."),
        (PointState.WITHDRAWN, "reopen"): gettext_lazy("Das Anliegen ist zurückgezogen."),
        (PointState.DRAFT, "withdraw"): gettext_lazy("Das Anliegen ist noch nicht abgegeben."),
        (PointState.WITHDRAWN, "withdraw"): gettext_lazy("Das Anliegen ist schon zurückgezogen."),
    },
)


def consultation_state(
    consultation: Consultation, audiences: list[Audience], now: datetime
) -> ConsultationState:
    """Return where a consultation stands; it closes when the time of its last circle is over."""
    last_day = max((audience.ends_on for audience in audiences), default=date.max)
    return state_until(consultation, last_day, now)


def state_until(consultation: Consultation, last_day: date, now: datetime) -> ConsultationState:
    """Return where a consultation stands for those whose time ends with a day."""
    if consultation.results_published_at:
        return ConsultationState.PUBLISHED
    if consultation.opened_at is None:
        return ConsultationState.PREPARED
    return ConsultationState.CLOSED if now > closes_at(last_day) else ConsultationState.OPEN


def audience_for(organisation: Organisation, audiences: list[Audience]) -> Audience:
    """Return the circle an organisation belongs to: municipalities have their own where there is one."""
    level = Organisation.Level(organisation.level)
    kinds = [*_CIRCLES.get(level, []), Audience.Kind.CONFERENCE, Audience.Kind.PUBLIC]
    by_kind = {audience.kind: audience for audience in audiences}
    found = next((by_kind[kind] for kind in kinds if kind in by_kind), None)
    return found or max(audiences, key=lambda audience: audience.closes_on)


_CIRCLES = {
    Organisation.Level.MUNICIPAL: [Audience.Kind.MUNICIPALITIES],
    Organisation.Level.STATE: [Audience.Kind.DEPARTMENTS],
}


def require_window_over(submission: Submission, audience: Audience, now: datetime) -> None:
    """Refuse to decide while others of the same circle still write; what came late waits for nobody."""
    if not submission.is_late and now <= closes_at(audience.ends_on):
        raise ValidationError(
            _(
                "Die Frist für den Kreis %(circle)s läuft noch bis zum %(day)s. Entschieden wird erst "
                "danach, damit alle gleich behandelt werden."
            ),
            params={
                "circle": audience.get_kind_display(),
                "day": date_format(audience.ends_on, "DATE_FORMAT"),
            },
        )


def require_scope(submission: Submission, field: str) -> None:
    """Refuse that a mandate for one field of action hands in what belongs to another."""
    if not field:
        return
    others = submission.points.exclude(field__isnull=True).exclude(field__name=field)
    if point := others.select_related("field").first():
        raise ValidationError(
            _(
                "Ihr Mandat gilt nur für das Handlungsfeld «%(own)s». Ein Anliegen gehört zu "
                "«%(other)s»; abgeben kann das, wer für die ganze Organisation spricht."
            ),
            params={"own": field, "other": point.field},
        )


def submission_state(submission: Submission) -> SubmissionState:
    """Return where a submission stands."""
    if submission.withdrawn_at:
        return SubmissionState.WITHDRAWN
    return SubmissionState.RECEIVED if submission.received_at else SubmissionState.DRAFT


def point_state(point: Point) -> PointState:
    """Return where a point stands."""
    if point.withdrawn_at:
        return PointState.WITHDRAWN
    if point.handed_in_at is None:
        return PointState.DRAFT
    if point.replaced_at:
        return PointState.REPLACED
    return PointState.DECIDED if point.latest_decision_id else PointState.UNDECIDED


def require_open_proposal(point: Point) -> None:
    """Refuse to touch a proposal that was withdrawn or decided on for good."""
    if point.withdrawn_at:
        raise ValidationError(_("Das Anliegen ist zurückgezogen."))
    decision = point.latest_decision
    if decision and decision.outcome != Outcome.DEFERRED:
        raise ValidationError(
            _("Über das Anliegen ist inzwischen entschieden. Der Vorschlag bleibt, wie er war.")
        )


def require_time_to_answer(
    point: Point, consultation: Consultation, last_day: date | None, now: datetime
) -> None:
    """Refuse an answer to what is not decided publicly, or after the last day."""
    POINT.require(point_state(point), "answer")
    if consultation.results_published_at is None or last_day is None:
        raise ValidationError(
            _("Die Ergebnisse sind noch nicht veröffentlicht. Antworten können Sie danach.")
        )
    if now > closes_at(last_day):
        raise ValidationError(
            _(
                "Die Frist für Ihre Antwort ist am %(day)s abgelaufen. Bitte wenden Sie sich an die "
                "Geschäftsstelle."
            ),
            params={"day": date_format(last_day, "DATE_FORMAT")},
        )


def require_day_to_come(day: date, now: datetime) -> None:
    """Refuse a last day that is over already."""
    if closes_at(day) <= now:
        raise ValidationError(
            _("Der %(day)s ist schon vorbei. Bitte einen Tag wählen, der noch kommt."),
            params={"day": date_format(day, "DATE_FORMAT")},
        )


def require_unanswered(request: ExtensionRequest) -> None:
    """Refuse to answer a request twice."""
    if request.answered_at:
        raise ValidationError(_("Der Antrag ist schon beantwortet."))


def require_full_time(consultation: Consultation, opens_on: date, closes_on: date) -> None:
    """Refuse a window shorter than the minimum unless a public reason is given."""
    days = working_days_between(opens_on, closes_on)
    if days < consultation.minimum_working_days and not consultation.short_reason:
        raise ValidationError(
            _(
                "Die Frist hat nur %(days)s Arbeitstage, vorgesehen sind %(minimum)s. Bitte den letzten "
                "Tag später legen oder die kürzere Frist öffentlich begründen."
            ),
            params={"days": days, "minimum": consultation.minimum_working_days},
        )


def require_consulted(consultation: Consultation, passages: Iterable[Passage | None]) -> None:
    """Refuse passages that the consulted edition does not hold."""
    wanted = {passage.pk: passage for passage in passages if passage}
    entries = Entry.objects.filter(edition=consultation.edition_id, passage__in=wanted)
    known = set(entries.values_list("passage_id", flat=True)) if wanted else set()
    for passage in (passage for pk, passage in wanted.items() if pk not in known):
        raise ValidationError(
            _("Die Textstelle %(number)s steht nicht in der Fassung, um die es geht."),
            params={"number": passage.number},
        )
