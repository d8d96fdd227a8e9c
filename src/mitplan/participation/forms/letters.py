"""What the secretariat says of blocks of a letter."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mitplan.participation.actions import BlockValues
from mitplan.participation.models import Point
from mitplan.plan.models import Edition, Entry, FieldOfAction


class BlockForm(forms.Form):
    """What the chosen blocks demand, and where."""

    excerpt = forms.CharField(
        label=_("Nur dieser Ausschnitt"),
        help_text=_(
            "Wörter aus einem angekreuzten Block, genau wie sie dort stehen. Wer sie oben markiert, hat sie "
            "hier schon."
        ),
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("Art"),
        choices=[each for each in Point.Kind.choices if each[0] != Point.Kind.ANSWER],
        required=False,
    )
    passage = forms.IntegerField(
        label=_("Textstelle"),
        required=False,
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    proposed_text = forms.CharField(
        label=_("Vorgeschlagener Wortlaut der Textstelle"),
        help_text=_("Nur wenn das Schreiben einen nennt: der ganze neue Wortlaut."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    field = forms.ChoiceField(label=_("Handlungsfeld"), required=False)

    def __init__(
        self, data: QueryDict | None, edition: Edition, fields: Sequence[FieldOfAction]
    ) -> None:
        super().__init__(data)
        self._edition = edition
        self._fields = {str(each.pk): each for each in fields}
        self._entry: Entry | None = None
        field = self.fields["field"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "–"), *((key, each.name) for key, each in self._fields.items())]

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        number = data.get("passage")
        if number:
            entries = self._edition.entries.select_related("passage__plan", "wording")
            self._entry = entries.filter(passage__number=number).first()
            if self._entry is None:
                self.add_error("passage", _("Diese Textstelle gibt es in der Fassung nicht."))
        if data.get("proposed_text") and not number:
            self.add_error("passage", _("Ein Wortlaut braucht eine Textstelle."))
        return data

    def values(self) -> BlockValues:
        """Return what was said."""
        data = self.cleaned_data
        return BlockValues(
            kind=Point.Kind(data["kind"] or Point.Kind.SUGGESTION),
            passage=self._entry.passage if self._entry else None,
            quote=self._entry.wording.text if self._entry else "",
            field=self._fields.get(data["field"]),
            proposed_text=data["proposed_text"],
        )
