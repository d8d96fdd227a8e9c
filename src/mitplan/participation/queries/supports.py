"""Which colleagues stand behind the points of a draft."""

from collections import defaultdict
from dataclasses import dataclass, field

from mitplan.accounts.models import User
from mitplan.participation.models import Submission, Support


@dataclass(slots=True)
class Supporters:
    """Who supports one point, and whether the person asking does."""

    names: list[str] = field(default_factory=list)
    is_mine: bool = False


def supporters_in(submission: Submission | None, user: User | None) -> dict[int, Supporters]:
    """Return the supporters by point, in the order they came, with one statement."""
    found: dict[int, Supporters] = defaultdict(Supporters)
    if submission is None:
        return found
    rows = Support.objects.filter(point__submission=submission).select_related("user")
    for each in rows.order_by("pk"):
        found[each.point_id].names.append(str(each.user))
        found[each.point_id].is_mine |= user is not None and each.user_id == user.pk
    return found
