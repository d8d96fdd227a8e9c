"""Who signed a submission, too."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mitplan.conference.models import Organisation


class CoSignerForm(forms.Form):
    """One more organisation that signed."""

    organisation = forms.ChoiceField(label=_("Organisation"))

    def __init__(self, data: QueryDict | None, organisations: Iterable[Organisation]) -> None:
        super().__init__(data)
        self._by_pk = {str(each.pk): each for each in organisations}
        field = self.fields["organisation"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", _("bitte wählen")),
                *((key, each.name) for key, each in self._by_pk.items()),
            ]

    @property
    def chosen(self) -> Organisation:
        """Who signed."""
        return self._by_pk[self.cleaned_data["organisation"]]
