"""What people fill in who take part."""

from collections.abc import Iterable, Mapping, Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mitplan.participation.actions import RemarkValues, TopicValues
from mitplan.participation.models import Point, Question
from mitplan.participation.queries.proposals import changes_of
from mitplan.participation.queries.remarks import Place, Standing, Wish
from mitplan.participation.queries.texts import TextPassage
from mitplan.plan.models import FieldOfAction, Passage

COMMENTS = [
    (Point.Kind.SUGGESTION, _("Anregung")),
    (Point.Kind.QUESTION, _("Frage")),
    (Point.Kind.OBJECTION, _("Einwand")),
]
TOPICS = [(Point.Kind.MISSING, _("fehlt im Plan")), *COMMENTS]


def _long(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


CHOICES = [
    (Point.Proposal.REWORD, _("Ändern oder kommentieren")),
    (Point.Proposal.DELETE, _("Streichen")),
    (Point.Proposal.MOVE, _("Verschieben")),
    (Point.Proposal.SPLIT, _("Teilen")),
    (Point.Proposal.JOIN, _("Mit der nächsten Textstelle zusammenführen")),
]
NEW_KINDS = [("", _("wie die Textstelle davor")), *Point.NewKind.choices]
ALONE = ("", _("ein eigener Vorschlag"))
LONGEST_OPTION = 70


class PlaceForm(forms.Form):
    """What somebody writes at a passage; a change may belong to a proposal over several passages."""

    belongs_to = forms.TypedChoiceField(
        label=_("Diese Änderung ist"),
        help_text=_(
            "Was zusammengehört, wird zusammen entschieden; begründet wird es bei der ersten "
            "Textstelle."
        ),
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(
        self, data: QueryDict | None, place: Place, initial: Mapping[str, object], prefix: str
    ) -> None:
        super().__init__(data, initial=dict(initial), prefix=prefix)
        self.place = place
        if place.proposals:
            _offer(self.fields["belongs_to"], [ALONE, *map(_proposal_option, place.proposals)])
        else:
            del self.fields["belongs_to"]

    @property
    def wish(self) -> Wish:
        """What was chosen and written."""
        raise NotImplementedError

    def values(self) -> RemarkValues:
        """Return what was written."""
        data, wish = self.cleaned_data, self.wish
        return RemarkValues(
            proposal=wish.proposal,
            proposed_text=wish.text,
            comment=data["comment"],
            kind=Point.Kind(data.get("kind") or Point.Kind.SUGGESTION),
            target=wish.target,
            new_kind=wish.new_kind,
            belongs_to=data.get("belongs_to"),
        )


def _offer(field: forms.Field, choices: Iterable[tuple[object, object]]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)


def _proposal_option(point: Point) -> tuple[int, str]:
    numbers = ", ".join(str(change.passage.number) for change in changes_of(point))
    words = _shortened(point.reason or point.text or point.quote)
    label = gettext("Teil des Vorschlags zu Textstelle %(numbers)s: %(words)s")
    return point.pk, label % {"numbers": numbers, "words": words}


def _passage_option(passage: TextPassage) -> tuple[int, str]:
    return passage.pk, f"{passage.number} – {_shortened(passage.text)}"


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_OPTION else f"{words[:LONGEST_OPTION]} …"


class RemarkForm(PlaceForm):
    """What shall happen to a passage, or a comment on it."""

    proposal = forms.ChoiceField(
        label=_("Was schlagen Sie vor?"),
        choices=CHOICES,
        widget=forms.RadioSelect,
        required=False,
    )
    proposed_text = forms.CharField(
        label=_("Wortlaut – ändern Sie ihn einfach hier"),
        help_text=_("Eine Leerzeile teilt die Textstelle: Dahinter beginnt eine neue."),
        widget=_long(5),
        required=False,
    )
    target = forms.TypedChoiceField(
        label=_("Hinter welche Textstelle?"), coerce=int, empty_value=None, required=False
    )
    comment = forms.CharField(
        label=_("Kommentar oder Begründung"),
        help_text=_("Genügt auch allein, ohne neuen Wortlaut."),
        widget=_long(3),
        required=False,
    )
    kind = forms.ChoiceField(label=_("Art des Kommentars"), choices=COMMENTS, required=False)
    field_order = ("proposal", "proposed_text", "target", "belongs_to", "comment", "kind")

    def __init__(
        self, data: QueryDict | None, place: Place, initial: Mapping[str, object], prefix: str
    ) -> None:
        super().__init__(data, place, initial, prefix)
        others = (each for each in place.passages if each.pk != place.passage.pk)
        _offer(self.fields["target"], [("", _("bitte wählen")), *map(_passage_option, others)])

    @staticmethod
    def initial_of(standing: Standing | None, wording: str) -> dict[str, object]:
        """Return what stands in the form: the wording, and what was written before."""
        if standing is None:
            return {
                "proposal": Point.Proposal.REWORD,
                "proposed_text": wording,
                "kind": Point.Kind.SUGGESTION,
            }
        change = standing.change
        return {
            "proposal": change.proposal if change else Point.Proposal.REWORD,
            "proposed_text": (change.text if change else "") or wording,
            "target": change.target.pk if change and change.target else None,
            "comment": _said(standing),
            "kind": standing.point.kind,
        }

    @property
    def wish(self) -> Wish:
        """What was chosen and written."""
        data = self.cleaned_data
        proposal = Point.Proposal(data["proposal"] or Point.Proposal.REWORD)
        target = None
        if proposal == Point.Proposal.MOVE and data["target"]:
            target = Passage.objects.select_related("plan").get(pk=data["target"])
        return Wish(proposal, data["proposed_text"], target)


class InsertionForm(PlaceForm):
    """What is missing behind a passage."""

    proposed_text = forms.CharField(
        label=_("Text, der hier fehlt"), widget=_long(4), required=False
    )
    new_kind = forms.ChoiceField(label=_("Das wird"), choices=NEW_KINDS, required=False)
    comment = forms.CharField(label=_("Begründung"), widget=_long(3), required=False)
    field_order = ("proposed_text", "new_kind", "belongs_to", "comment")

    @staticmethod
    def initial_of(standing: Standing | None, wording: str) -> dict[str, object]:  # noqa: ARG004 – as above
        """Return what was written before."""
        change = standing.change if standing else None
        if standing is None or change is None:
            return {}
        return {
            "proposed_text": change.text,
            "new_kind": change.new_kind,
            "comment": _said(standing),
        }

    @property
    def wish(self) -> Wish:
        """What was chosen and written."""
        data = self.cleaned_data
        return Wish(Point.Proposal.INSERT_AFTER, data["proposed_text"], new_kind=data["new_kind"])


def _said(standing: Standing) -> str:
    """Return what was said to it; what belongs to another passage is reasoned there."""
    said = () if standing.index else (standing.point.text, standing.point.reason)
    return "\n\n".join(filter(None, said))


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
