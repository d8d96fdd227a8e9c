"""What stands beside each passage of the text people write to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mitplan.participation.forms.take_part import InsertionForm, RemarkForm
from mitplan.participation.models import Point
from mitplan.participation.queries import drafts
from mitplan.participation.queries.drafts import PointCard
from mitplan.participation.queries.proposals import Change, changes_of
from mitplan.participation.queries.remarks import Place, Preview
from mitplan.participation.queries.texts import Difference, TextPassage
from mitplan.participation.views.desk import Desk
from mitplan.ui.reader import ReaderPassage

HERE, BEHIND = "hier", "danach"


@dataclass(frozen=True)
class Slot:
    """The open form at a passage."""

    at: Place
    place: str
    form: RemarkForm | InsertionForm
    preview: Preview

    @property
    def passage(self) -> TextPassage:
        """The passage it stands at."""
        return self.at.passage

    @property
    def is_new(self) -> bool:
        """Whether nothing was written here before."""
        return self.at.standing is None

    @property
    def page(self) -> str:
        """The address of this form below the desk."""
        suffix = "danach/" if self.place == BEHIND else ""
        return f"stelle/{self.passage.number}/{suffix}"


def difference_part(request: HttpRequest, difference: Difference) -> HttpResponse:
    """Answer with a difference alone, for htmx."""
    context = {"segments": difference.segments, "changed": difference.changed}
    return render(request, "participation/parts/difference.html", context)


def preview_part(request: HttpRequest, preview: Preview) -> HttpResponse:
    """Answer with what a wish would change alone, for htmx."""
    return render(request, "participation/parts/preview.html", {"preview": preview})


@dataclass(frozen=True)
class Note:
    """What stands at one passage: a whole point, or the part of its proposal that concerns it."""

    card: PointCard
    change: Change | None
    is_part: bool

    @property
    def is_one_of_several(self) -> bool:
        """Whether its proposal changes more than this."""
        return len(self.card.changes) > 1

    @property
    def first(self) -> int | None:
        """The passage at which the whole proposal is shown."""
        return self.card.changes[0].passage.number if self.card.changes else None

    @property
    def way(self) -> str:
        """Which of the two forms of the passage it was written with."""
        return BEHIND if self.change and self.change.inserts else HERE


class Margin:
    """The slots beside a text; only where something was written stands more than a link."""

    def __init__(
        self,
        request: HttpRequest,
        desk: Desk,
        remarks: Iterable[Point],
        unremarked: set[int],
        passages: Iterable[TextPassage],
        *,
        opened: Slot | None = None,
        collecting: int | None = None,
    ) -> None:
        self._request = request
        self._desk = desk
        self._unremarked = unremarked
        self._opened = opened
        self._collecting = collecting
        self._passages = {each.number: each for each in passages}
        self._notes = _by_passage(remarks, self._passages)
        self._invitation = escape(_("Ändern oder kommentieren"))

    def beside(self) -> list[ReaderPassage]:
        """Return the text for the reader, with the slots."""
        return [_for_reader(each, self.slot(each)) for each in self._passages.values()]

    def slot(self, passage: TextPassage) -> SafeString:
        """Return what stands beside one passage."""
        if self._opened and self._opened.passage.number == passage.number:
            return self._rendered("slot_open", passage)
        if passage.pk in self._notes or passage.pk in self._unremarked:
            return self._rendered("slot", passage)
        return self._link(passage.number)

    def _link(self, number: int) -> SafeString:
        """Write the link by hand: there are hundreds, and a template for each would take its time."""
        base = escape(self._desk.base)
        more = f"vorschlag={self._collecting}" if self._collecting else ""
        return SafeString(
            f'<div class="pa-slot" id="s{number}">'
            f'<a class="pa-open" href="{base}?stelle={number}{more and f"&amp;{more}"}#t{number}" '
            f'hx-get="{base}stelle/{number}/{more and f"?{more}"}" '
            f'hx-target="#s{number}" hx-swap="outerHTML">'
            f'{self._invitation}<span class="kern-sr-only"> ({number})</span></a></div>'
        )

    def _rendered(self, template: str, passage: TextPassage) -> SafeString:
        context = {
            "desk": self._desk,
            "passage": passage,
            "slot": self._opened,
            "notes": self._notes.get(passage.pk, []),
            "is_unremarked": passage.pk in self._unremarked,
        }
        return render_to_string(f"participation/parts/{template}.html", context, self._request)


def _by_passage(
    remarks: Iterable[Point], passages: Mapping[int, TextPassage]
) -> dict[int | None, list[Note]]:
    notes: dict[int | None, list[Note]] = {}
    for point in remarks:
        whole = drafts.card_of(point, passages)
        for index, change in enumerate(changes_of(point) or (None,)):
            place = change.passage.pk if change else point.passage_id
            card = drafts.card_of_part(whole, change, passages) if index and change else whole
            notes.setdefault(place, []).append(Note(card, change, is_part=index > 0))
    return notes


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
