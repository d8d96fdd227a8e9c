"""What is filled in to decide on a point, to advise on it, and to write text blocks."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from mitplan.conference.models import Department, Resolution
from mitplan.participation.actions import DecisionValues, TextBlockValues
from mitplan.participation.models import Decision, Outcome, Point, ReasonCode, TextBlock
from mitplan.participation.queries.effects import Effect, title_of
from mitplan.participation.queries.texts import TextPassage
from mitplan.plan.models import Passage

NOBODY = ("", "–")


class DigitRadios(forms.RadioSelect):
    """Choices that the digits 1 to 9 press."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 – Django's own
        option = super().create_option(*args, **kwargs)
        digit = int(option["index"]) + 1
        option["attrs"]["data-digit"] = str(digit)
        option["label"] = format_html('{} <kbd class="pa-key">{}</kbd>', option["label"], digit)
        return option


class PassageField(forms.IntegerField):
    """A passage, named by its number."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 – options of a field
        widget = forms.TextInput(attrs={"inputmode": "numeric", "size": 6})
        super().__init__(min_value=1, required=False, widget=widget, **options)

    def to_python(self, value: object) -> int | None:
        """Read 12 and t12 alike."""
        return super().to_python(str(value or "").strip().removeprefix("t"))


class DecisionForm(forms.Form):
    """Outcome, reason, and what the outcome needs."""

    use_required_attribute = False

    text_block = forms.SlugField(required=False, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("Entscheidung"),
        choices=Outcome.choices,
        widget=DigitRadios,
        error_messages={"required": _("Bitte eine Entscheidung wählen.")},
    )
    reason_code = forms.ChoiceField(
        label=_("Grund"), choices=[("", _("bitte wählen")), *ReasonCode.choices]
    )
    sentence = forms.CharField(
        label=_("Begründung in einem Satz"),
        help_text=_("Grund und Satz braucht alles außer «übernommen»."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    passage = PassageField(label=_("Textstelle, die sich ändert"))
    final_text = forms.CharField(
        label=_("Wortlaut, der in den Plan kommt"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    insert = forms.BooleanField(
        label=_("Als neue Stelle dahinter einfügen, statt sie zu ändern"), required=False
    )
    parts = forms.TypedMultipleChoiceField(
        label=_("Davon wie vorgeschlagen übernehmen"),
        help_text=_("Was nicht angekreuzt ist, bleibt, wie es im Plan steht."),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    covered_by = PassageField(label=_("Textstelle, in der es schon steht"))
    owner = forms.CharField(label=_("Wer weiterarbeitet"), max_length=200, required=False)
    owner_department = forms.ModelChoiceField(
        Department.objects.filter(successor__isnull=True).order_by("name"),
        label=_("Zuständiges Ressort"),
        help_text=_("Dort erscheint die Wiedervorlage im Eingang; leer: bei der Geschäftsstelle."),
        required=False,
        empty_label=_("Geschäftsstelle"),
    )
    review_on = forms.DateField(
        label=_("Wiedervorlage am"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    resolution = forms.ChoiceField(label=_("Nach Beschluss"), required=False)

    def __init__(
        self,
        data: QueryDict | None,
        point: Point,
        resolutions: Iterable[Resolution],
        initial: Mapping[str, object],
        parts: Sequence[Effect] = (),
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self._offer_parts(parts)
        if data and data.get("outcome") == Outcome.TAKEN_UP:
            self.fields["reason_code"].required = self.fields["sentence"].required = False
        self._plan = point.edition.plan
        self._resolutions = {str(each.pk): each for each in resolutions}
        field = self.fields["resolution"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", _("keiner, die Geschäftsstelle entscheidet")),
                *((key, _resolution_label(each)) for key, each in self._resolutions.items()),
            ]

    def _offer_parts(self, parts: Sequence[Effect]) -> None:
        field = self.fields["parts"]
        if not parts:
            del self.fields["parts"]
        elif isinstance(field, forms.ChoiceField):
            field.choices = list(enumerate(map(title_of, parts)))

    def clean_passage(self) -> Passage | None:
        return self._passage("passage")

    def clean_covered_by(self) -> Passage | None:
        return self._passage("covered_by")

    def clean_text_block(self) -> TextBlock | None:
        key = self.cleaned_data["text_block"]
        return TextBlock.objects.filter(key=key).first() if key else None

    def clean_final_text(self) -> str:
        """Refuse edited words beside «übernommen», which takes the proposal as it stands."""
        text: str = self.cleaned_data["final_text"]
        taken_up = self.cleaned_data.get("outcome") == Outcome.TAKEN_UP
        if taken_up and text.strip() and "final_text" in self.changed_data:
            raise forms.ValidationError(
                _(
                    "«Übernommen» heißt: der vorgeschlagene Wortlaut, unverändert. Bitte «sinngemäß» "
                    "oder «teilweise übernommen» wählen, wenn Sie ihn ändern."
                )
            )
        return text

    def _passage(self, name: str) -> Passage | None:
        number = self.cleaned_data[name]
        if not number:
            return None
        passage = Passage.objects.filter(plan=self._plan, number=number).first()
        if passage is None:
            raise forms.ValidationError(
                _("Eine Textstelle %(number)s gibt es nicht."), params={"number": number}
            )
        return passage

    def values(self) -> DecisionValues:
        """Return what was decided."""
        data = self.cleaned_data
        code = data["reason_code"]
        return DecisionValues(
            outcome=Outcome(data["outcome"]),
            reason_code=ReasonCode(code) if code else None,
            sentence=data["sentence"],
            text_block=data["text_block"],
            covered_by=data["covered_by"],
            owner=data["owner"] or str(data["owner_department"] or ""),
            owner_department=data["owner_department"],
            review_on=data["review_on"],
            resolution=self._resolutions.get(data["resolution"]),
            passage=data["passage"],
            final_text=self._own_text(),
            parts=tuple(data.get("parts", ())),
            insert=data["insert"],
        )

    def _own_text(self) -> str:
        """Return what the editor wrote; words that stand as they stood are nothing beside chosen parts."""
        text: str = self.cleaned_data["final_text"]
        stood = str(self.initial.get("final_text", ""))
        is_same = text.replace("\r\n", "\n").strip() == stood.strip()
        return "" if self.cleaned_data.get("parts") and is_same else text


def _resolution_label(resolution: Resolution) -> str:
    day = resolution.decided_on.strftime("%d.%m.%Y")
    return f"{resolution.agenda_item.sitting.body}, {day}: {resolution.title}"


def first_values(
    point: Point, wording: TextPassage | None, consulted: TextPassage | None, *, is_plain: bool
) -> dict[str, object]:
    """Return what the form proposes before anybody decides.

    The proposed words stand ready as long as the newest text is the one they were written for.
    """
    values: dict[str, object] = {}
    if wording is None:
        return values
    values["passage"] = wording.number
    values["final_text"] = wording.text
    values["insert"] = point.proposal == Point.Proposal.INSERT_AFTER
    if is_plain and point.proposed_text and consulted and consulted.text == wording.text:
        values["final_text"] = point.proposed_text
    return values


def values_of_decision(decision: Decision) -> dict[str, object]:
    """Return what a decision that was taken back said, to begin with it again."""
    covered = decision.covered_by
    return {
        "text_block": decision.text_block.key if decision.text_block else "",
        "outcome": decision.outcome,
        "reason_code": decision.reason_code,
        "sentence": decision.sentence,
        "covered_by": covered.number if covered else None,
        "owner": decision.owner,
        "owner_department": decision.owner_department_id,
        "review_on": decision.review_on,
        "resolution": str(decision.resolution_id or ""),
    }


def values_of_text_block(block: TextBlock) -> DecisionValues:
    """Return what is decided where a text block alone says it."""
    return DecisionValues(
        outcome=Outcome(block.outcome),
        reason_code=ReasonCode(block.reason_code) if block.reason_code else None,
        sentence=block.sentence,
        text_block=block,
    )


def values_of_block(block: TextBlock) -> dict[str, object]:
    """Return what a text block fills in."""
    return {
        "text_block": block.key,
        "outcome": block.outcome,
        "reason_code": block.reason_code,
        "sentence": block.sentence,
    }


class AdviceForm(forms.Form):
    """What a department recommends."""

    department = forms.ChoiceField(label=_("Ressort"))
    recommendation = forms.ChoiceField(
        label=_("Empfehlung"), choices=[("", _("bitte wählen")), *Outcome.choices]
    )
    text = forms.CharField(label=_("Fachvotum"), widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, data: QueryDict | None, departments: Iterable[Department]) -> None:
        super().__init__(data)
        self._departments = {str(each.pk): each for each in departments}
        field = self.fields["department"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(key, each.name) for key, each in self._departments.items()]

    def values(self) -> dict[str, Any]:
        """Return what was recommended, as the action takes it."""
        data = self.cleaned_data
        return {
            "department": self._departments[data["department"]],
            "recommendation": Outcome(data["recommendation"]),
            "text": data["text"],
        }


class TextBlockForm(forms.ModelForm):
    """A sentence that reasons many decisions."""

    class Meta:
        model = TextBlock
        fields = ("key", "title", "outcome", "reason_code", "sentence")
        widgets = {"sentence": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"key": _("Kurz und ohne Leerzeichen, zum Beispiel «haushalt».")}

    def values(self) -> TextBlockValues:
        """Return what the text block says."""
        data = self.cleaned_data
        code = data["reason_code"]
        return TextBlockValues(
            key=data["key"],
            title=data["title"],
            outcome=Outcome(data["outcome"]),
            reason_code=ReasonCode(code) if code else None,
            sentence=data["sentence"],
        )
