"""What is filled in to ask for more time, to answer, and to give it."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mitplan.conference.models import Organisation
from mitplan.participation.forms.consultations import DayInput

_SENTENCES = forms.Textarea(attrs={"rows": 3})
FOR_ALL, FOR_ONE, REFUSE = "all", "one", "refuse"


class RequestForm(forms.Form):
    """An organisation asks for more time."""

    wished_until = forms.DateField(label=_("Bis wann brauchen Sie Zeit?"), widget=DayInput)
    reason = forms.CharField(
        label=_("Warum?"),
        help_text=_("Der Antrag und die Antwort stehen öffentlich auf der Seite der Runde."),
        max_length=2000,
        widget=_SENTENCES,
    )
    contact = forms.EmailField(label=_("E-Mail-Adresse für die Antwort"), required=False)


class ExtensionForm(forms.Form):
    """The secretariat gives more time: to all, or to one organisation."""

    closes_on = forms.DateField(label=_("neuer letzter Tag"), widget=DayInput)
    organisation = forms.ChoiceField(
        label=_("Für wen?"),
        help_text=_("In der Regel für alle. Nur eine Organisation: der Grund ist öffentlich."),
        required=False,
    )
    reason = forms.CharField(label=_("Öffentlicher Grund"), max_length=2000, widget=_SENTENCES)

    def __init__(self, data: QueryDict | None, organisations: Iterable[Organisation]) -> None:
        super().__init__(data)
        self._by_pk = {str(each.pk): each for each in organisations}
        field = self.fields["organisation"]
        if isinstance(field, forms.ChoiceField):
            named = [(key, each.name) for key, each in self._by_pk.items()]
            field.choices = [("", _("für alle")), *named]

    @property
    def chosen(self) -> Organisation | None:
        """The one organisation, or None where it is for all."""
        return self._by_pk.get(self.cleaned_data["organisation"])


class AnswerForm(forms.Form):
    """The secretariat answers a request."""

    decision = forms.ChoiceField(
        label=_("Antwort"),
        choices=[
            (FOR_ALL, _("für alle verlängern")),
            (FOR_ONE, _("nur für diese Organisation verlängern")),
            (REFUSE, _("ablehnen")),
        ],
        widget=forms.RadioSelect,
        initial=FOR_ALL,
    )
    granted_until = forms.DateField(label=_("neuer letzter Tag"), widget=DayInput, required=False)
    answer = forms.CharField(label=_("Öffentliche Begründung"), max_length=2000, widget=_SENTENCES)

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("decision") != REFUSE and not data.get("granted_until"):
            self.add_error("granted_until", _("Bitte einen Tag angeben."))
        if data.get("decision") == REFUSE:
            data["granted_until"] = None
        return data
