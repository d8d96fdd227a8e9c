"""What stands between the draft and its adoption."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from mitplan.core.text.consolidation import ChangeKind, PassageChange
from mitplan.core.text.diff import SegmentKind, word_diff
from mitplan.core.text.editorial import is_editorial
from mitplan.core.text.passages import Kind
from mitplan.core.text.runs import words_by_origin
from mitplan.core.text.tokens import count_words
from mitplan.core.workdays import working_days_between
from mitplan.participation import queries as participation
from mitplan.participation.models import UPTAKE, Audience, Consultation, Point
from mitplan.plan import queries as plan_queries
from mitplan.plan.models import Edition, Origin, Plan, TextChange
from mitplan.publishing.policies import MATERIAL_SHARE, Gate, GateCode, Missing


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the text on the way from the consulted edition to what is to be adopted."""

    passage: str
    kind: str
    old: str
    new: str
    is_typed: bool
    is_editorial: bool
    origins: tuple[Origin, ...]

    @property
    def words(self) -> int:
        """How many words the change inserts or deletes, whichever is more."""
        segments = word_diff(self.old, self.new)
        inserted = sum(count_words(s.text) for s in segments if s.kind == SegmentKind.INSERTED)
        deleted = sum(count_words(s.text) for s in segments if s.kind == SegmentKind.DELETED)
        return max(inserted, deleted)


@dataclass(frozen=True, slots=True)
class Readiness:
    """All that is known before an adoption."""

    draft: plan_queries.Draft
    consultation: Consultation | None
    gates: tuple[Gate, ...]
    after_participation: tuple[Step, ...]
    words_seen: int
    words_from_points: int
    words: int


def readiness(plan: Plan, today: date) -> Readiness | None:
    """Return how far the draft is from adoption, or None where there is no text."""
    draft = plan_queries.draft_of(plan)
    if draft is None:
        return None
    consultation = fully_consulted(plan, today)
    steps = tuple(_steps_since(consultation, draft)) if consultation else ()
    after = tuple(step for step in steps if not is_covered(step, consultation))
    seen, from_points, words = _shares(consultation, draft)
    gates = (
        _gate_consulted(consultation),
        _gate_decided(consultation),
        _gate_carried_out(consultation, steps),
        _gate_settled(plan, draft),
        _gate_origins(plan, after),
        _gate_threshold(plan, after, words),
    )
    return Readiness(draft, consultation, gates, after, seen, from_points, words)


def fully_consulted(plan: Plan, today: date) -> Consultation | None:
    """Return the newest consultation that was open to the conference for its full time."""
    windows = Audience.objects.filter(
        kind=Audience.Kind.CONFERENCE,
        closes_on__lt=today,
        consultation__opened_at__isnull=False,
        consultation__edition__plan=plan,
    )
    related = windows.select_related("consultation__edition__plan")
    for window in related.order_by("-consultation__edition__number", "-closes_on"):
        consultation = window.consultation
        days = working_days_between(window.opens_on, window.closes_on)
        if days >= consultation.minimum_working_days or consultation.short_reason:
            return consultation
    return None


def steps_to(consultation: Consultation, edition: Edition) -> Iterator[Step]:
    """Yield every change of the editions after the consulted one, up to an edition."""
    rows = (
        TextChange.objects.filter(
            edition__plan=edition.plan_id,
            edition__number__gt=consultation.edition.number,
            edition__number__lte=edition.number,
        )
        .select_related("passage", "old", "new", "passage__goal", "passage__measure")
        .prefetch_related("origins__point__submission", "origins__resolution")
    )
    for row in rows.order_by("edition__number", "pk"):
        yield Step(
            passage=row.passage.key,
            kind=row.kind,
            old=row.old.text if row.old else "",
            new=row.new.text if row.new else "",
            is_typed=hasattr(row.passage, "goal") or hasattr(row.passage, "measure"),
            is_editorial=row.is_editorial,
            origins=tuple(row.origins.all()),
        )


def _steps_since(consultation: Consultation, draft: plan_queries.Draft) -> Iterator[Step]:
    """Yield every change from the consulted edition to the draft."""
    yield from steps_to(consultation, draft.base)
    changes = draft.consolidation.changes
    wanted = {origin for change in changes for origin in change.origins}
    related = ("point__submission", "resolution", "department")
    origins = Origin.objects.select_related(*related).in_bulk(wanted)
    for change in changes:
        yield _draft_step(change, origins)


def _draft_step(change: PassageChange, origins: dict[int, Origin]) -> Step:
    old = change.old.text if change.old else ""
    new = change.new.text if change.new else ""
    typed = change.new or change.old
    return Step(
        passage=change.passage,
        kind=change.kind,
        old=old,
        new=new,
        is_typed=typed is not None and typed.kind in (Kind.GOAL, Kind.MEASURE),
        is_editorial=change.kind == ChangeKind.CHANGED and is_editorial(old, new),
        origins=tuple(origins[key] for key in change.origins),
    )


