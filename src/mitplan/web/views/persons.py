"""What is kept about a person: for oneself, and for the administrator about everybody."""

import json

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mitplan.accounts.models import Role, User
from mitplan.common.exports import table_response, wanted_ending
from mitplan.conference.permissions import allow
from mitplan.publishing.views.access import person as signed_in
from mitplan.ui.tables import Column, Table, downloads, paginate
from mitplan.ui.values import Link
from mitplan.web.actions.persons import erase_person
from mitplan.web.permissions import may_handle_data_of
from mitplan.web.queries import personal_data

CONFIRMED = "verstanden"


@require_safe
@allow(Role.ADMINISTRATOR)
def persons(request: HttpRequest) -> HttpResponseBase:
    """Who has an account here?"""
    found = personal_data.persons()
    if wanted_ending(request):
        names = [_("Name"), _("E-Mail-Adresse"), _("Amt"), _("letzter Besuch")]
        rows = ((each.name, each.email, each.office, each.last_visit_at) for each in found)
        return table_response(request, "personen", names, rows)
    page = paginate(request, found, per_page=50)
    table = Table(
        _("Personen mit Konto"),
        [
            Column("name", _("Name"), is_original=True),
            Column("email", _("E-Mail-Adresse")),
            Column("office", _("Amt")),
            Column("active", _("Konto")),
        ],
        [_row(each) for each in page.object_list],
        page=page,
        downloads=downloads(request),
    )
    return render(request, "web/persons.html", {"table": table})


def _row(person: User) -> list[object]:
    return [
        Link(str(person), reverse("web:person", args=[person.pk])),
        person.email,
        person.get_office_display(),
        _("aktiv") if person.is_active else _("geschlossen"),
    ]


def _person(request: HttpRequest, pk: int | None) -> User:
    """Return the person the page is about, if the one who asks may know."""
    wanted = signed_in(request) if pk is None else get_object_or_404(personal_data.persons(), pk=pk)
    if not may_handle_data_of(signed_in(request), wanted):
        raise PermissionDenied
    return wanted


@require_safe
@never_cache
@allow(Role.PERSON)
def own_data(request: HttpRequest) -> HttpResponse:
    """What is kept about me, and can it be erased?"""
    return _page(request, None)


@require_safe
@never_cache
@allow(Role.ADMINISTRATOR)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """What is kept about this person, and can it be erased?"""
    return _page(request, pk)


def _page(request: HttpRequest, pk: int | None) -> HttpResponse:
    wanted = _person(request, pk)
    tables = personal_data.data_of(wanted)["tables"]
    found = tables if isinstance(tables, dict) else {}
    context = {
        "person": wanted,
        "is_own": wanted.pk == signed_in(request).pk,
        "pk": pk,
        "rows": sum(len(rows) for rows in found.values()),
        "tables": len(found),
        "file": reverse("web:own_data_file" if pk is None else "web:person_file", args=_at(pk)),
        "erase": reverse("web:erase_own" if pk is None else "web:erase_person", args=_at(pk)),
    }
    return render(request, "web/person.html", context)


def _at(pk: int | None) -> list[int]:
    return [] if pk is None else [pk]


@require_safe
@never_cache
@allow(Role.PERSON)
def own_data_file(request: HttpRequest) -> HttpResponse:
    """What exactly is kept about me, as a file?"""
    return _file(request, None)


@require_safe
@never_cache
@allow(Role.ADMINISTRATOR)
def person_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What exactly is kept about this person, as a file?"""
    return _file(request, pk)


def _file(request: HttpRequest, pk: int | None) -> HttpResponse:
    wanted = _person(request, pk)
    text = json.dumps(personal_data.data_of(wanted), ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": f'attachment; filename="person-{wanted.pk}.json"'}
    return HttpResponse(text, content_type="application/json", headers=headers)


@require_POST
@allow(Role.PERSON)
def erase_own(request: HttpRequest) -> HttpResponse:
    """Is everything that names me to be erased?"""
    return _erase(request, None)


@require_POST
@allow(Role.ADMINISTRATOR)
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Is everything that names this person to be erased?"""
    return _erase(request, pk)


def _erase(request: HttpRequest, pk: int | None) -> HttpResponse:
    wanted = _person(request, pk)
    is_own = wanted.pk == signed_in(request).pk
    back = redirect("web:own_data") if pk is None else redirect("web:person", pk)
    if CONFIRMED not in request.POST:
        messages.error(request, _("Bitte bestätigen, dass sich das nicht rückgängig machen lässt."))
        return back
    try:
        erased = erase_person(person=wanted, by=signed_in(request), at=timezone.now())
    except ValidationError as problem:
        for text in problem.messages:
            messages.error(request, text)
        return back
    if is_own:
        logout(request)
        messages.success(request, _("Ihr Konto ist geschlossen, Name und Adresse sind gelöscht."))
        return redirect("web:start")
    messages.success(request, _("Gelöscht; jetzt «%(name)s».") % {"name": erased.name})
    return redirect("web:persons")
