"""Noting who signed a submission beside the organisation that handed it in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mitplan.accounts.models import Role
from mitplan.conference.permissions import allow
from mitplan.participation import actions
from mitplan.participation.forms.cosigners import CoSignerForm
from mitplan.participation.models import Submission
from mitplan.participation.queries.consultations import organisations_for
from mitplan.participation.views.access import person


@require_POST
@allow(Role.SECRETARIAT)
def add_cosigner(request: HttpRequest, number: str) -> HttpResponse:
    """Did one more organisation sign this submission?"""
    related = Submission.objects.select_related("consultation__edition__plan")
    submission = get_object_or_404(related, number=number)
    form = CoSignerForm(request.POST, organisations_for(submission.consultation))
    if not form.is_valid():
        messages.error(request, _("Bitte eine Organisation aus der Liste wählen."))
        return redirect(submission)
    try:
        signed = actions.add_cosigner(
            submission=submission, organisation=form.chosen, by=person(request), at=timezone.now()
        )
    except ValidationError as problem:
        for text in problem.messages:
            messages.error(request, text)
    else:
        said = _("%(name)s ist als Mitunterzeichnende eingetragen.")
        messages.success(request, said % {"name": signed.organisation_name})
    return redirect(submission)
