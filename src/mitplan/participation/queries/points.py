"""The one table of points: who may see which, what the address asks for, rows and export."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from mitplan.participation.models import Decision, Outcome, Point, ReasonCode
from mitplan.participation.queries.consultations import Round
from mitplan.participation.queries.cosigners import cosigner_names
from mitplan.participation.queries.proposals import IS_WIDE, further_at, further_words
from mitplan.participation.queries.routing import with_advice

UNDECIDED, DECIDED, WITHDRAWN, ANSWERS = "undecided", "decided", "withdrawn", "answers"
REPLACED = "merged"
MAINTAINED = "maintained"
LONGEST_GIST = 180


@dataclass(frozen=True, slots=True)
class Sight:
    """What a person may see: everything at once, or what is closed, and decisions once published."""

    sees_all: bool
    closed: frozenset[int]
    published: frozenset[int]

    @classmethod
    def of(cls, rounds: list[Round], *, sees_all: bool) -> "Sight":
        """Return the sight on some rounds."""
        return cls(
            sees_all,
            frozenset(each.pk for each in rounds if each.is_closed),
            frozenset(each.pk for each in rounds if each.is_published),
        )

    def shows_decision(self, consultation: int) -> bool:
        """Tell whether decisions of a round may be shown."""
        return self.sees_all or consultation in self.published


@dataclass(frozen=True, slots=True)
class Wish:
    """What of the points the address asks for."""

    consultation: int | None = None
    state: str = ""
    outcome: str = ""
    field: int | None = None
    passage: int | None = None
    organisation: str = ""
    kind: str = ""
    block: str = ""
    words: str = ""
    department: int | None = None
    advice: str = ""


ORDERS = {
    "number": ("number",),
    "organisation": ("submission__organisation_name", "number"),
    "passage": ("passage__number", "number"),
    "received": ("handed_in_at", "number"),
    "outcome": ("latest_decision__outcome", "number"),
}


def found_points(wish: Wish, sight: Sight, sort: str = "number") -> QuerySet[Point]:
    """Return the points the address asks for and the person may see, in order."""
    points = Point.objects.filter(handed_in_at__isnull=False)
    if not sight.sees_all:
        points = points.filter(submission__consultation__in=sight.closed)
    points = points.filter(_asked_for(wish), _in_state(wish.state, sight))
    if wish.words and not sight.sees_all:
        points = points.filter(withdrawn_at__isnull=True)
    if wish.outcome:
        points = points.filter(_decided(sight), latest_decision__outcome=wish.outcome)
    minus = "-" if sort.startswith("-") else ""
    return points.order_by(*(f"{minus}{name}" for name in ORDERS[sort.removeprefix("-")]))


def _asked_for(wish: Wish) -> Q:
    exact = {
        "submission__consultation__number": wish.consultation,
        "field": wish.field,
        "kind": wish.kind,
        "latest_decision__text_block__key": wish.block,
        "submission__organisation_name__icontains": wish.organisation,
    }
    asked = Q(**{path: value for path, value in exact.items() if value})
    if wish.department or wish.advice:
        asked &= with_advice(wish.department, wish.advice, timezone.localdate())
    if wish.passage:
        here = wish.passage
        asked &= Q(passage__number=here) | further_at(Q(passage__number=here))
    for word in wish.words.split():
        asked &= (
            Q(text__icontains=word)
            | Q(reason__icontains=word)
            | Q(proposed_text__icontains=word)
            | further_at(Q(proposed_text__icontains=word))
            | Q(number__startswith=word)
        )
    return asked


def _decided(sight: Sight) -> Q:
    decided = Q(latest_decision__isnull=False)
    if not sight.sees_all:
        decided &= Q(submission__consultation__in=sight.published)
    return decided


def _in_state(state: str, sight: Sight) -> Q:
    answer = Q(kind=Point.Kind.ANSWER)
    plain = {
        WITHDRAWN: Q(withdrawn_at__isnull=False),
        REPLACED: Q(replaced_at__isnull=False),
        ANSWERS: answer,
    }
    if state in plain:
        return plain[state]
    if state == DECIDED:
        return _decided(sight)
    if state == MAINTAINED:
        return _decided(sight) & Q(latest_decision__objection__stance=MAINTAINED)
    if state == UNDECIDED:
        return ~_decided(sight) & ~answer & Q(withdrawn_at__isnull=True, replaced_at__isnull=True)
    return Q()


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point as a row of the table."""

    number: str
    organisation: str
    kind: str
    gist: str
    passage: int | None
    outcome: str
    outcome_label: str
    sentence: str
    url: str
    pk: int = 0


