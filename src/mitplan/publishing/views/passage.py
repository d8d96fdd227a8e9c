"""The page of one passage."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mitplan.conference.permissions import allow_everyone
from mitplan.plan.models import Passage
from mitplan.plan.permissions import may_read_draft
from mitplan.publishing.queries import passages, reading
from mitplan.publishing.views.kept import kept


@require_safe
@allow_everyone
def passage(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Which wordings has this passage had, and who brought them?"""
    found = passages.passage_of(slug, number)
    if found is None:
        raise Http404
    what = (found.pk, reading.state_of_the_record(), timezone.localdate())
    return kept(request, what, lambda: _page(request, found))


def _page(request: HttpRequest, passage: Passage) -> HttpResponse:
    plan = passage.plan
    editions = reading.readable_editions(plan.slug, drafts=may_read_draft(request.user))
    history = passages.history_of(passage, editions)
    if history is None:
        raise Http404
    today = timezone.localdate()
    points = passages.points_at(passage, today)
    open_points = [point for point in points if point.is_open]
    work = reading.open_work_at(passage, today)
    before, after = passages.neighbours(passage, history.last_edition)
    context = {
        "plan": plan,
        "plan_name": plan.title,
        "passage": passage,
        "history": history,
        "points": points,
        "open_points": open_points,
        "work": work,
        "unseen": work.points - len(open_points) if work else 0,
        "questions": passages.questions_at(passage),
        "foundations": passages.foundations_of(passage),
        "before": before,
        "after": after,
    }
    return render(request, "publishing/passage.html", context)
