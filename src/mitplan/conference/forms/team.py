"""What an organisation fills in about its own people."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mitplan.conference.models import Delegation, Mandate


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date"})


class DelegationForm(forms.Form):
    """Who acts for the member, from when until when, and why."""

    deputy = forms.ChoiceField(label=_("Vertretung"))
    cause = forms.ChoiceField(label=_("Anlass"), choices=Delegation.Cause.choices)
    begins_on = forms.DateField(label=_("erster Tag"), widget=_day())
    ends_on = forms.DateField(label=_("letzter Tag"), widget=_day())

    def __init__(self, data: QueryDict | None, deputies: Iterable[Mandate]) -> None:
        super().__init__(data, prefix="vertretung")
        self._by_pk = {str(each.pk): each for each in deputies}
        field = self.fields["deputy"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(key, str(each.user)) for key, each in self._by_pk.items()]

    @property
    def chosen(self) -> Mandate:
        """The deputy that was chosen."""
        return self._by_pk[self.cleaned_data["deputy"]]


class ColleagueForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label=_("Persönliche E-Mail-Adresse"),
        help_text=_(
            "Jede Person meldet sich mit ihrer eigenen Adresse an, nie mit einer gemeinsamen."
        ),
    )
    kind = forms.ChoiceField(
        label=_("Als"),
        choices=[
            (each.value, each.label) for each in (Mandate.Kind.CONTRIBUTOR, Mandate.Kind.DEPUTY)
        ],
    )

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__(data, prefix="einladung")


class AcceptForm(forms.Form):
    """The name of who accepts."""

    name = forms.CharField(
        label=_("Ihr Name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
