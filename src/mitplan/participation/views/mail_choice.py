"""Which mails I get."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mitplan.accounts.models import Role
from mitplan.conference.permissions import allow
from mitplan.participation.actions.reminders import choose_mails
from mitplan.participation.forms.mail_choice import MailChoiceForm
from mitplan.participation.models import MailChoice
from mitplan.participation.views.access import person


@require_http_methods(["GET", "POST"])
@allow(Role.PERSON)
def mail_choice(request: HttpRequest) -> HttpResponse:
    """Which mails do I get, and in which language?"""
    user = person(request)
    choice = MailChoice.objects.filter(user=user).first() or MailChoice(user=user)
    initial = {"wants_digest": choice.wants_digest, "language": choice.language}
    form = MailChoiceForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        choose_mails(user=user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Ihre Wahl ist gespeichert."))
        return redirect("participation:mail_choice")
    status = 422 if form.errors else 200
    return render(request, "participation/mail_choice.html", {"form": form}, status=status)
