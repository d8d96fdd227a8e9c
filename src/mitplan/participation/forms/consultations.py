"""What is filled in to prepare a consultation and to invite to it."""

from collections.abc import Iterable, Sequence
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mitplan.participation.actions import AudienceValues, ConsultationValues, QuestionValues
from mitplan.participation.models import Audience, Consultation
from mitplan.plan.models import Edition, Passage

QUESTIONS = (1, 2, 3)


class DayInput(forms.DateInput):
    """The day picker of the browser."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ConsultationForm(forms.Form):
    """Title, text, reason for a short time; circles and questions stand in forms of their own."""

    title = forms.CharField(label=_("Titel"), max_length=200)
    edition = forms.ChoiceField(label=_("Fassung, um die es geht"))
    introduction = forms.CharField(
        label=_("Worum es geht"),
        help_text=_("Zwei, drei Sätze für alle, die sich beteiligen."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    short_reason = forms.CharField(
        label=_("Öffentlicher Grund für eine Frist unter 20 Arbeitstagen"),
        help_text=_("Nur nötig, wenn die Frist kürzer ist."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    late_rule = forms.ChoiceField(
        label=_("Was geschieht mit dem, was verspätet eingeht?"),
        help_text=_("Die Regel ist öffentlich und gilt für alle gleich."),
        choices=Consultation.LateRule.choices,
        widget=forms.RadioSelect,
        initial=Consultation.LateRule.TREAT,
        required=False,
    )

    def __init__(self, data: QueryDict | None, editions: Iterable[Edition]) -> None:
        super().__init__(data)
        self._editions = {str(edition.pk): edition for edition in editions}
        field = self.fields["edition"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(key, str(each)) for key, each in self._editions.items()]

    @property
    def chosen_edition(self) -> Edition:
        """The chosen edition."""
        return self._editions[self.cleaned_data["edition"]]

    def values(
        self, audiences: Sequence[AudienceValues], questions: Sequence[QuestionValues]
    ) -> ConsultationValues:
        """Return what was filled in, with the circles and questions of their own forms."""
        data = self.cleaned_data
        return ConsultationValues(
            self.chosen_edition,
            data["title"],
            audiences,
            questions,
            data["introduction"],
            short_reason=data["short_reason"],
            late_rule=data["late_rule"] or Consultation.LateRule.TREAT,
        )


class AudienceForm(forms.Form):
    """Whether a circle takes part, and its first and last day."""

    takes_part = forms.BooleanField(required=False)
    opens_on = forms.DateField(label=_("erster Tag"), widget=DayInput, required=False)
    closes_on = forms.DateField(label=_("letzter Tag"), widget=DayInput, required=False)

    def __init__(
        self, data: QueryDict | None, kind: Audience.Kind, opens_on: date, closes_on: date
    ) -> None:
        initial = {
            "takes_part": kind == Audience.Kind.CONFERENCE,
            "opens_on": opens_on,
            "closes_on": closes_on,
        }
        super().__init__(data, prefix=kind.value, initial=initial)
        self.kind = kind
        self.fields["takes_part"].label = kind.label

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("takes_part"):
            for name in ("opens_on", "closes_on"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Bitte einen Tag angeben."))
        return data

    @property
    def values(self) -> AudienceValues | None:
        """The circle with its days, or None if it does not take part."""
        data = self.cleaned_data
        if not data["takes_part"]:
            return None
        return AudienceValues(self.kind, data["opens_on"], data["closes_on"])


class QuestionForm(forms.Form):
    """A question about a passage or a goal."""

    passage = forms.CharField(
        label=_("Textstelle oder Ziel"),
        help_text=_("Die Nummer am Rand des Plans, oder das Kürzel eines Ziels, zum Beispiel Z2."),
        max_length=20,
        required=False,
    )
    text = forms.CharField(
        label=_("Frage"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: QueryDict | None, number: int) -> None:
        super().__init__(data, prefix=f"frage-{number}")
        self.number = number

    def values(self, edition: Edition) -> QuestionValues | None:
        """Return the question, or None where none is asked; an unknown passage is an error."""
        data = self.cleaned_data
        if not data["text"]:
            return None
        passage = _passage_or_goal(edition, data["passage"].strip())
        if passage is None:
            sentence = _(
                "Bitte die Nummer einer Textstelle oder das Kürzel eines Ziels aus dieser Fassung "
                "angeben."
            )
            self.add_error("passage", sentence)
            raise ValidationError(
                _("Frage %(number)s nennt keine Textstelle."), params={"number": self.number}
            )
        return QuestionValues(passage, data["text"])


def _passage_or_goal(edition: Edition, wanted: str) -> Passage | None:
    """Return the passage with a number, or the one that holds a goal."""
    held = Passage.objects.filter(entries__edition=edition)
    if wanted.isdecimal():
        return held.filter(number=int(wanted)).first()
    return held.filter(goal__code__iexact=wanted).first() if wanted else None


def fill_in(
    consultation: Consultation,
    form: ConsultationForm,
    circles: Sequence[AudienceForm],
    questions: Sequence[QuestionForm],
) -> None:
    """Let the forms begin with what was prepared before."""
    form.initial.update(
        title=consultation.title,
        edition=str(consultation.edition_id),
        introduction=consultation.introduction,
        short_reason=consultation.short_reason,
        late_rule=consultation.late_rule,
    )
    known = {Audience.Kind(each.kind): each for each in consultation.audiences.all()}
    for circle in circles:
        audience = known.get(circle.kind)
        circle.initial["takes_part"] = audience is not None
        if audience:
            circle.initial.update(opens_on=audience.opens_on, closes_on=audience.closes_on)
    asked = consultation.questions.select_related("passage__goal").order_by("number")
    for question, row in zip(questions, asked, strict=False):
        goal = getattr(row.passage, "goal", None)
        place = goal.code if goal else row.passage.number
        question.initial.update(passage=place, text=row.text)
