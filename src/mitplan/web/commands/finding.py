"""What people name on the command line, found among the rows; what is not there is said in a sentence."""

from mitplan.participation.models import Consultation
from mitplan.plan import queries
from mitplan.plan.models import Edition, Plan
from mitplan.web.commands.reporting import Refusal


def plan_named(slug: str) -> Plan:
    """Return the plan with a short name."""
    plan = Plan.objects.filter(slug=slug).first()
    if plan is None:
        known = ", ".join(Plan.objects.order_by("slug").values_list("slug", flat=True))
        message = f"Einen Plan «{slug}» gibt es nicht. Es gibt: {known or 'noch keinen'}."
        raise Refusal(message)
    return plan


def edition_numbered(plan: Plan, number: int | None) -> Edition:
    """Return an edition of a plan; without a number the newest."""
    if number is None:
        edition = queries.newest_edition(plan)
    else:
        edition = plan.editions.filter(number=number).first()
    if edition is None:
        message = f"Der Plan «{plan.slug}» hat keine Fassung {number or ''}".rstrip() + "."
        raise Refusal(message)
    return edition


def consultation_numbered(number: int) -> Consultation:
    """Return the consultation with a number."""
    found = Consultation.objects.select_related("edition__plan").filter(number=number).first()
    if found is None:
        message = f"Eine Beteiligungsrunde {number} gibt es nicht."
        raise Refusal(message)
    return found
