"""The adoption of an edition."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mitplan.accounts.models import User
from mitplan.common import audit
from mitplan.common.languages import in_plan_language
from mitplan.conference.permissions import require
from mitplan.plan import actions as plan_actions
from mitplan.plan.models import Edition, Plan
from mitplan.publishing import permissions
from mitplan.publishing.models import Adoption
from mitplan.publishing.policies import Gate, all_open
from mitplan.publishing.queries.gates import Readiness, readiness


@transaction.atomic
def adopt(
    *,
    plan: Plan,
    title: str,
    dated_on: date,
    adopted_as: str,
    by: User,
    at: datetime,
    override_office: str = "",
    override_reason: str = "",
) -> Adoption:
    """Adopt the draft as the edition that holds.

    What is missing at the gates blocks it, unless an office overrides in public with a reason. The
    gates as they stood, and what was changed after participation, stay with the edition for ever.
    """
    require(allowed=permissions.may_adopt(by))
    plan = Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    with in_plan_language():  # what was missing stays on record
        ready = readiness(plan, timezone.localdate(at))
    if ready is None:
        raise ValidationError(_("Der Plan hat noch keinen Text. Bitte zuerst eine Datei einlesen."))
    blocked = not all_open(ready.gates)
    if blocked and not (override_office and override_reason):
        raise ValidationError(_blocked_sentence(ready))
    edition = plan_actions.freeze_draft(
        plan=plan, kind=Edition.Kind.ADOPTED, title=title, dated_on=dated_on, by=by, at=at
    )
    plan_actions.release_edition(edition=edition, by=by, at=at)
    adoption = _as_it_stood(ready, edition)
    adoption.adopted_by, adoption.adopted_as, adoption.adopted_at = by, adopted_as, at
    if blocked:
        adoption.override_office, adoption.override_reason = override_office, override_reason
    adoption.full_clean(exclude=["gates"])
    adoption.save()
    audit.record(
        "publishing.edition.adopted",
        on=adoption,
        by=by,
        at=at,
        hash=edition.content_hash,
        override=adoption.override_reason,
    )
    return adoption


def _as_it_stood(ready: Readiness, edition: Edition) -> Adoption:
    return Adoption(
        edition=edition,
        consultation=ready.consultation,
        gates=[_as_json(gate) for gate in ready.gates],
        words_seen=ready.words_seen,
        words_from_points=ready.words_from_points,
    )


def _blocked_sentence(ready: Readiness) -> str:
    missing = sum(len(gate.missing) for gate in ready.gates)
    sentence = ngettext(
        "Die Fassung kann noch nicht beschlossen werden: Eine Voraussetzung fehlt. Eine Ausnahme "
        "braucht Amt und öffentliche Begründung.",
        "Die Fassung kann noch nicht beschlossen werden: %(missing)s Voraussetzungen fehlen. Eine "
        "Ausnahme braucht Amt und öffentliche Begründung.",
        missing,
    )
    return sentence % {"missing": missing}


def _as_json(gate: Gate) -> dict[str, object]:
    return {
        "code": gate.code,
        "missing": [{"text": missing.text, "url": missing.url} for missing in gate.missing],
    }
