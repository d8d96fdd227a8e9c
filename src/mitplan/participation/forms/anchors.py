"""What is filled in on the places a point speaks about."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mitplan.participation.forms.decisions import PassageField
from mitplan.participation.models import Anchor, Point
from mitplan.plan.models import Passage

Kind = Anchor.Kind


class AnchorForm(forms.Form):
    """One more place, or where a lost one belongs now."""

    place = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Art"), choices=[])
    passage = PassageField(label=_("Textstelle"))
    reason = forms.CharField(label=_("Begründung in einem Satz"), required=False)

    def __init__(self, point: Point, *args: Any, settles: bool = False, **options: Any) -> None:  # noqa: ANN401 – a form's own
        super().__init__(*args, **options)
        self._plan = point.edition.plan
        kinds = [Kind.PASSAGE, Kind.CHAPTER, Kind.MISSING] + ([Kind.LEFT] if settles else [])
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(kind.value, kind.label) for kind in kinds]
        if not settles:
            del self.fields["reason"]

    def clean_passage(self) -> Passage | None:
        number = self.cleaned_data["passage"]
        return Passage.objects.filter(plan=self._plan, number=number).first() if number else None
