"""Pages of the room ui: the language switch and the gallery of components."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from mitplan.ui.gallery import specimens


@csrf_exempt  # a token on each public page would keep it out of every cache; a language harms nobody
@require_POST
def switch_language(request: HttpRequest) -> HttpResponse:
    """In which language shall the pages speak?"""
    return set_language(request)


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Which building blocks do the pages consist of, and how do they look?"""
    return render(request, "ui/gallery.html", specimens())
