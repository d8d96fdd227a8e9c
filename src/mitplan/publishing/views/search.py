"""The search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mitplan.conference.permissions import allow_everyone
from mitplan.publishing import actions, jobs
from mitplan.publishing.forms.search import SearchForm
from mitplan.publishing.models import SearchEntry
from mitplan.publishing.queries import search as found
from mitplan.ui.tables import paginate

PER_PAGE = 20


@require_safe
@allow_everyone
def search(request: HttpRequest) -> HttpResponse:
    """Where does the plan, a point, a goal or a project speak about this?"""
    form = SearchForm(request.GET or None)
    data = form.cleaned_data if form.is_valid() else {}
    question = found.Question.of(data.get("q", ""))
    hits = found.Hits(question, data.get("art", ""))
    fresh = found.freshness(timezone.localdate())
    if fresh.is_behind and actions.ask_for_rebuild(at=timezone.now()):
        jobs.refresh_search.enqueue()
    context = {
        "form": form,
        "question": question,
        "q": data.get("q", ""),
        "kind": data.get("art", ""),
        "page": paginate(request, hits, per_page=PER_PAGE),
        "total": sum(hits.counts.values()),
        "kinds": [
            (value, label, hits.counts[value])
            for value, label in SearchEntry.Kind.choices
            if value in hits.counts
        ],
        "fresh": fresh,
    }
    return render(request, "publishing/search.html", context)
