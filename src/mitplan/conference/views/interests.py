"""Where an organisation says whom it represents and who pays for it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mitplan.accounts.models import Role, User
from mitplan.conference.actions.interests import declare_interests
from mitplan.conference.forms.interests import InterestForm
from mitplan.conference.models import Organisation
from mitplan.conference.permissions import allow, may_edit_members, speaks_for
from mitplan.conference.queries.interests import declarations_of


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.MANDATE_HOLDER, Role.SECRETARIAT)
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom do we represent, and who pays for us?"""
    organisation = get_object_or_404(Organisation, pk=pk)
    if not (speaks_for(request.user, organisation) or may_edit_members(request.user)):
        raise PermissionDenied
    earlier = declarations_of(organisation)
    initial = (
        {"represents": earlier[0].represents, "financed_by": earlier[0].financed_by}
        if earlier
        else {}
    )
    form = InterestForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid() and _declared(request, organisation, form):
        return redirect(organisation)
    context = {"organisation": organisation, "form": form}
    status = 422 if form.errors else 200
    return render(request, "conference/interests.html", context, status=status)


def _declared(request: HttpRequest, organisation: Organisation, form: InterestForm) -> bool:
    if not isinstance(request.user, User):
        raise PermissionDenied
    try:
        declare_interests(
            organisation=organisation, **form.cleaned_data, by=request.user, at=timezone.now()
        )
    except ValidationError as problem:
        form.add_error(None, problem)
        return False
    messages.success(request, _("Die Interessenerklärung ist gespeichert und öffentlich."))
    return True
