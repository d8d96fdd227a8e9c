"""What the secretariat and chairs put on record."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mitplan.conference.models import (
    AgendaItem,
    Body,
    Mandate,
    Organisation,
    Paper,
    Resolution,
    Sitting,
    Term,
)

PARTIAL = _("Jahr, Jahr-Monat oder Tag, zum Beispiel 2024, 2024-09 oder 2024-09-23.")
SOURCE = _("Fundstelle, am besten eine Adresse im Netz.")


class BodyForm(forms.ModelForm):
    class Meta:
        model = Body
        fields = (
            "name",
            "kind",
            "begins",
            "ends",
            "parent",
            "successor",
            "notice_working_days",
            "source",
            "note",
        )
        labels = {"parent": _("Teil von"), "successor": _("Nachfolger")}
        help_texts = {"begins": PARTIAL, "ends": PARTIAL, "source": SOURCE}
        widgets = {"source": forms.TextInput, "note": forms.TextInput}


class TermForm(forms.ModelForm):
    class Meta:
        model = Term
        fields = ("name", "begins", "ends", "size", "source", "note")
        help_texts = {
            "begins": PARTIAL,
            "ends": PARTIAL,
            "size": _("So, wie es veröffentlicht ist, zum Beispiel «über 80»."),
            "source": SOURCE,
        }
        widgets = {"source": forms.TextInput, "note": forms.TextInput}


class OrganisationForm(forms.ModelForm):
    class Meta:
        model = Organisation
        fields = ("name", "category", "level", "place", "email", "is_category", "source", "note")
        help_texts = {
            "category": _("Zum Beispiel Gewerkschaften oder Migrantenorganisationen."),
            "email": _("An diese Adresse gehen Einladungen; sie wird nicht veröffentlicht."),
            "source": SOURCE,
        }
        widgets = {"source": forms.TextInput, "note": forms.TextInput}


class AppointmentForm(forms.Form):
    term = forms.ModelChoiceField(
        Term.objects.select_related("body").order_by("-begins"), label=_("Amtsperiode")
    )
    may_vote = forms.NullBooleanField(label=_("stimmberechtigt"), required=False)
    source = forms.CharField(label=_("Quelle"), required=False, help_text=SOURCE)
    note = forms.CharField(label=_("Anmerkung"), required=False)


class MandateForm(forms.Form):
    """Asks who speaks; the kinds offered depend on what the person speaks for."""

    kind = forms.ChoiceField(label=_("Art"))
    email = forms.EmailField(
        label=_("E-Mail-Adresse"), help_text=_("Damit meldet sich die Person an.")
    )
    name = forms.CharField(
        label=_("Name"), max_length=150, required=False, help_text=_("Nötig, wenn sie neu ist.")
    )
    begins_on = forms.DateField(label=_("Beginn"), widget=forms.DateInput({"type": "date"}))
    ends_on = forms.DateField(
        label=_("Ende"), required=False, widget=forms.DateInput({"type": "date"})
    )
    act = forms.CharField(
        label=_("Berufung oder Benennung"),
        max_length=200,
        required=False,
        help_text=_(
            "Was das Mandat begründet, zum Beispiel ein Schreiben mit Zeichen. Es steht öffentlich bei "
            "jeder Stellungnahme; bitte ohne Namen von Personen."
        ),
    )
    acted_on = forms.DateField(
        label=_("Datum der Berufung"), required=False, widget=forms.DateInput({"type": "date"})
    )
    resolution = forms.ModelChoiceField(
        Resolution.objects.order_by("-decided_on", "-pk"),
        label=_("oder berufen durch Beschluss"),
        required=False,
    )
    scope_body = forms.ModelChoiceField(
        Body.objects.order_by("name"),
        label=_("nur im Gremium"),
        required=False,
        help_text=_("Wer nur in einem Gremium spricht, gibt in Beteiligungsrunden nichts ab."),
    )
    scope_field = forms.CharField(
        label=_("nur im Handlungsfeld"),
        max_length=150,
        required=False,
        help_text=_("So, wie es im Plan heißt. Leer: alle."),
    )

    def __init__(self, *args: Any, kinds: list[Mandate.Kind], **kwargs: Any) -> None:  # noqa: ANN401 – Django's own
        super().__init__(*args, **kwargs)
        choices = [(kind.value, kind.label) for kind in kinds]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["kind"].initial = choices[0][0]


class EndMandateForm(forms.Form):
    ends_on = forms.DateField(
        label=_("letzter Tag des Mandats"), widget=forms.DateInput({"type": "date"})
    )


class SittingForm(forms.ModelForm):
    class Meta:
        model = Sitting
        fields = ("on", "kind", "place", "subject", "source", "note")
        help_texts = {
            "on": PARTIAL,
            "kind": _("Zum Beispiel ordentlich oder konstituierend."),
            "source": SOURCE,
        }
        widgets = {"source": forms.TextInput, "note": forms.TextInput}


class AgendaItemForm(forms.ModelForm):
    class Meta:
        model = AgendaItem
        fields = ("number", "title", "role")


class PaperForm(forms.ModelForm):
    file = forms.FileField(
        label=_("Datei"),
        required=False,
        allow_empty_file=True,  # the policy says it in our words
        help_text=_("PDF, DOCX, ODT, XLSX, ODS, TXT oder MD, höchstens 20 MB."),
    )

    class Meta:
        model = Paper
        fields = ("title", "sent_on", "file")
        widgets = {"sent_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}


class ResolutionForm(forms.ModelForm):
    is_checked = forms.BooleanField(
        label=_("Ich habe Wortlaut und Stimmen geprüft: Ein Beschluss ist nicht mehr änderbar."),
        error_messages={
            "required": _("Bitte bestätigen: Ein Beschluss lässt sich nicht mehr ändern.")
        },
    )

    class Meta:
        model = Resolution
        fields = ("title", "text", "decided_on", "votes_yes", "votes_no", "abstentions")
        widgets = {"decided_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}

    def clean(self) -> dict[str, Any]:
        """Drop the confirmation: it is a promise, not part of the resolution."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned.pop("is_checked", None)
        return cleaned


def hand_back(form: forms.BaseForm, problem: ValidationError) -> None:
    """Put what an action refused beside the question it belongs to, or above them all."""
    if not hasattr(problem, "error_dict"):
        form.add_error(None, problem)
        return
    for field, errors in problem.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)