def is_covered(step: Step, consultation: Consultation | None) -> bool:
    """Tell whether a change is editorial, or goes back to a point or to a later resolution."""
    return step.is_editorial or (
        bool(step.origins)
        and all(_is_participation(origin, consultation) for origin in step.origins)
    )


def _is_participation(origin: Origin, consultation: Consultation | None) -> bool:
    if origin.resolution:
        return bool(
            consultation
            and consultation.opened_at
            and origin.resolution.decided_on >= consultation.opened_at.date()
        )
    point: Point | None = getattr(origin, "point", None)
    return bool(point and consultation and point.submission.consultation_id == consultation.pk)


def _shares(consultation: Consultation | None, draft: plan_queries.Draft) -> tuple[int, int, int]:
    """Return the words the conference had seen, the words that go back to points, and all words."""
    counts: dict[int, int] = {}
    runs = draft.consolidation.runs
    for passage in draft.consolidation.document:
        for origin, words in words_by_origin(passage.text, runs[passage.id]).items():
            counts[origin] = counts.get(origin, 0) + words
    points = set(
        Origin.objects.filter(pk__in=counts, kind=Origin.Kind.POINT).values_list("pk", flat=True)
    )
    seen = _origins_of(consultation.edition) if consultation else set()
    return (
        sum(words for origin, words in counts.items() if origin in seen),
        sum(words for origin, words in counts.items() if origin in points),
        sum(counts.values()),
    )


def _origins_of(edition: Edition) -> set[int]:
    state = plan_queries.state_of(edition)
    return {run.origin for runs in state.runs.values() for run in runs}


def _gate_consulted(consultation: Consultation | None) -> Gate:
    if consultation:
        return Gate(GateCode.CONSULTED, ())
    text = _("Keine Fassung dieses Plans lag der Konferenz für die volle Frist vor.")
    return Gate(GateCode.CONSULTED, (Missing(text, reverse("participation:consultations")),))


def _gate_decided(consultation: Consultation | None) -> Gate:
    if consultation is None:
        return Gate(GateCode.DECIDED, ())
    return Gate(
        GateCode.DECIDED,
        tuple(
            Missing(
                _("Anliegen %(number)s ist nicht entschieden.") % {"number": point.number},
                point.get_absolute_url(),
            )
            for point in participation.undecided_points(consultation).order_by("number")
        ),
    )


def _gate_carried_out(consultation: Consultation | None, steps: Iterable[Step]) -> Gate:
    if consultation is None:
        return Gate(GateCode.CARRIED_OUT, ())
    done = {origin.pk for step in steps for origin in step.origins}
    taken_up = participation.countable_points().filter(
        submission__consultation=consultation, latest_decision__outcome__in=UPTAKE
    )
    return Gate(
        GateCode.CARRIED_OUT,
        tuple(
            Missing(
                _("Anliegen %(number)s gilt als übernommen, hat aber keinen Text geändert.")
                % {"number": point.number},
                point.get_absolute_url(),
            )
            for point in taken_up.order_by("number")
            if point.origin_id not in done
        ),
    )


def _gate_settled(plan: Plan, draft: plan_queries.Draft) -> Gate:
    page = reverse("publishing:draft", args=[plan.slug])
    return Gate(
        GateCode.SETTLED,
        tuple(
            Missing(
                _("An Textstelle %(passages)s widersprechen sich Änderungen.")
                % {"passages": ", ".join(key.removeprefix("t") for key in cluster.passages)},
                f"{page}#k-{cluster.key}",
            )
            for cluster in draft.consolidation.open
        ),
    )


def _gate_origins(plan: Plan, after: Iterable[Step]) -> Gate:
    return Gate(
        GateCode.ORIGINS,
        tuple(
            Missing(
                _("Textstelle %(passage)s ist ohne öffentliche Begründung geändert.")
                % {"passage": step.passage.removeprefix("t")},
                reverse("publishing:passage", args=[plan.slug, int(step.passage[1:])]),
            )
            for step in after
            if not step.origins
            or any(not origin.reason and not hasattr(origin, "point") for origin in step.origins)
        ),
    )


def _gate_threshold(plan: Plan, after: tuple[Step, ...], words: int) -> Gate:
    missing = [
        Missing(
            _(
                "Textstelle %(passage)s ist ein Ziel oder eine Maßnahme und wurde ohne Beteiligung geändert."
            )
            % {"passage": step.passage.removeprefix("t")},
            reverse("publishing:passage", args=[plan.slug, int(step.passage[1:])]),
        )
        for step in after
        if step.is_typed
    ]
    changed = sum(step.words for step in after)
    if words and changed / words > MATERIAL_SHARE:
        missing.append(
            Missing(
                _("Ohne Beteiligung geändert sind %(changed)s von %(words)s Wörtern.")
                % {"changed": changed, "words": words},
                reverse("publishing:adoption", args=[plan.slug]),
            )
        )
    return Gate(GateCode.THRESHOLD, tuple(missing))
