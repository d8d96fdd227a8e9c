"""What people fill in who take part."""

from collections.abc import Mapping, Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mitplan.participation.actions import RemarkValues, TopicValues
from mitplan.participation.models import Point, Question
from mitplan.plan.models import FieldOfAction

COMMENTS = [
    (Point.Kind.SUGGESTION, _("Anregung")),
    (Point.Kind.QUESTION, _("Frage")),
    (Point.Kind.OBJECTION, _("Einwand")),
]
TOPICS = [(Point.Kind.MISSING, _("fehlt im Plan")), *COMMENTS]


def _long(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class RemarkForm(forms.Form):
    """Other words for a passage, that it goes, or a comment on it."""

    proposed_text = forms.CharField(
        label=_("Wortlaut – ändern Sie ihn einfach hier"), widget=_long(5), required=False
    )
    deletes = forms.BooleanField(label=_("Diese Stelle ganz streichen"), required=False)
    comment = forms.CharField(
        label=_("Kommentar oder Begründung"),
        help_text=_("Genügt auch allein, ohne neuen Wortlaut."),
        widget=_long(3),
        required=False,
    )
    kind = forms.ChoiceField(label=_("Art des Kommentars"), choices=COMMENTS, required=False)

    @staticmethod
    def initial_of(point: Point | None, wording: str) -> dict[str, object]:
        """Return what stands in the form: the wording, and what was written before."""
        if point is None:
            return {"proposed_text": wording, "kind": Point.Kind.SUGGESTION}
        return {
            "proposed_text": point.proposed_text or wording,
            "deletes": point.proposal == Point.Proposal.DELETE,
            "comment": "\n\n".join(filter(None, (point.text, point.reason))),
            "kind": point.kind,
        }

    def values(self) -> RemarkValues:
        """Return what was written."""
        data = self.cleaned_data
        return RemarkValues(
            proposed_text=data["proposed_text"],
            comment=data["comment"],
            kind=Point.Kind(data["kind"] or Point.Kind.SUGGESTION),
            deletes=data["deletes"],
        )


class InsertionForm(forms.Form):
    """What is missing behind a passage."""

    proposed_text = forms.CharField(
        label=_("Text, der hier fehlt"), widget=_long(4), required=False
    )
    comment = forms.CharField(label=_("Begründung"), widget=_long(3), required=False)

    @staticmethod
    def initial_of(point: Point | None, wording: str) -> dict[str, object]:  # noqa: ARG004 – as above
        """Return what was written before."""
        return (
            {
                "proposed_text": point.proposed_text,
                "comment": "\n\n".join(filter(None, (point.text, point.reason))),
            }
            if point
            else {}
        )

    def values(self) -> RemarkValues:
        """Return what was written."""
        data = self.cleaned_data
        return RemarkValues(
            proposed_text=data["proposed_text"], comment=data["comment"], inserts=True
        )


class AnswersForm(forms.Form):
    """One answer to each question."""

    def __init__(
        self,
        questions: Sequence[Question],
        answers: Mapping[int, str],
        data: QueryDict | None = None,
    ) -> None:
        super().__init__(data, prefix="frage")
        self.questions = questions
        for question in questions:
            self.fields[str(question.number)] = forms.CharField(
                label=question.text,
                widget=_long(4),
                required=False,
                initial=answers.get(question.pk, ""),
            )

    def values(self) -> dict[Question, str]:
        """Return the answer to each question."""
        return {question: self.cleaned_data[str(question.number)] for question in self.questions}


class TopicForm(forms.Form):
    """A topic of one's own."""

    text = forms.CharField(
        label=_("Was soll sich ändern oder was fehlt?"),
        widget=_long(4),
        error_messages={"required": _("Bitte schreiben Sie, worum es Ihnen geht.")},
    )
    reason = forms.CharField(label=_("Begründung"), widget=_long(3), required=False)
    kind = forms.ChoiceField(label=_("Art"), choices=TOPICS)
    field = forms.ChoiceField(label=_("Handlungsfeld"), required=False)

    def __init__(
        self,
        fields: Sequence[FieldOfAction],
        data: QueryDict | None = None,
        point: Point | None = None,
    ) -> None:
        initial = (
            {
                "text": point.text,
                "reason": point.reason,
                "kind": point.kind,
                "field": point.field_id,
            }
            if point
            else None
        )
        name = f"thema-{point.pk if point else 'neu'}-%s"
        super().__init__(data, initial=initial, auto_id=name)
        self._by_pk = {str(field.pk): field for field in fields}
        choice = self.fields["field"]
        choice.choices = [  # type: ignore[attr-defined]  # a ChoiceField, as declared above
            ("", _("keines oder mehrere")),
            *((key, field.name) for key, field in self._by_pk.items()),
        ]

    def values(self) -> TopicValues:
        """Return what was written."""
        data = self.cleaned_data
        return TopicValues(
            kind=Point.Kind(data["kind"]),
            text=data["text"],
            reason=data["reason"],
            field=self._by_pk.get(data["field"]),
        )


class HandInForm(forms.Form):
    """Where the receipt goes."""

    contact = forms.EmailField(
        label=_("E-Mail-Adresse für die Quittung"),
        help_text=_("An diese Adresse geht auch die Antwort. Sie wird nicht veröffentlicht."),
        required=False,
        error_messages={"invalid": _("Bitte prüfen Sie die Adresse, zum Beispiel name@verein.de.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
