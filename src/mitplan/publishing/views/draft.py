"""The draft in work: its changes, its conflicts, and the step to an edition."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitplan.accounts.models import Role
from mitplan.conference.permissions import allow
from mitplan.participation import jobs
from mitplan.participation.models import Point
from mitplan.plan import actions as plan_actions
from mitplan.plan.models import Edition, Origin, Settlement
from mitplan.plan.permissions import DRAFT_READERS, may_edit_draft
from mitplan.plan.queries import newest_edition
from mitplan.publishing import actions
from mitplan.publishing.forms.comparison import DRAFT_CHOICES, ComparisonForm
from mitplan.publishing.forms.drafting import EditForm, FreezeForm, SettleForm
from mitplan.publishing.queries import drafts, passages
from mitplan.publishing.queries.comparison import ComparedPassage
from mitplan.publishing.queries.conflicts import Conflict
from mitplan.publishing.queries.own_words import pairs_of
from mitplan.publishing.queries.synopsis import synopsis
from mitplan.publishing.views.access import person, plan_or_404, put_back
from mitplan.publishing.views.pieces import Address, piece
from mitplan.publishing.views.synopsis import synopsis_table
from mitplan.ui.tables import paginate

UNPROCESSABLE = 422
PER_PAGE = 25


@require_safe
@allow(*DRAFT_READERS)
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """What is changed in the draft, by whom, and which changes contradict each other?"""
    plan = plan_or_404(slug)
    view = drafts.draft_view(plan)
    if view is None:
        return render(request, "publishing/draft_empty.html", {"plan": plan})
    form = ComparisonForm(request.GET or None, choices=DRAFT_CHOICES)
    may_edit = may_edit_draft(request.user)
    page = paginate(request, _rows(view, form), per_page=PER_PAGE)
    context = {
        "plan": plan,
        "view": view,
        "form": form,
        "page": page,
        **_laid_out(form, view, page),
        "pieces": _pieces(view, page, Address(plan.slug), may_edit=may_edit),
        "counts": view.comparison.facts,
        "may_edit": may_edit,
    }
    return render(request, "publishing/draft.html", context)


def _rows(view: drafts.DraftView, form: ComparisonForm) -> list[Any]:
    shown = form.chosen("nur")
    if form.is_side_by_side:
        return synopsis([view.comparison], shown)
    return view.comparison.filtered(shown)


def _laid_out(form: ComparisonForm, view: drafts.DraftView, page: Page) -> dict[str, object]:
    if form.is_side_by_side:
        return {"synopsis": synopsis_table([str(view.base), _("Arbeitsfassung")], page)}
    return {"rows": page}


def _pieces(
    view: drafts.DraftView, page: Page, plan: Address, *, may_edit: bool
) -> dict[str, list[SafeString]]:
    def made(template: str, name: str, values: Iterable[Any]) -> list[SafeString]:
        path = f"publishing/parts/{template}.html"
        return [piece(path, plan=plan, may_edit=may_edit, **{name: each}) for each in values]

    rows = [each for each in page if isinstance(each, ComparedPassage)]
    return {
        "open": made("draft_conflict", "conflict", view.open),
        "settled": made("draft_conflict", "conflict", view.settled),
        "warned": made("draft_warned", "warned", view.warned),
        "rows": made("compared", "row", rows),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*DRAFT_READERS)
def settle(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """What contradicts what here, and how is it settled?"""
    plan = plan_or_404(slug)
    found = drafts.conflict_view(plan, key)
    if found is None or found.conflict is None:
        messages.error(
            request, _("Diesen Konflikt gibt es nicht mehr. Die Arbeitsfassung ist neu geladen.")
        )
        return redirect("publishing:draft", slug)
    form = SettleForm(
        request.POST or None,
        options=found.conflict.options,
        places=found.conflict.own_places,
    )
    if form.is_valid():
        try:
            _settle(request, found.base, found.conflict, form)
        except ValidationError as problem:
            put_back(form, problem)
        else:
            return _settled(request, slug, found.next_open)
    context = {
        "plan": plan,
        "conflict": found.conflict,
        "next_open": found.next_open,
        "form": form,
        "may_edit": may_edit_draft(request.user),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "publishing/conflict.html", context, status=status)


def _settled(request: HttpRequest, slug: str, next_open: str) -> HttpResponse:
    if next_open:
        messages.success(request, _("Der Konflikt ist gelöst. Hier ist der nächste."))
        return redirect("publishing:settle", slug, next_open)
    messages.success(request, _("Der Konflikt ist gelöst. Kein weiterer ist offen."))
    return redirect("publishing:draft", slug)


def _settle(request: HttpRequest, base: Edition, conflict: Conflict, form: SettleForm) -> None:
    is_worded = form.choice == Settlement.Choice.CUSTOM
    plan_actions.settle_conflict(
        base=base,
        cluster=conflict.key,
        choice=form.choice,
        amendments=form.amendments,
        texts=pairs_of(conflict.own_places, form.wordings) if is_worded else [],
        reason=form.cleaned_data["reason"],
        by=person(request),
        at=timezone.now(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.SECRETARIAT)
def edit_passage(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Which words should this passage have in the draft, and for whose reason?"""
    plan = plan_or_404(slug)
    passage, base = passages.passage_of(plan.slug, number), newest_edition(plan)
    value = drafts.base_value(base, number) if base else None
    if passage is None or base is None or value is None:
        raise Http404
    form = _edit_form(request, base, value)
    if form.is_valid():
        try:
            actions.edit_passage(
                base=get_object_or_404(Edition, plan=plan, number=form.cleaned_data["base"]),
                passage=passage,
                values=form.values,
                by=person(request),
                at=timezone.now(),
            )
        except ValidationError as problem:
            put_back(form, problem)
        else:
            messages.success(request, _("Die Änderung steht in der Arbeitsfassung."))
            return redirect("publishing:draft", slug)
    context = {"plan": plan, "passage": passage, "base": base, "text": value[1], "form": form}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "publishing/edit_passage.html", context, status=status)


