"""The page of one passage."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mitplan.conference.permissions import allow_everyone
from mitplan.plan.permissions import may_read_draft
from mitplan.publishing.queries import passages, reading
from mitplan.publishing.queries.passages import PassageAsked
from mitplan.publishing.views.kept import kept


@require_safe
@allow_everyone
def passage(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Which wordings has this passage had, and who brought them?"""
    asked = passages.passage_asked(slug, number)
    if asked is None:
        raise Http404
    what = (asked.passage.pk, asked.record, timezone.localdate())
    return kept(request, what, lambda: _page(request, asked))


def _page(request: HttpRequest, asked: PassageAsked) -> HttpResponse:
    passage = asked.passage
    plan = passage.plan
    editions = reading.readable_editions(plan.slug, drafts=may_read_draft(request.user))
    history = passages.history_of(passage, editions)
    if history is None:
        raise Http404
    context = {
        "plan": plan,
        "plan_name": plan.title,
        "passage": passage,
        "history": history,
        "points": passages.points_at(passage, timezone.localdate()),
        "questions": passages.questions_at(passage) if asked.was_asked_about else (),
        "foundations": passages.foundations_of(passage) if asked.is_founded else (),
    }
    return render(request, "publishing/passage.html", context)
