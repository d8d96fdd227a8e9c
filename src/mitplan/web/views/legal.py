"""Who answers for the site, what it knows about people, and whom it keeps out."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mitplan.accounts.models import User
from mitplan.conference.permissions import allow_everyone
from mitplan.publishing.views.access import put_back
from mitplan.web.actions.barriers import report_barrier
from mitplan.web.forms.barriers import BarrierForm
from mitplan.web.queries.easy_language import easy_text
from mitplan.web.queries.operator import operator


@require_safe
@allow_everyone
def imprint(request: HttpRequest) -> HttpResponse:
    """Who runs this site?"""
    return render(request, "web/imprint.html", {"operator": operator()})


@require_safe
@allow_everyone
def privacy(request: HttpRequest) -> HttpResponse:
    """What does this site know about me?"""
    return render(request, "web/privacy.html", {"operator": operator()})


@require_safe
@allow_everyone
def accessibility(request: HttpRequest) -> HttpResponse:
    """How far can everybody use this site?"""
    return render(request, "web/accessibility.html", {"operator": operator()})


@require_safe
@allow_everyone
def easy(request: HttpRequest) -> HttpResponse:
    """What is this site, in Leichte Sprache?"""
    return render(request, "web/easy.html", {"text": easy_text()})


@require_http_methods(["GET", "HEAD", "POST"])
@allow_everyone
def barrier(request: HttpRequest) -> HttpResponse:
    """What keeps me from using this site?"""
    form = BarrierForm(request.POST or None, initial={"page": request.GET.get("seite", "")})
    if form.is_valid() and _report(request, form):
        messages.success(
            request, _("Danke. Ihre Meldung ist gespeichert und wird an den Betreiber geschickt.")
        )
        return redirect("web:accessibility")
    status = 422 if form.errors else 200
    return render(request, "web/barrier.html", {"form": form}, status=status)


def _report(request: HttpRequest, form: BarrierForm) -> bool:
    """Report what the form says; what stands against it goes back into the form."""
    by = request.user if isinstance(request.user, User) else None
    try:
        report_barrier(**form.cleaned_data, by=by, at=timezone.now())
    except ValidationError as problem:
        put_back(form, problem)
        return False
    return True
