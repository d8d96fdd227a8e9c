"""The changes between two editions, to be read and decided on in Word."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mitplan.conference.permissions import allow_everyone
from mitplan.publishing.queries import reading
from mitplan.publishing.queries.redline import as_redline
from mitplan.publishing.views.access import editions_or_404
from mitplan.publishing.views.files import DOCX
from mitplan.publishing.views.kept import kept


@require_safe
@allow_everyone
def redline(request: HttpRequest, slug: str, old: int, new: int) -> HttpResponse:
    """How can I see in Word what changed between two editions, by whom and when?"""
    before, after = editions_or_404(request, slug, old, new)
    what = (before.content_hash, after.content_hash, reading.state_of_the_record())

    def answer() -> HttpResponse:
        response = HttpResponse(as_redline(before, after), content_type=DOCX)
        name = f"{slug}-aenderungen-{old}-{new}.docx"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    return kept(request, what, answer)
