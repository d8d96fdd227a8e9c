"""What stands beside each passage of the text people write to."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mitplan.participation.forms.take_part import InsertionForm, RemarkForm
from mitplan.participation.models import Point
from mitplan.participation.queries import drafts, texts
from mitplan.participation.queries.texts import Difference, TextPassage
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
    def difference(self) -> Difference:
        """The difference that the words in the form would make."""
        written = str(self.form["proposed_text"].value() or "")
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


def difference_part(request: HttpRequest, difference: Difference) -> HttpResponse:
    """Answer with a difference alone, for htmx."""
    context = {"segments": difference.segments, "changed": difference.changed}
    return render(request, "participation/parts/difference.html", context)


class Margin:
    """The slots beside a text; only where something was written stands more than a link."""

    def __init__(
        self,
        request: HttpRequest,
        desk: Desk,
        remarks: Iterable[Point],
        unremarked: set[int],
        opened: Slot | None = None,
    ) -> None:
        self._request = request
        self._desk = desk
        self._unremarked = unremarked
        self._opened = opened
        self._invitation = escape(_("Ändern oder kommentieren"))
        self._at_passage: dict[int | None, list[Point]] = {}
        for point in remarks:
            self._at_passage.setdefault(point.passage_id, []).append(point)

    def beside(self, passages: Iterable[TextPassage]) -> list[ReaderPassage]:
        """Return the text for the reader, with the slots."""
        return [_for_reader(passage, self.slot(passage)) for passage in passages]

    def slot(self, passage: TextPassage) -> SafeString:
        """Return what stands beside one passage."""
        if self._opened and self._opened.passage.number == passage.number:
            return self._rendered("slot_open", passage)
        if passage.pk in self._at_passage or passage.pk in self._unremarked:
            return self._rendered("slot", passage)
        return self._link(passage.number)

    def _link(self, number: int) -> SafeString:
        """Write the link by hand: there are hundreds, and a template for each would take its time."""
        base = escape(self._desk.base)
        return SafeString(
            f'<div class="pa-slot" id="s{number}">'
            f'<a class="pa-open" href="{base}?stelle={number}#t{number}" '
            f'hx-get="{base}stelle/{number}/" hx-target="#s{number}" hx-swap="outerHTML">'
            f'{self._invitation}<span class="kern-sr-only"> ({number})</span></a></div>'
        )

    def _rendered(self, template: str, passage: TextPassage) -> SafeString:
        points = self._at_passage.get(passage.pk, [])
        context = {
            "desk": self._desk,
            "passage": passage,
            "slot": self._opened,
            "cards": [drafts.card_of(point, {passage.number: passage}) for point in points],
            "is_unremarked": passage.pk in self._unremarked,
        }
        return render_to_string(f"participation/parts/{template}.html", context, self._request)


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
