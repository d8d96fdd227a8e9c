"""What submitters fill in when the text has moved on."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mitplan.participation.actions import ReworkValues
from mitplan.participation.forms.decisions import PassageField
from mitplan.participation.models import Point, Rebasing
from mitplan.participation.queries.effects import Effect
from mitplan.plan.models import Passage


class ReworkForm(forms.Form):
    """The proposal, written anew on the newer edition."""

    passage = PassageField(label=_("Textstelle"))
    proposed_text = forms.CharField(
        label=_("Wortlaut, den Sie jetzt vorschlagen"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    inserts = forms.BooleanField(
        label=_("Als neue Stelle dahinter einfügen, statt sie zu ändern"), required=False
    )
    deletes = forms.BooleanField(label=_("Diese Stelle ganz streichen"), required=False)

    def __init__(self, data: QueryDict | None, rebasing: Rebasing, effects: list[Effect]) -> None:
        super().__init__(data, initial=_first_values(rebasing.point, effects))
        self._plan = rebasing.edition.plan

    def clean_passage(self) -> Passage:
        """Return the passage with the number that was written."""
        number = self.cleaned_data["passage"]
        passage = Passage.objects.filter(plan=self._plan, number=number or 0).first()
        if passage is None:
            raise forms.ValidationError(
                _("Bitte die Nummer einer Textstelle der neuen Fassung angeben.")
            )
        return passage

    def values(self) -> ReworkValues:
        """Return what was written."""
        data = self.cleaned_data
        return ReworkValues(
            data["passage"], data["proposed_text"], inserts=data["inserts"], deletes=data["deletes"]
        )


def _first_values(point: Point, effects: list[Effect]) -> dict[str, object]:
    """Return the words to begin with: what the proposal makes of the new text, or the old proposal."""
    inserts = point.proposal == Point.Proposal.INSERT_AFTER
    made = effects[0].words if effects else point.proposed_text
    return {
        "passage": point.passage.number if point.passage else None,
        "proposed_text": made or point.proposed_text,
        "inserts": inserts,
        "deletes": point.proposal == Point.Proposal.DELETE,
    }
