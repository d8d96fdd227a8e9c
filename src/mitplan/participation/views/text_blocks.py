"""Text blocks: the sentences that reason many decisions, and where they are used."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mitplan.accounts.models import Role
from mitplan.conference.permissions import allow
from mitplan.participation import actions
from mitplan.participation.forms.decisions import TextBlockForm
from mitplan.participation.models import Outcome, TextBlock
from mitplan.participation.queries import decisions
from mitplan.participation.views.access import person
from mitplan.ui.tables import Column, Empty, Table
from mitplan.ui.values import Link, Status


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def text_blocks(request: HttpRequest) -> HttpResponse:
    """With which sentences do we give reasons, and where?"""
    form = TextBlockForm(request.POST or None)
    if request.method == "POST" and _saved(request, form, None):
        return redirect("participation:text_blocks")
    listed = Table(
        _("Textbausteine"),
        [
            Column("title", _("Titel"), is_original=True),
            Column("outcome", _("Entscheidung")),
            Column("sentence", _("Satz"), is_original=True),
            Column("uses", _("verwendet"), is_numeric=True),
        ],
        [_block_row(block) for block in decisions.text_blocks()],
        empty=Empty(
            _("Noch kein Textbaustein."),
            _(
                "Ein Baustein füllt Entscheidung, Grund und Satz auf einmal aus. Legen Sie unten "
                "den ersten an."
            ),
        ),
    )
    context = {"table": listed, "form": form}
    return render(
        request, "participation/text_blocks.html", context, status=422 if form.errors else 200
    )


def _block_row(block: TextBlock) -> list[object]:
    uses: int = getattr(block, "uses", 0)
    where = f"{reverse('participation:points')}?baustein={block.key}"
    return [
        Link(block.title, reverse("participation:text_block", args=[block.key])),
        Status(block.outcome, str(Outcome(block.outcome).label)),
        block.sentence,
        Link(str(uses), where) if uses else 0,
    ]


@require_http_methods(["GET", "POST"])
@allow(Role.SECRETARIAT)
def text_block(request: HttpRequest, key: str) -> HttpResponse:
    """How does this text block read?"""
    block = get_object_or_404(TextBlock, key=key)
    form = TextBlockForm(request.POST or None, instance=block)
    if request.method == "POST" and _saved(request, form, block):
        return redirect("participation:text_blocks")
    context = {"block": block, "form": form}
    return render(
        request, "participation/text_block.html", context, status=422 if form.errors else 200
    )


def _saved(request: HttpRequest, form: TextBlockForm, block: TextBlock | None) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.save_text_block(
            values=form.values(), by=person(request), at=timezone.now(), block=block
        )
    except ValidationError as problem:
        form.add_error(None, problem)
        return False
    messages.success(request, _("Der Textbaustein ist gespeichert."))
    return True
