"""The roles a visitor of the demonstration can take, and who stands for them."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from mitplan.accounts.models import User
from mitplan.conference.permissions import Visitor
from mitplan.demo.actions.stage import OFFICIAL, SECRETARY, VOLUNTEER


class DemoRole(models.TextChoices):
    """A role of the demonstration; the public one is nobody signed in."""

    PUBLIC = "public", _("Öffentlichkeit")
    VOLUNTEER = "volunteer", _("Ehrenamt")
    DEPARTMENT = "department", _("Ressort")
    SECRETARIAT = "secretariat", _("Geschäftsstelle")


EMAILS = {
    DemoRole.VOLUNTEER: VOLUNTEER,
    DemoRole.DEPARTMENT: OFFICIAL,
    DemoRole.SECRETARIAT: SECRETARY,
}


def role_of(visitor: Visitor) -> DemoRole | None:
    """Return the role somebody has taken, or None for a person who is no part of the demonstration."""
    if not isinstance(visitor, User):
        return DemoRole.PUBLIC
    return next((role for role, email in EMAILS.items() if email == visitor.email), None)


def person_in(role: DemoRole) -> Visitor | None:
    """Return who stands for a role, or None where the demonstration is not loaded."""
    if role == DemoRole.PUBLIC:
        return AnonymousUser()
    return User.objects.filter(email=EMAILS[role], is_demonstration=True, is_active=True).first()