def _edit_form(request: HttpRequest, base: Edition, value: drafts.BaseValue) -> EditForm:
    _kind, text, pairs = value
    initial = {
        "proposal": Point.Proposal.REWORD,
        "text": text,
        "fields_text": "\n".join(f"{key}: {word}" for key, word in pairs),
        "base": base.number,
    }
    return EditForm(request.POST or None, initial=initial, has_fields=bool(pairs))


@require_POST
@allow(Role.SECRETARIAT)
def take_back(request: HttpRequest, slug: str, origin: int) -> HttpResponse:
    """Should this edit leave the draft again?"""
    found = get_object_or_404(Origin.objects.select_related("plan"), plan__slug=slug, pk=origin)
    if found.kind == Origin.Kind.POINT:
        messages.error(
            request,
            _(
                "Was ein Anliegen gebracht hat, verlässt die Arbeitsfassung durch eine neue Entscheidung."
            ),
        )
        return redirect("publishing:draft", slug)
    taken = plan_actions.take_back_acceptances(origin=found, by=person(request), at=timezone.now())
    if taken:
        messages.success(request, _("Die Änderung ist zurückgenommen."))
    else:
        messages.info(request, _("Die Änderung war schon zurückgenommen."))
    return redirect("publishing:draft", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.SECRETARIAT)
def freeze(request: HttpRequest, slug: str) -> HttpResponse:
    """Under which name does the draft become an edition?"""
    plan = plan_or_404(slug)
    form = FreezeForm(request.POST or None, initial={"dated_on": timezone.localdate()})
    outside = drafts.outside_of(plan)
    if form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():  # neither the edition nor the job stands without the other
                edition = plan_actions.freeze_draft(
                    plan=plan,
                    kind=Edition.Kind(data["kind"]),
                    title=data["title"],
                    dated_on=data["dated_on"],
                    by=person(request),
                    at=timezone.now(),
                )
                jobs.carry_proposals.enqueue(plan.pk)
        except ValidationError as problem:
            put_back(form, problem)
        else:
            return _frozen(request, edition, len(outside))
    context = {"plan": plan, "form": form, "outside": outside}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "publishing/freeze.html", context, status=status)


def _frozen(request: HttpRequest, edition: Edition, outside: int) -> HttpResponse:
    messages.success(
        request,
        _("%(edition)s ist angelegt. Öffentlich wird sie, wenn eine Beteiligung eröffnet wird.")
        % {"edition": edition},
    )
    if outside:
        messages.info(
            request,
            ngettext(
                "%(number)s strittige Änderung ist nicht darin; sie wartet in der Arbeitsfassung.",
                "%(number)s strittige Änderungen sind nicht darin; sie warten in der Arbeitsfassung.",
                outside,
            )
            % {"number": outside},
        )
    return redirect(edition)
