"""What stands between the draft and its adoption, and how an edition was adopted."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mitplan.common.exports import table_response, wanted_ending
from mitplan.conference.permissions import allow, allow_everyone, require
from mitplan.plan.models import Edition, Plan
from mitplan.plan.permissions import DRAFT_READERS
from mitplan.plan.queries import facts_of as facts_of_edition
from mitplan.publishing import actions
from mitplan.publishing.forms.adoption import AdoptionForm
from mitplan.publishing.models import Adoption
from mitplan.publishing.permissions import may_adopt
from mitplan.publishing.policies import all_open
from mitplan.publishing.queries import adoptions, reading
from mitplan.publishing.queries.gates import Readiness, readiness
from mitplan.publishing.queries.origins import percent
from mitplan.publishing.views.access import edition_or_404, person, plan_or_404, put_back
from mitplan.publishing.views.kept import kept

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*DRAFT_READERS)
def adoption(request: HttpRequest, slug: str) -> HttpResponse:
    """What is missing before the draft can be adopted?"""
    plan = plan_or_404(slug)
    ready = readiness(plan, timezone.localdate())
    if ready is None:
        return render(request, "publishing/draft_empty.html", {"plan": plan})
    if request.method == "POST":
        require(allowed=may_adopt(request.user))
    form = AdoptionForm(
        request.POST or None,
        initial={"title": _("Beschlossene Fassung"), "dated_on": timezone.localdate()},
        is_blocked=not all_open(ready.gates),
    )
    if form.is_valid() and (adopted := _adopt(request, plan, form)):
        return redirect("publishing:after_participation", slug, adopted.edition.number)
    context = _report(ready) | {"plan": plan, "form": form, "may_adopt": may_adopt(request.user)}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "publishing/adoption.html", context, status=status)


def _adopt(request: HttpRequest, plan: Plan, form: AdoptionForm) -> Adoption | None:
    try:
        adopted = actions.adopt(
            plan=plan, **form.cleaned_data, by=person(request), at=timezone.now()
        )
    except ValidationError as problem:
        put_back(form, problem)
        return None
    messages.success(request, _("Die Fassung ist beschlossen und öffentlich."))
    return adopted


def _report(ready: Readiness) -> dict[str, object]:
    return {
        "ready": ready,
        "missing": sum(len(gate.missing) for gate in ready.gates),
        "late_changes": adoptions.late_changes(ready.after_participation),
        "seen": percent(ready.words_seen, ready.words),
        "from_points": percent(ready.words_from_points, ready.words),
    }


@require_safe
@allow_everyone
def after_participation(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """What was changed after participation, and how was this edition adopted?"""
    edition = edition_or_404(request, slug, number)
    if not edition.is_adopted:
        raise Http404
    found = adoptions.adoption_of(edition)
    late = adoptions.changed_after_participation(found) if found else []
    if wanted_ending(request):
        return _file(request, edition, late)
    context = {
        "plan": edition.plan,
        "edition": edition,
        "adoption": found,
        "gates": adoptions.gates_as_they_stood(found) if found else [],
        "late_changes": late,
        "seen": percent(found.words_seen, edition.word_count) if found else None,
        "from_points": percent(found.words_from_points, edition.word_count) if found else None,
    }
    what = (edition.content_hash, reading.state_of_the_record())
    return kept(
        request, what, lambda: render(request, "publishing/after_participation.html", context)
    )


def _file(
    request: HttpRequest, edition: Edition, late: list[adoptions.LateChange]
) -> HttpResponseBase:
    header = (
        "Textstelle",
        "Art",
        "Ziel oder Maßnahme",
        "vorher",
        "nachher",
        "Herkunft",
        "Begründung",
    )
    rows = (
        (
            each.key,
            each.kind_name,
            _("ja") if each.is_typed else _("nein"),
            each.old,
            each.new,
            "; ".join(origin.label for origin in each.origins),
            "; ".join(origin.reason for origin in each.origins if origin.reason),
        )
        for each in late
    )
    name = f"{edition.plan.slug}-fassung-{edition.number}-nach-der-beteiligung"
    return table_response(request, name, header, rows, facts=facts_of_edition(edition))
