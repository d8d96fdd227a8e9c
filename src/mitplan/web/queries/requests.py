"""What organisations have asked the secretariat for, and what comes back with a round."""

from collections.abc import Iterable, Iterator

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mitplan.accounts.models import Role
from mitplan.participation.policies import ConsultationState
from mitplan.participation.queries.consultations import ConsultationRow
from mitplan.participation.queries.extensions import waiting_requests
from mitplan.participation.queries.suggestions import waiting
from mitplan.web.queries.due import Task


def extension_requests_to_answer() -> Iterator[Task]:
    """Yield the requests for more time that wait for an answer."""
    for request in waiting_requests():
        yield Task(
            _("Antrag auf mehr Zeit: %(name)s") % {"name": request.organisation.name},
            reverse("participation:answer_request", args=[request.consultation.number, request.pk]),
            request.consultation.title,
            str(Role.SECRETARIAT.label),
            request.wished_until,
        )


def suggestions_to_take(rounds: Iterable[ConsultationRow]) -> Iterator[Task]:
    """Yield, for a round in preparation, what lies in the store of topics."""
    prepared = [row for row in rounds if row.state == ConsultationState.PREPARED]
    if not prepared:
        return
    counts = dict(waiting().order_by().values_list("plan").annotate(Count("pk")))
    for row in prepared:
        if count := counts.get(row.consultation.edition.plan_id):
            sentence = ngettext(
                "%(count)s Vorschlag wartet.", "%(count)s Vorschläge warten.", count
            )
            yield Task(
                _("Themenspeicher: %(title)s") % {"title": row.consultation.title},
                reverse("participation:take_suggestions", args=[row.consultation.number]),
                sentence % {"count": count},
                str(Role.SECRETARIAT.label),
                row.window.opens_on,
            )
