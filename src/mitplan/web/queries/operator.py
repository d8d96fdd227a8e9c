"""Who answers for this instance."""

from dataclasses import dataclass

from django.conf import settings

from mitplan.accounts.models import User


@dataclass(frozen=True, slots=True)
class Operator:
    """The operator as far as the settings tell; nothing is made up for what is missing."""

    name: str
    address: str
    represented_by: str
    email: str
    phone: str
    data_protection: str
    enforcement_body: str
    accessibility_state: str
    accessibility_on: str


def operator() -> Operator:
    """Return the operator from the settings."""
    return Operator(**settings.OPERATOR)


def address_for_barriers() -> str:
    """Return where a reported barrier is mailed: the operator, or else the secretariat; may be nobody."""
    if email := operator().email:
        return email
    secretaries = User.objects.filter(office=User.Office.SECRETARIAT, is_active=True)
    return secretaries.order_by("pk").values_list("email", flat=True).first() or ""
