"""What is filled in to suggest something at any time."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mitplan.participation.actions import Sender, SuggestionValues
from mitplan.participation.models import LONGEST_SUGGESTION, Consultation
from mitplan.plan.models import Passage, Plan


class SuggestionForm(forms.Form):
    """A suggestion, and the passage it is about."""

    text = forms.CharField(
        label=_("Ihr Vorschlag"),
        max_length=LONGEST_SUGGESTION,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    passage = forms.IntegerField(
        label=_("Nummer der Textstelle, wenn es um eine bestimmte geht"),
        min_value=1,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    plan = forms.ChoiceField(label=_("Zu welchem Plan?"))

    def __init__(self, data: QueryDict | None, plans: Sequence[Plan], **kwargs: Any) -> None:  # noqa: ANN401 – Django's own
        super().__init__(data, **kwargs)
        self._plans = {str(each.pk): each for each in plans}
        field = self.fields["plan"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(key, each.title) for key, each in self._plans.items()]
        if len(plans) == 1:
            field.widget = forms.HiddenInput()
            field.initial = plans[0].pk

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        number, plan = data.get("passage"), self._plans.get(data.get("plan", ""))
        data["passage"] = None
        if number and plan:
            data["passage"] = Passage.objects.filter(plan=plan, number=number).first()
            if data["passage"] is None:
                self.add_error(
                    "passage", _("Diese Textstelle gibt es nicht. Bitte die Nummer prüfen.")
                )
        return data

    def values(self) -> SuggestionValues:
        """Return what was suggested."""
        data = self.cleaned_data
        return SuggestionValues(self._plans[data["plan"]], data["text"], data["passage"])


class PublicSuggestionForm(SuggestionForm):
    """The same without an account: an address to confirm, a name only for who wants to give it."""

    TRAP = "website"

    contact = forms.EmailField(
        label=_("Ihre E-Mail-Adresse"),
        help_text=_(
            "Sie bekommen einen Link zum Bestätigen. Die Adresse wird nicht veröffentlicht."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    name = forms.CharField(
        label=_("Ihr Name"),
        max_length=120,
        required=False,
        help_text=_("Freiwillig."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    is_name_public = forms.BooleanField(
        label=_("Mein Name darf neben dem Vorschlag stehen."), required=False
    )
    goes_to = forms.ChoiceField(label=_("Wozu?"), required=False, widget=forms.RadioSelect)

    def __init__(
        self,
        data: QueryDict | None,
        plans: Sequence[Plan],
        consultation: Consultation | None,
        **kwargs: Any,  # noqa: ANN401 – Django's own
    ) -> None:
        super().__init__(data, plans, **kwargs)
        self._consultation = consultation
        if consultation is None:
            del self.fields["goes_to"]
            return
        field = self.fields["goes_to"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("runde", consultation.title),
                ("speicher", _("in den Themenspeicher, unabhängig von der Runde")),
            ]
            field.initial = "runde"

    @property
    def is_trapped(self) -> bool:
        """Whether a field was filled in that people never see."""
        return bool(self.data.get(self.TRAP))

    @property
    def consultation(self) -> Consultation | None:
        """The open round it goes to, or None for the store."""
        return None if self.cleaned_data.get("goes_to") != "runde" else self._consultation

    def clean(self) -> dict[str, object]:
        data = super().clean()
        if data.get("goes_to") == "runde" and self._consultation:
            plan = self._plans.get(str(data.get("plan", "")))
            if plan and plan.pk != self._consultation.edition.plan_id:
                raise ValidationError(_("Die Runde gehört zu einem anderen Plan."))
        return data

    def sender(self) -> Sender:
        """Return who sends it."""
        data = self.cleaned_data
        return Sender(data["contact"], data["name"], data["is_name_public"])


class WithdrawForm(forms.Form):
    """Why a suggestion is withdrawn."""

    reason = forms.CharField(label=_("Grund"), max_length=500)
