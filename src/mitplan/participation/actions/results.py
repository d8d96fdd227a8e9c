"""Publishing results: what became of every point, once all is decided and nothing is left over."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import audit
from mitplan.conference.permissions import require
from mitplan.participation import permissions, policies, queries
from mitplan.participation.models import Consultation, UnequalAnswers
from mitplan.participation.queries.groups import unequal_answers
from mitplan.participation.queries.letters import waiting_letters


@transaction.atomic
def publish_results(
    *, consultation: Consultation, reason: str = "", by: User, at: datetime
) -> Consultation:
    """Publish what became of every point; from here on decisions are public.

    Where near-identical points were decided differently, a public `reason` has to say why.
    """
    require(allowed=permissions.may_run_consultations(by))
    consultation = Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
    policies.CONSULTATION.require(queries.state_of(consultation, at), "publish")
    undecided = queries.undecided_points(consultation).count()
    if undecided:
        raise ValidationError(
            _(
                "Über %(undecided)s Anliegen ist noch nicht entschieden. Bitte zuerst entscheiden, "
                "dann veröffentlichen."
            ),
            params={"undecided": undecided},
        )
    waiting = waiting_letters(consultation)
    if waiting:
        raise ValidationError(
            _(
                "Noch nicht in Anliegen aufgeteilt: %(numbers)s. Bitte zuerst aufteilen, damit nichts "
                "verloren geht."
            ),
            params={"numbers": ", ".join(waiting)},
        )
    _require_reason_for_unequal(consultation, reason.strip(), by, at)
    consultation.results_published_at = at
    consultation.save(update_fields=["results_published_at"])
    audit.record("participation.results.published", on=consultation, by=by, at=at)
    return consultation


def _require_reason_for_unequal(
    consultation: Consultation, reason: str, by: User, at: datetime
) -> None:
    unequal = unequal_answers(consultation)
    if not unequal:
        return
    if not reason:
        raise ValidationError(
            _(
                "%(count)s Paare gleichlautender Anliegen sind verschieden entschieden. Bitte angleichen, als "
                "«nicht gleichlautend» kennzeichnen oder öffentlich begründen."
            ),
            params={"count": len(unequal)},
        )
    row = UnequalAnswers.objects.create(
        consultation=consultation, pairs=len(unequal), reason=reason, given_by=by, given_at=at
    )
    pairs = [f"{each.first.number} {each.second.number}" for each in unequal]
    audit.record(
        "participation.unequal_answers.explained", on=row, by=by, at=at, reason=reason, pairs=pairs
    )
