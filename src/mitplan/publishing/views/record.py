"""The audit chain in public."""

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mitplan.accounts.models import Role
from mitplan.common.exports import table_response, wanted_ending
from mitplan.common.models import AuditEntry
from mitplan.conference.permissions import allow_everyone, has_role
from mitplan.publishing.queries import record
from mitplan.ui.tables import Column, Table, downloads, paginate

MOST_EXPORTED = 10_000


@require_safe
@allow_everyone
def audit(request: HttpRequest) -> HttpResponseBase:
    """How long is the record of all acts, and with which hash does it end?"""
    head = record.head()
    wanted = request.GET.get("format")
    if wanted == "json":
        return JsonResponse({"number": head.number, "hash": head.hash, "at": head.at})
    may_see_entries = has_role(request.user, Role.ADMINISTRATOR, Role.SECRETARIAT)
    if wanted_ending(request) and may_see_entries:
        return _file(request)
    context: dict[str, object] = {
        "head": head,
        "facts": [
            (_("Einträge"), head.number),
            (_("Prüfsumme des letzten Eintrags (SHA-256)"), head.hash),
            (_("letzter Eintrag"), head.at),
        ],
    }
    if may_see_entries:
        context["table"] = _table(request)
    return render(request, "publishing/audit.html", context)


def _table(request: HttpRequest) -> Table:
    page = paginate(request, record.entries(), per_page=50)
    return Table(
        _("Letzte Einträge"),
        [
            Column("number", _("Nummer"), is_numeric=True),
            Column("at", _("Zeitpunkt")),
            Column("event", _("Vorgang")),
            Column("thing", _("betrifft")),
            Column("hash", _("Prüfsumme")),
        ],
        [_row(entry) for entry in page.object_list],
        page=page,
        downloads=downloads(request),
    )


def _row(entry: AuditEntry) -> tuple[object, ...]:
    thing = f"{record.thing_name(entry.object_label)} {entry.object_id}"
    return str(entry.number), entry.at, entry.event, thing, f"{entry.hash[:12]}…"


def _file(request: HttpRequest) -> HttpResponseBase:
    columns = (
        "number",
        "at",
        "event",
        "object_label",
        "object_id",
        "details_hash",
        "previous_hash",
        "hash",
    )
    rows = record.entries().values_list(*columns)[:MOST_EXPORTED]
    return table_response(request, "protokoll", columns, rows)
