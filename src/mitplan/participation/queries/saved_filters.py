"""Which saved selections of points a person is offered."""

from django.db.models import Q, QuerySet

from mitplan.conference.permissions import Visitor
from mitplan.participation.models import SavedFilter


def offered_to(user: Visitor) -> QuerySet[SavedFilter]:
    """Return a person's own selections and those colleagues share, by name."""
    found = SavedFilter.objects.filter(Q(user=user.pk) | Q(is_shared=True))
    return found.select_related("user").order_by("name", "pk")
