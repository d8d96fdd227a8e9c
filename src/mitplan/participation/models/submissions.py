"""What organisations handed in, and the single demands inside."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitplan.common.immutable import Immutable
from mitplan.conference.models import Organisation
from mitplan.participation.models.consultations import Consultation, Question
from mitplan.plan.models import Amendment, Edition, FieldOfAction, Origin, Passage

WORDLESS = ("delete", "move", "join")
"""What can be proposed for a passage without a word of one's own."""

OTHER_PASSAGE_MISSING = _("Bitte die andere Textstelle angeben: hinter welche oder mit welcher.")


class Submission(Immutable):
    """What one organisation handed in; a draft until it is received, frozen from then on."""

    class Route(models.TextChoices):
        ONLINE = "online", _("online")
        MAIL = "mail", _("E-Mail")
        LETTER = "letter", _("Brief")
        SPOKEN = "spoken", _("zur Niederschrift")
        IMPORT = "import", _("Einlesen einer Datei")
        STORE = "store", _("aus dem Themenspeicher")

    frozen_when = "received_at"
    may_change = frozenset({"withdrawn_at"})

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="submissions"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="submissions"
    )
    organisation_name = models.CharField(_("Organisation bei Abgabe"), max_length=200)
    person_role = models.CharField(_("abgegeben als"), max_length=120, blank=True)
    mandate = models.CharField(_("Mandat bei Abgabe"), max_length=300, blank=True)
    route = models.CharField(_("Weg"), max_length=10, choices=Route, default=Route.ONLINE)
    letter = models.TextField(_("Anschreiben"), blank=True)
    contact = models.EmailField(_("Adresse für die Quittung"), blank=True)
    has_no_remarks = models.BooleanField(_("keine Anmerkungen"), default=False)
    number = models.CharField(_("Nummer"), max_length=20, unique=True, null=True, blank=True)
    began_at = models.DateTimeField(_("begonnen am"))
    saved_at = models.DateTimeField(_("zuletzt gespeichert am"))
    authored_on = models.DateField(_("verfasst am"), null=True, blank=True)
    received_at = models.DateTimeField(_("eingegangen am"), null=True, blank=True)
    is_late = models.BooleanField(_("nach Ablauf der Frist"), default=False)
    withdrawn_at = models.DateTimeField(_("zurückgezogen am"), null=True, blank=True)
    sha256 = models.CharField(_("Prüfsumme"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("Stellungnahme")
        verbose_name_plural = _("Stellungnahmen")
        constraints = [
            models.UniqueConstraint(
                name="submission_one_draft_per_organisation",
                fields=["consultation", "organisation"],
                # What the secretariat records may come in beside a draft that missed its deadline.
                condition=Q(received_at__isnull=True)
                & ~Q(route__in=["mail", "letter", "spoken", "import", "store"]),
                violation_error_message=_("Es gibt schon einen Entwurf dieser Organisation."),
            ),
            models.CheckConstraint(
                name="submission_received_has_number_and_hash",
                condition=Q(received_at__isnull=True, number__isnull=True)
                | (Q(received_at__isnull=False, number__isnull=False) & ~Q(sha256="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(_("Entwurf"))

    def get_absolute_url(self) -> str:
        return reverse("participation:submission", args=[self.number])


class Point(Immutable):
    """One demand inside a submission; the unit of advice, decision and uptake."""

    class Kind(models.TextChoices):
        SUGGESTION = "suggestion", _("Anregung")
        AMENDMENT = "amendment", _("Änderungsvorschlag")
        MISSING = "missing", _("fehlt im Plan")
        QUESTION = "question", _("Frage")
        OBJECTION = "objection", _("Einwand")
        ANSWER = "answer", _("Antwort auf eine Frage")

    class Proposal(models.TextChoices):
        """What an amendment does with the passage it stands at."""

        NONE = "", _("kein Wortlaut")
        REWORD = "reword", _("neuer Wortlaut")
        INSERT_AFTER = "insert_after", _("danach einfügen")
        DELETE = "delete", _("streichen")
        MOVE = "move", _("verschieben")
        SPLIT = "split", _("teilen")
        JOIN = "join", _("zusammenführen")

    class NewKind(models.TextChoices):
        """What a passage that is inserted will be; nothing chosen: as the one before it."""

        PARAGRAPH = "paragraph", _("Absatz")
        LIST_ITEM = "list_item", _("Aufzählungspunkt")
        HEADING = "heading", _("Überschrift")
        QUOTE = "quote", _("Zitat")

    frozen_when = "handed_in_at"
    may_change = frozenset({"latest_decision", "origin", "withdrawn_at", "replaced_at", "group"})

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="points")
    position = models.PositiveSmallIntegerField(_("Reihenfolge"))
    number = models.CharField(_("Nummer"), max_length=24, unique=True, null=True, blank=True)
    kind = models.CharField(_("Art"), max_length=12, choices=Kind)
    field = models.ForeignKey(
        FieldOfAction, on_delete=models.PROTECT, null=True, blank=True, related_name="points"
    )
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, null=True, blank=True, related_name="answers"
    )
    passage = models.ForeignKey(
        Passage, on_delete=models.PROTECT, null=True, blank=True, related_name="points"
    )
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="points")
    quote = models.TextField(_("Bezugsstelle"), blank=True)
    text = models.TextField(pgettext_lazy("Einzahl", "Anliegen"), blank=True)
    reason = models.TextField(_("Begründung"), blank=True)
    proposal = models.CharField(
        _("Vorschlag"), max_length=12, choices=Proposal, blank=True, default=Proposal.NONE
    )
    proposed_text = models.TextField(_("vorgeschlagener Wortlaut"), blank=True)
    target = models.ForeignKey(
        Passage,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("hinter oder mit Textstelle"),
    )
    new_kind = models.CharField(
        _("Art der neuen Textstelle"), max_length=12, choices=NewKind, blank=True
    )
    amendment = models.ForeignKey(
        Amendment, on_delete=models.PROTECT, null=True, blank=True, related_name="points"
    )
    handed_in_at = models.DateTimeField(_("abgegeben am"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("zurückgezogen am"), null=True, blank=True)
    replaced_at = models.DateTimeField(_("ersetzt am"), null=True, blank=True)
    group = models.ForeignKey(
        "participation.PointGroup",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="points",
    )
    latest_decision = models.OneToOneField(
        "participation.Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    origin = models.OneToOneField(
        Origin, on_delete=models.PROTECT, null=True, blank=True, related_name="point"
    )

    class Meta:
        verbose_name = pgettext_lazy("Einzahl", "Anliegen")
        verbose_name_plural = _("Anliegen")
        constraints = [
            models.UniqueConstraint(name="point_position_once", fields=["submission", "position"]),
            models.CheckConstraint(
                name="point_handed_in_has_number",
                condition=Q(handed_in_at__isnull=True, number__isnull=True)
                | Q(handed_in_at__isnull=False, number__isnull=False),
            ),
            models.CheckConstraint(
                name="point_says_something",
                condition=~Q(text="") | ~Q(proposed_text="") | Q(proposal__in=WORDLESS),
                violation_error_message=_("Bitte das Anliegen oder einen Wortlaut angeben."),
            ),
            models.CheckConstraint(
                name="point_proposal_names_a_passage",
                condition=Q(proposal="") | Q(passage__isnull=False),
                violation_error_message=_("Ein Wortlaut braucht eine Textstelle."),
            ),
            models.CheckConstraint(
                name="point_move_and_join_name_another_passage",
                condition=~Q(proposal__in=["move", "join"]) | Q(target__isnull=False),
                violation_error_message=OTHER_PASSAGE_MISSING,
            ),
        ]
        indexes = [
            models.Index(name="point_by_passage", fields=["passage", "handed_in_at"]),
            # The table of points is counted and ordered from this alone, without reading the letters.
            models.Index(name="point_in_order", fields=["submission", "handed_in_at", "number"]),
        ]

    def __str__(self) -> str:
        return self.number or str(_("Entwurf"))

    def get_absolute_url(self) -> str:
        return reverse("participation:point", args=[self.number])


class FurtherChange(Immutable):
    """One more passage that a point's proposal changes; decided with the point, as one.

    The first change of a proposal stands in the point itself.
    """

    frozen_when = "handed_in_at"

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="further")
    position = models.PositiveSmallIntegerField(_("Reihenfolge"))
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="further_changes")
    quote = models.TextField(_("Bezugsstelle"), blank=True)
    proposal = models.CharField(_("Vorschlag"), max_length=12, choices=Point.Proposal)
    proposed_text = models.TextField(_("vorgeschlagener Wortlaut"), blank=True)
    target = models.ForeignKey(
        Passage,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("hinter oder mit Textstelle"),
    )
    new_kind = models.CharField(
        _("Art der neuen Textstelle"), max_length=12, choices=Point.NewKind, blank=True
    )
    handed_in_at = models.DateTimeField(_("abgegeben am"), null=True, blank=True)

    class Meta:
        verbose_name = _("weitere Änderung eines Vorschlags")
        verbose_name_plural = _("weitere Änderungen von Vorschlägen")
        constraints = [
            models.UniqueConstraint(
                name="furtherchange_position_once", fields=["point", "position"]
            ),
            models.CheckConstraint(
                name="furtherchange_changes_something",
                condition=~Q(proposal="") & (~Q(proposed_text="") | Q(proposal__in=WORDLESS)),
                violation_error_message=_("Bitte den vorgeschlagenen Wortlaut angeben."),
            ),
            models.CheckConstraint(
                name="furtherchange_move_and_join_name_another_passage",
                condition=~Q(proposal__in=["move", "join"]) | Q(target__isnull=False),
                violation_error_message=OTHER_PASSAGE_MISSING,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point} ({self.position})"


class NoRemark(models.Model):
    """An organisation's word that it has no remarks on a passage."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="no_remarks")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("Fehlanzeige")
        verbose_name_plural = _("Fehlanzeigen")
        constraints = [
            models.UniqueConstraint(name="noremark_once", fields=["submission", "passage"]),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}/{self.passage_id}"
