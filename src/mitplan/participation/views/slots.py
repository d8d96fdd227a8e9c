"""What stands beside each passage of the text people write to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mitplan.participation.forms.take_part import InsertionForm, RemarkForm
from mitplan.participation.models import Point
from mitplan.participation.queries import drafts, texts
from mitplan.participation.queries.texts import TextPassage
from mitplan.participation.views.desk import Desk
from mitplan.ui.reader import ReaderPassage


@dataclass(frozen=True)
class Slot:
    """The open form at a passage."""

    passage: TextPassage
    place: str
    form: RemarkForm | InsertionForm
    point: Point | None

    @property
    def segments(self) -> Sequence[object]:
        """The difference that the words in the form would make."""
        written = str(self.form["proposed_text"].value() or "").replace("\r\n", "\n").strip()
        if isinstance(self.form, InsertionForm):
            return texts.difference_between("", written)
        if self.form["deletes"].value():
            return texts.difference_between(self.passage.text, "")
        return texts.difference_between(self.passage.text, written)

    @property
    def page(self) -> str:
        """The address of this form below the desk."""
        suffix = "danach/" if isinstance(self.form, InsertionForm) else ""
        return f"stelle/{self.passage.number}/{suffix}"


def passages_with_slots(
    request: HttpRequest,
    desk: Desk,
    passages: Iterable[TextPassage],
    remarks: Iterable[Point],
    unremarked: set[int],
    opened: Slot | None,
) -> list[ReaderPassage]:
    """Return the text for the reader; only where something was written stands more than a link."""
    at_passage: dict[int | None, list[Point]] = {}
    for point in remarks:
        at_passage.setdefault(point.passage_id, []).append(point)
    invitation = escape(_("Ändern oder kommentieren"))
    shown = []
    for passage in passages:
        points = at_passage.get(passage.pk, [])
        if opened and opened.passage.number == passage.number:
            slot = _rendered(request, desk, passage, points, unremarked, opened)
        elif points or passage.pk in unremarked:
            slot = _rendered(request, desk, passage, points, unremarked, None)
        else:
            slot = _link(desk, passage.number, invitation)
        shown.append(_for_reader(passage, slot))
    return shown


def _link(desk: Desk, number: int, words: str) -> SafeString:
    """Write the link by hand: there are hundreds, and a template for each would take its time."""
    base = escape(desk.base)
    return SafeString(
        f'<div class="pa-slot" id="s{number}"><a class="pa-open" href="{base}?stelle={number}#t{number}" '
        f'hx-get="{base}stelle/{number}/" hx-target="#s{number}" hx-swap="outerHTML">{words}'
        f'<span class="kern-sr-only"> ({number})</span></a></div>'
    )


def _rendered(
    request: HttpRequest,
    desk: Desk,
    passage: TextPassage,
    points: Iterable[Point],
    unremarked: set[int],
    opened: Slot | None,
) -> SafeString:
    template = "slot_open" if opened else "slot"
    context = {
        "desk": desk,
        "passage": passage,
        "slot": opened,
        "cards": [drafts.card_of(point, {passage.number: passage}) for point in points],
        "is_unremarked": passage.pk in unremarked,
    }
    return render_to_string(f"participation/parts/{template}.html", context, request)


def _for_reader(passage: TextPassage, slot: SafeString) -> ReaderPassage:
    return ReaderPassage(
        kind=passage.kind,
        text=passage.text,
        level=passage.level,
        label=passage.label,
        id=f"t{passage.number}",
        number=str(passage.number),
        fields=passage.fields,
        extra=slot,
    )
