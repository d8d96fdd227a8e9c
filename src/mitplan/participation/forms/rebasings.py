"""What submitters fill in when the text has moved on."""

from collections.abc import Iterator, Mapping, Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mitplan.participation.actions import ReworkValues
from mitplan.participation.forms.decisions import PassageField
from mitplan.participation.models import Point, Rebasing
from mitplan.participation.queries.effects import Effect, EffectKind
from mitplan.participation.queries.proposals import changes_of
from mitplan.participation.queries.remarks import Wish
from mitplan.plan.models import Passage

CHOICES = [
    (Point.Proposal.REWORD, _("Wortlaut ändern")),
    (Point.Proposal.INSERT_AFTER, _("danach etwas einfügen")),
    (Point.Proposal.DELETE, _("streichen")),
    (Point.Proposal.MOVE, _("verschieben")),
    (Point.Proposal.SPLIT, _("teilen")),
    (Point.Proposal.JOIN, _("mit der nächsten zusammenführen")),
]
MOST_ROWS = 30


class ReworkRow(forms.Form):
    """What shall happen to one passage of the newer edition; without a number it is left out."""

    use_required_attribute = False

    passage = PassageField(label=_("Textstelle"))
    proposal = forms.ChoiceField(label=_("Was schlagen Sie vor?"), choices=CHOICES, required=False)
    target = PassageField(label=_("Hinter welche Textstelle?"))
    proposed_text = forms.CharField(
        label=_("Wortlaut, den Sie jetzt vorschlagen"),
        help_text=_("Eine Leerzeile teilt die Textstelle: Dahinter beginnt eine neue."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )

    def __init__(
        self, data: QueryDict | None, number: int, rebasing: Rebasing, initial: Mapping[str, object]
    ) -> None:
        super().__init__(data, prefix=f"stelle-{number}", initial=dict(initial))
        self._plan = rebasing.edition.plan

    def clean_passage(self) -> Passage | None:
        """Return the passage with the number that was written."""
        return self._passage("passage")

    def clean_target(self) -> Passage | None:
        """Return the passage behind which it shall stand."""
        return self._passage("target")

    def _passage(self, name: str) -> Passage | None:
        number = self.cleaned_data[name]
        if not number:
            return None
        found = Passage.objects.filter(plan=self._plan, number=number).select_related("plan")
        passage = found.first()
        if passage is None:
            raise forms.ValidationError(
                _("Bitte die Nummer einer Textstelle der neuen Fassung angeben.")
            )
        return passage

    @property
    def wish(self) -> tuple[Passage, Wish] | None:
        """What was chosen and written, and where."""
        data = self.cleaned_data
        if data["passage"] is None:
            return None
        proposal = Point.Proposal(data["proposal"] or Point.Proposal.REWORD)
        target = data["target"] if proposal == Point.Proposal.MOVE else None
        return data["passage"], Wish(proposal, data["proposed_text"], target)


class ReworkForm:
    """The whole proposal, written anew on the newer edition: a row for each passage, and one to spare."""

    def __init__(self, data: QueryDict | None, rebasing: Rebasing, effects: list[Effect]) -> None:
        first = list(_first_rows(rebasing.point, effects))
        sent = data.get("stellen", "") if data else ""
        count = min(int(sent), MOST_ROWS) if sent.isdecimal() else len(first) + 1
        self.is_bound = data is not None
        self.problems: list[str] = []
        self.rows = [
            ReworkRow(data, number, rebasing, first[number - 1] if number <= len(first) else {})
            for number in range(1, count + 1)
        ]

    def is_valid(self) -> bool:
        """Tell whether every row can be understood."""
        understood = [row.is_valid() for row in self.rows]
        return all(understood)

    def add_problem(self, problem: ValidationError) -> None:
        """Keep what is wrong with the whole."""
        self.problems += problem.messages

    def values(self) -> ReworkValues:
        """Return what was written."""
        return [wish for row in self.rows if (wish := row.wish)]


def _first_rows(point: Point, effects: Sequence[Effect]) -> Iterator[dict[str, object]]:
    """Yield what to begin with: what the proposal makes of the new text, or the old proposal."""
    if effects:
        yield from map(_row_of_effect, effects)
        return
    for change in changes_of(point):
        yield {
            "passage": change.passage.number,
            "proposal": change.proposal,
            "target": change.target.number if change.target else None,
            "proposed_text": change.text,
        }


PROPOSALS = {
    EffectKind.CHANGED: Point.Proposal.REWORD,
    EffectKind.INSERTED: Point.Proposal.INSERT_AFTER,
    EffectKind.DELETED: Point.Proposal.DELETE,
    EffectKind.MOVED: Point.Proposal.MOVE,
    EffectKind.DIVIDED: Point.Proposal.SPLIT,
    EffectKind.JOINED: Point.Proposal.JOIN,
}


def _row_of_effect(effect: Effect) -> dict[str, object]:
    behind = effect.behind.number if effect.behind else None
    inserts = effect.kind == EffectKind.INSERTED
    return {
        "passage": behind if inserts else effect.number,
        "proposal": PROPOSALS[effect.kind],
        "target": None if inserts else behind,
        "proposed_text": effect.words,
    }
