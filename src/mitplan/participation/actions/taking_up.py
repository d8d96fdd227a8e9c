"""What a decision changes in the draft: the point's own words, parts of them, or what an editor writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mitplan.conference.models import Department, Resolution
from mitplan.core.text import amendments as core
from mitplan.core.text.tokens import normalise
from mitplan.participation.actions.proposals import operations_for
from mitplan.participation.actions.rebasings import carried_to
from mitplan.participation.models import Outcome, Point, ReasonCode, Rebasing, TextBlock
from mitplan.participation.queries.effects import Effect, effects_of
from mitplan.participation.queries.remarks import reworded
from mitplan.plan import actions as plan_actions
from mitplan.plan import queries as plan_queries
from mitplan.plan.models import Amendment, Edition, Passage


@dataclass(frozen=True, slots=True)
class DecisionValues:
    """What is decided on a point.

    For an outcome in substance or in part, `final_text` is the wording the editor gives the passage
    (`passage`, or the one the point stands at); `insert` puts it behind that passage instead. `parts` are
    those of the proposal's effects on the newest edition that are taken up as they were proposed, counted
    from 0.
    """

    outcome: Outcome
    reason_code: ReasonCode | None = None
    sentence: str = ""
    text_block: TextBlock | None = None
    covered_by: Passage | None = None
    owner: str = ""
    owner_department: Department | None = None
    review_on: date | None = None
    resolution: Resolution | None = None
    passage: Passage | None = None
    final_text: str = ""
    insert: bool = False
    parts: tuple[int, ...] = ()


def amendment_of(point: Point, values: DecisionValues, at: datetime) -> Amendment | None:
    """Return what the decision changes in the draft, in words for the newest edition."""
    newest = newest_for(point)
    if values.outcome == Outcome.TAKEN_UP:
        return _own_words(point, newest, at)
    if values.outcome not in (Outcome.IN_SUBSTANCE, Outcome.PARTLY):
        return None
    operations = (
        *_chosen_parts(point, values, newest, at),
        *_editors_wording(point, values, newest),
    )
    own = point.amendment
    if own and newest == point.edition and core.operations_from_json(own.operations) == operations:
        return own
    return plan_actions.record_amendment(
        base=newest, operations=operations, at=at, derived_from=own
    )


def _own_words(point: Point, newest: Edition, at: datetime) -> Amendment:
    """Return the point's own proposal as it stands on the newest edition, if that is sure."""
    if point.amendment is None:
        raise ValidationError(
            _(
                "Das Anliegen schlägt keinen Wortlaut vor und kann deshalb nicht wörtlich "
                "übernommen werden. Bitte «sinngemäß übernommen» wählen und den Wortlaut schreiben."
            )
        )
    if newest == point.edition:
        return point.amendment
    rebasing = carried_to(point, newest, at)
    if rebasing.holds is None:
        raise _not_sure(point, rebasing)
    return rebasing.holds


def _not_sure(point: Point, rebasing: Rebasing) -> ValidationError:
    """Say why a proposal cannot be taken up word for word on the newest edition."""
    if rebasing.status == Rebasing.Status.FULFILLED:
        sentence = _(
            "Was das Anliegen vorschlägt, steht schon in Fassung %(newest)s. Bitte «bereits "
            "enthalten» wählen und die Textstelle nennen."
        )
    elif rebasing.is_lost:
        sentence = _(
            "Der Text hat sich seit Fassung %(number)s an dieser Stelle geändert; der Vorschlag "
            "lässt sich nicht übertragen. Bitte «sinngemäß übernommen» wählen und den Wortlaut "
            "auf die neue Fassung schreiben."
        )
    else:
        sentence = _(
            "Rund um den Vorschlag hat sich der Text in Fassung %(newest)s geändert, und "
            "%(organisation)s hat ihn noch nicht bestätigt. Bitte die Antwort abwarten oder "
            "«sinngemäß übernommen» wählen und den Wortlaut schreiben."
        )
    params = {
        "number": point.edition.number,
        "newest": rebasing.edition.number,
        "organisation": point.submission.organisation_name,
    }
    return ValidationError(sentence, params=params)


def newest_for(point: Point) -> Edition:
    """Return the edition the draft stands on; a point's own edition is the oldest it can be."""
    return plan_queries.newest_edition(point.edition.plan) or point.edition


def _chosen_parts(
    point: Point, values: DecisionValues, newest: Edition, at: datetime
) -> list[core.Operation]:
    """Return the operations of those parts of a proposal that are taken up as they were proposed."""
    if not values.parts:
        return []
    effects = dict(enumerate(effects_of(_own_words(point, newest, at))))
    if unknown := set(values.parts) - effects.keys():
        raise ValidationError(
            _("Der Vorschlag hat keinen Teil mit der Nummer %(number)s."),
            params={"number": min(unknown) + 1},
        )
    chosen = [effects[number] for number in sorted(set(values.parts))]
    passage = values.passage or point.passage
    if values.final_text.strip() and passage and _rewords(chosen, passage):
        raise ValidationError(
            _(
                "Zu Textstelle %(passage)s bitte entweder den Teil des Vorschlags ankreuzen oder "
                "einen eigenen Wortlaut schreiben."
            ),
            params={"passage": passage.number},
        )
    return [operation for effect in chosen for operation in effect.operations]


def _rewords(effects: Iterable[Effect], passage: Passage) -> bool:
    """Tell whether one of these effects gives a passage other words, or takes it away."""
    return any(
        operation.passage == passage.key and not isinstance(operation, core.MovePassage)
        for effect in effects
        for operation in effect.operations
    )


def _editors_wording(
    point: Point, values: DecisionValues, newest: Edition
) -> tuple[core.Operation, ...]:
    passage = values.passage or point.passage
    if values.parts and not values.final_text.strip():
        return ()
    if passage is None or not values.final_text.strip():
        raise ValidationError(
            _("Bitte die Textstelle wählen und den Wortlaut schreiben, der in den Plan kommt.")
        )
    document = plan_queries.document_of(newest)
    value = next((each for each in document if each.id == passage.key), None)
    if value is None:
        raise ValidationError(
            _(
                "Die Textstelle %(passage)s steht nicht in Fassung %(number)s. Bitte eine andere "
                "Textstelle nennen."
            ),
            params={"passage": passage.number, "number": newest.number},
        )
    text = normalise(values.final_text).replace("\r\n", "\n").strip()
    proposal = (
        Point.Proposal.INSERT_AFTER if values.insert else reworded(value.kind, value.text, text)
    )
    operations = operations_for(
        value,
        proposal,
        text,
        lambda: plan_actions.reserve_passages(newest.plan, 1)[0],
    )
    if not operations:
        raise ValidationError(
            _("Der Wortlaut ist unverändert. Eine Übernahme muss den Text wirklich ändern.")
        )
    return operations
