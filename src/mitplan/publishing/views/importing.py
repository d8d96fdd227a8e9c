"""Reading a file in as the next edition."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mitplan.accounts.models import Role
from mitplan.conference.permissions import allow
from mitplan.participation import jobs
from mitplan.plan.models import Plan
from mitplan.plan.queries import newest_edition
from mitplan.publishing import actions
from mitplan.publishing.forms.importing import ConfirmForm, UploadForm
from mitplan.publishing.queries.comparison import Comparison
from mitplan.publishing.views.access import person, plan_or_404, put_back

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.SECRETARIAT)
def import_edition(request: HttpRequest, slug: str) -> HttpResponse:
    """What would this file change, and should it become the next edition?"""
    plan = plan_or_404(slug)
    if "looked_at" in request.POST:
        return _confirm(request, plan)
    form = UploadForm(request.POST or None, request.FILES or None, initial=_initial())
    if form.is_valid():
        try:
            comparison = actions.preview_text(
                plan=plan, values=form.values, by=person(request), at=timezone.now()
            )
        except ValidationError as problem:
            put_back(form, problem)
        else:
            return _preview(request, plan, form, comparison)
    return _upload_page(request, plan, form)


def _preview(
    request: HttpRequest, plan: Plan, form: UploadForm, comparison: Comparison
) -> HttpResponse:
    base = newest_edition(plan)
    context = {
        "plan": plan,
        "base": base,
        "title": form.values.title,
        "counts": comparison.facts,
        "rows": comparison.filtered("geaendert" if base else "alles"),
        "form": ConfirmForm.of(form.values, base.number if base else 0),
    }
    return render(request, "publishing/import_preview.html", context)


def _upload_page(
    request: HttpRequest, plan: Plan, form: UploadForm, refused: ConfirmForm | None = None
) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound or refused else 200
    context = {"plan": plan, "form": form, "refused": refused, "base": newest_edition(plan)}
    return render(request, "publishing/import.html", context, status=status)


def _confirm(request: HttpRequest, plan: Plan) -> HttpResponse:
    form = ConfirmForm(request.POST)
    if form.is_valid():
        try:
            with transaction.atomic():  # neither the edition nor the job stands without the other
                edition = actions.import_text(
                    plan=plan,
                    values=form.values,
                    after=form.after,
                    by=person(request),
                    at=timezone.now(),
                )
                jobs.carry_proposals.enqueue(plan.pk)
        except ValidationError as problem:
            put_back(form, problem)
        else:
            messages.success(request, _("%(edition)s ist eingelesen.") % {"edition": edition})
            return redirect(edition)
    return _upload_page(request, plan, UploadForm(initial=_initial()), form)


def _initial() -> dict[str, object]:
    return {"dated_on": timezone.localdate()}
