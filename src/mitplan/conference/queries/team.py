"""Who writes and acts for an organisation."""

from datetime import date

from django.utils.crypto import constant_time_compare

from mitplan.conference.models import ColleagueInvitation, Delegation, Mandate, Organisation


def team_of(organisation: Organisation, today: date) -> list[Mandate]:
    """Return the mandates of an organisation that hold today."""
    found = organisation.mandates.active(today).select_related("user", "scope_body")
    return list(found.order_by("-kind", "begins_on", "pk"))


def delegations_of(organisation: Organisation) -> list[Delegation]:
    """Return the days on which deputies act, the newest first."""
    found = Delegation.objects.filter(deputy__organisation=organisation)
    return list(found.select_related("deputy__user", "given_by").order_by("-begins_on", "-pk"))


def waiting_colleagues(organisation: Organisation) -> list[ColleagueInvitation]:
    """Return who was invited and has not answered."""
    waiting = organisation.colleague_invitations.filter(
        accepted_at__isnull=True, revoked_at__isnull=True
    )
    return list(waiting.select_related("mail").order_by("pk"))


def colleague_by_key(pk: int, key: str) -> ColleagueInvitation | None:
    """Return the invitation a mail link belongs to, or None for a wrong link."""
    related = ColleagueInvitation.objects.select_related("organisation", "invited_by")
    found = related.filter(pk=pk).first()
    return found if found and constant_time_compare(found.key, key) else None
