"""An organisation says whom it represents and who pays for it."""

from datetime import datetime

from django.db import transaction

from mitplan.accounts.models import Role, User
from mitplan.common import audit
from mitplan.common.languages import in_plan_language
from mitplan.conference import policies
from mitplan.conference.models import InterestDeclaration, Organisation
from mitplan.conference.permissions import mandates_of, may_edit_members, require, speaks_for


@transaction.atomic
def declare_interests(
    *, organisation: Organisation, represents: str, financed_by: str, by: User, at: datetime
) -> InterestDeclaration:
    """Put an organisation's own word on record; what it said before stays readable."""
    require(allowed=speaks_for(by, organisation) or may_edit_members(by))
    policies.require_named(organisation)
    declaration = InterestDeclaration(
        organisation=organisation,
        represents=represents.strip(),
        financed_by=financed_by.strip(),
        declared_as=_office_of(by, organisation),
        declared_by=by,
        declared_at=at,
    )
    declaration.full_clean(exclude=["organisation", "declared_by"])
    declaration.save()
    audit.record(
        "conference.interests.declared",
        on=declaration,
        by=by,
        at=at,
        on_behalf_of=organisation.name,
    )
    return declaration


def _office_of(by: User, organisation: Organisation) -> str:
    own = [each for each in mandates_of(by) if each.organisation_id == organisation.pk]
    with in_plan_language():
        return str(own[0].get_kind_display() if own else Role.SECRETARIAT.label)