_ROW = (
    "number",
    "submission__organisation_name",
    "submission__consultation_id",
    "kind",
    "proposal",
    "text",
    "reason",
    "proposed_text",
    "passage__number",
    "latest_decision__outcome",
    "latest_decision__sentence",
    "withdrawn_at",
    "replaced_at",
    "is_wide",
)


def rows_of(points: QuerySet[Point], sight: Sight) -> list[PointRow]:
    """Return points as rows, with one statement."""
    address, noted = _address(), points.annotate(is_wide=IS_WIDE)
    return [_row(values, sight, address) for values in noted.values_list(*_ROW)]


def keys_of(points: QuerySet[Point], wish: Wish) -> Sequence[int] | QuerySet[Point, int]:
    """Return the keys of points, to be cut into pages; words are looked for once, for that reads all letters."""
    keys = points.values_list("pk", flat=True)
    return list(keys) if wish.words else keys


def rows_on_page(keys: Iterable[int], sight: Sight) -> list[PointRow]:
    """Return a page of many points as rows; it is cut out by keys, so that its own length counts."""
    keys = list(keys)
    noted = Point.objects.filter(pk__in=keys).annotate(is_wide=IS_WIDE)
    address, found = _address(), noted.values_list("pk", *_ROW)
    rows = {pk: replace(_row(tuple(values), sight, address), pk=pk) for pk, *values in found}
    return [rows[key] for key in keys]


def _address() -> str:
    """Return where the pages of all points stand; to ask for each anew would take its time."""
    return reverse("participation:point", args=["0"]).removesuffix("0/")


def _row(values: tuple[Any, ...], sight: Sight, address: str) -> PointRow:
    (number, organisation, consultation, kind, proposal, text, reason, proposed, passage) = values[
        :9
    ]
    outcome, sentence, withdrawn_at, replaced_at, is_wide = values[9:]
    if withdrawn_at and not sight.sees_all:
        text = reason = proposed = ""
    if not sight.shows_decision(consultation):
        outcome, sentence = None, ""
    value, label = _standing(kind, outcome, withdrawn_at, replaced_at)
    return PointRow(
        number=number,
        organisation=organisation,
        kind=kind_label(kind, proposal, is_wide=is_wide),
        gist=_gist(text or reason or proposed),
        passage=passage,
        outcome=value,
        outcome_label=label,
        sentence=sentence or "",
        url=f"{address}{number}/",
    )


def kind_label(kind: str, proposal: str, *, is_wide: bool = False) -> str:
    """Return what a point is, and for an amendment what it does."""
    return _kind_label(kind, proposal, get_language(), is_wide=is_wide)


@lru_cache(maxsize=128)
def _kind_label(kind: str, proposal: str, _language: str | None, *, is_wide: bool) -> str:
    label = Point.Kind(kind).label
    if is_wide:
        return _("%(kind)s zu mehreren Textstellen") % {"kind": label}
    return f"{label}: {Point.Proposal(proposal).label}" if proposal else str(label)


def _gist(text: str) -> str:
    short = " ".join(text.split())
    return short if len(short) <= LONGEST_GIST else f"{short[:LONGEST_GIST].rsplit(' ', 1)[0]} …"


def _standing(
    kind: str, outcome: str | None, withdrawn_at: datetime | None, replaced_at: datetime | None
) -> tuple[str, str]:
    left = WITHDRAWN if withdrawn_at else REPLACED if replaced_at else ""
    return _spoken_standing(kind, outcome, left, get_language())


@lru_cache(maxsize=128)
def _spoken_standing(
    kind: str, outcome: str | None, left: str, _language: str | None
) -> tuple[str, str]:
    """Say where a point stands; a table says it on every row."""
    if left:
        return left, _("zurückgezogen") if left == WITHDRAWN else _("ersetzt")
    if outcome:
        return outcome, str(Outcome(outcome).label)
    if kind == Point.Kind.ANSWER:
        return "submitted", _("Antwort auf eine Frage")
    return UNDECIDED, _("noch nicht entschieden")


def standing_of(point: Point, sight: Sight) -> tuple[str, str]:
    """Return where a point stands, as value and word."""
    shown = sight.shows_decision(point.submission.consultation_id)
    return standing_by(point, point.latest_decision if shown else None)


