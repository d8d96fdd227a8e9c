"""Letters that nobody has cut into points yet, or finished cutting."""

from collections.abc import Iterable, Iterator

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mitplan.accounts.models import Role
from mitplan.participation.models import Submission
from mitplan.participation.policies import ConsultationState
from mitplan.participation.queries.consultations import ConsultationRow
from mitplan.participation.queries.letters import uncut
from mitplan.web.queries.due import Task


def letters_to_cut(rounds: Iterable[ConsultationRow]) -> Iterator[Task]:
    """Yield the rounds with letters to cut, each leading to the first of them, in one statement."""
    running = {row.consultation.pk: row for row in rounds if row.state in _RUNNING}
    received = Submission.objects.filter(
        consultation__in=running, received_at__isnull=False, withdrawn_at__isnull=True
    )
    counted = uncut(received).order_by().values_list("consultation")
    for consultation, count, first in counted.annotate(Count("pk"), Min("number")).order_by(
        "consultation"
    ):
        sentence = ngettext(
            "%(count)s Schreiben ist noch nicht ganz in Anliegen aufgeteilt.",
            "%(count)s Schreiben sind noch nicht ganz in Anliegen aufgeteilt.",
            count,
        )
        yield Task(
            _("Schreiben aufteilen: %(title)s")
            % {"title": running[consultation].consultation.title},
            reverse("participation:split_letter", args=[first]),
            sentence % {"count": count},
            str(Role.SECRETARIAT.label),
        )


_RUNNING = (ConsultationState.OPEN, ConsultationState.CLOSED)
