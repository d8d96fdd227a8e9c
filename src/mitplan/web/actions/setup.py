"""The five steps to a new plan; each is taken whole or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import audit
from mitplan.common.models import AuditHead
from mitplan.conference import actions as conference
from mitplan.conference.models import Body, Organisation
from mitplan.core.text.passages import Passage
from mitplan.participation import actions as participation
from mitplan.participation.models import Audience, Consultation, Invitation
from mitplan.plan import actions as plan_actions
from mitplan.plan import queries as plan_queries
from mitplan.plan.models import Edition, Plan
from mitplan.web.queries.setup import OFFICE, house_is_founded, members, own_conference

Begin = Callable[..., object]
"""Begins a plan, or only tries to."""

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class FoundingValues:
    """Who runs the house, for which conference, and the first person who can sign in."""

    organisation: str
    conference: str
    name: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class MemberValues:
    """A member organisation as it stands in a list."""

    name: str
    category: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class WindowValues:
    """The first consultation: what it is called, and its days."""

    title: str
    introduction: str
    opens_on: date
    closes_on: date
    short_reason: str
    opens_now: bool


@transaction.atomic
def found_house(*, values: FoundingValues, at: datetime) -> User:
    """Create the first account, for the secretariat; refused as soon as anybody has one."""
    AuditHead.locked()
    if house_is_founded():
        raise ValidationError(
            _("Es gibt schon ein Konto. Bitte melden Sie sich an, um weiterzumachen.")
        )
    user = User.objects.create_user(
        values.email, values.password, name=values.name, office=User.Office.SECRETARIAT
    )
    conference.add_organisation(
        name=values.organisation,
        category=OFFICE,
        level=Organisation.Level.STATE,
        by=user,
        at=at,
    )
    year = str(timezone.localdate(at).year)
    body = conference.found_body(
        name=values.conference, kind=Body.Kind.CONFERENCE, begins=year, by=user, at=at
    )
    conference.begin_term(body=body, name=_("laufende Amtsperiode"), begins=year, by=user, at=at)
    audit.record("web.house.founded", on=user, by=user, at=at, conference=body.name)
    return user


@transaction.atomic
def begin_plan(
    *,
    title: str,
    kind: Edition.Kind,
    dated_on: date,
    passages: Sequence[Passage],
    by: User,
    at: datetime,
) -> Edition:
    """Begin a plan with its first text."""
    plan = plan_actions.create_plan(
        slug=_free_slug(title), title=title, by=by, at=at, is_demonstration=by.is_demonstration
    )
    return plan_actions.import_edition(
        plan=plan,
        passages=passages,
        kind=kind,
        title=str(kind.label),
        dated_on=dated_on,
        by=by,
        at=at,
    )


def _free_slug(title: str) -> str:
    slug = slugify(title.lower().translate(UMLAUTS))[:40].strip("-") or "plan"
    taken = set(Plan.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    names = [slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 2))]
    return next(name for name in names if name not in taken)


@transaction.atomic
def admit_members(*, rows: Sequence[MemberValues], by: User, at: datetime) -> int:
    """Admit organisations to the conference, all of them or none; each gets a seat where there is a term."""
    body = own_conference()
    term = body.terms.order_by("-pk").first() if body else None
    for row in rows:
        organisation = conference.add_organisation(
            name=row.name, category=row.category, email=row.email, by=by, at=at
        )
        if term:
            conference.appoint_organisation(organisation=organisation, term=term, by=by, at=at)
    return len(rows)


@transaction.atomic
def begin_consultation(*, plan: Plan, values: WindowValues, by: User, at: datetime) -> Consultation:
    """Prepare the first consultation on the plan's newest text; opened and invited to if wished."""
    edition = plan_queries.newest_edition(plan)
    if edition is None:
        raise ValidationError(_("Der Plan hat noch keinen Text. Bitte zuerst eine Datei einlesen."))
    consultation = participation.prepare_consultation(
        edition=edition,
        title=values.title,
        introduction=values.introduction,
        audiences=[
            participation.AudienceValues(
                Audience.Kind.CONFERENCE, values.opens_on, values.closes_on
            )
        ],
        short_reason=values.short_reason,
        by=by,
        at=at,
    )
    if not values.opens_now:
        return consultation
    consultation = participation.open_consultation(consultation=consultation, by=by, at=at)
    participation.invite(
        consultation=consultation,
        organisations=members().exclude(email=""),
        route=Invitation.Route.MAIL,
        by=by,
        at=at,
    )
    return consultation


def try_plan(
    *,
    title: str,
    kind: Edition.Kind,
    dated_on: date,
    passages: Sequence[Passage],
    by: User,
    at: datetime,
) -> None:
    """Begin a plan and take it back at once, so that what stands against it is known before."""
    with transaction.atomic():
        begin_plan(title=title, kind=kind, dated_on=dated_on, passages=passages, by=by, at=at)
        transaction.set_rollback(True)