def standing_by(point: Point, decision: Decision | None) -> tuple[str, str]:
    """Return where a point stands by the decision that is shown, as value and word."""
    outcome = decision.outcome if decision else None
    return _standing(point.kind, outcome, point.withdrawn_at, point.replaced_at)


_EXPORT = (
    "number",
    "submission__consultation__number",
    "submission__number",
    "submission__organisation_name",
    "kind",
    "proposal",
    "field__name",
    "passage__number",
    "edition__number",
    "quote",
    "text",
    "reason",
    "proposed_text",
    "handed_in_at",
    "latest_decision__outcome",
    "latest_decision__reason_code",
    "latest_decision__sentence",
    "latest_decision__decided_as",
    "latest_decision__decided_at",
    "withdrawn_at",
    "submission__consultation_id",
    "target__number",
    "replaced_at",
)


def export_header() -> dict[str, str]:
    """Return the columns of the export: stable names, and what they are called."""
    return {
        "number": _("Nummer"),
        "consultation": _("Beteiligungsrunde"),
        "submission": _("Stellungnahme"),
        "organisation": _("Organisation"),
        "kind": _("Art"),
        "field": _("Handlungsfeld"),
        "passage": _("Textstelle"),
        "edition": _("Fassung"),
        "quote": _("Bezugsstelle"),
        "text": pgettext("Einzahl", "Anliegen"),
        "reason": _("Begründung"),
        "proposed_text": _("vorgeschlagener Wortlaut"),
        "received_at": _("Eingang"),
        "state": _("Stand"),
        "outcome": _("Entscheidung"),
        "reason_code": _("Grund"),
        "sentence": _("Satz"),
        "decided_as": _("entschieden durch"),
        "decided_at": _("entschieden am"),
        "target": _("hinter oder mit Textstelle"),
        "further": _("weitere Änderungen desselben Vorschlags"),
        "cosigners": _("Mitunterzeichnende"),
    }


def export_rows(points: QuerySet[Point], sight: Sight) -> Iterator[tuple[object, ...]]:
    """Yield the points for an export, one after another."""
    further, cosigners = further_words(points), cosigner_names(points)
    for values in points.values_list(*_EXPORT).iterator(2000):
        is_hidden = bool(values[19]) and not sight.sees_all
        words = "" if is_hidden else further.get(values[0], "")
        row = _without_words(values) if is_hidden else values
        yield *_export_row(row, sight), words, cosigners.get(values[2], "")


def _without_words(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Leave out what was said in a point that was withdrawn: quote, text, reason, proposed wording."""
    return *values[:9], "", "", "", "", *values[13:]


def _export_row(values: tuple[Any, ...], sight: Sight) -> tuple[object, ...]:
    hidden: tuple[Any, ...] = (None, "", "", "", None)
    decision = values[14:19] if sight.shows_decision(values[20]) else hidden
    outcome, code, sentence, decided_as, decided_at = decision
    kind, proposal = values[4:6]
    return (
        *values[:4],
        kind_label(kind, proposal),
        *values[6:14],
        _standing(kind, outcome, values[19], values[22])[1],
        outcome or "",
        str(ReasonCode(code).label) if code else "",
        sentence or "",
        decided_as or "",
        decided_at,
        values[21],
    )


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The points around one in the list, and which is to be decided next."""

    rows: list[PointRow]
    position: int
    total: int
    undecided: int
    next_number: str
    next_undecided: str


BEFORE = 3
"""How many points stand above the one that is looked at, so that it is seen without scrolling."""


def around(points: QuerySet[Point], number: str, sight: Sight, size: int = 25) -> Surroundings:
    """Return the part of a list in which a point stands."""
    order = list(
        points.values_list("number", "latest_decision_id", "kind", "withdrawn_at", "replaced_at")
    )
    numbers = [each[0] or "" for each in order]
    index = numbers.index(number) if number in numbers else -1
    start = max(0, index - BEFORE)
    is_open = [
        each[0] or ""
        for each in order[index + 1 :] + order[: max(index, 0)]
        if each[1] is None and each[2] != Point.Kind.ANSWER and each[3] is each[4] is None
    ]
    rows = rows_of(points.filter(number__in=numbers[start : start + size]), sight)
    return Surroundings(
        rows=rows,
        position=index + 1,
        total=len(numbers),
        undecided=len(is_open),
        next_number=numbers[index + 1] if index + 1 < len(numbers) else "",
        next_undecided=is_open[0] if is_open else "",
    )
