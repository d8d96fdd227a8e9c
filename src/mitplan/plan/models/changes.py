"""Proposed, accepted and carried-out changes of the text."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mitplan.common.immutable import Immutable
from mitplan.plan.models.editions import Edition, Passage, Wording
from mitplan.plan.models.origins import Origin


class Amendment(Immutable):
    """A set of operations on an edition; knows no person."""

    base = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="amendments")
    operations = models.JSONField()
    derived_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="versions"
    )
    made_at = models.DateTimeField(_("angelegt am"))

    class Meta:
        verbose_name = _("Änderungsvorschlag")
        verbose_name_plural = _("Änderungsvorschläge")

    def __str__(self) -> str:
        return f"{self.pk}"


class AcceptanceQuerySet(models.QuerySet["Acceptance"]):
    def standing(self) -> "AcceptanceQuerySet":
        """Acceptances that were not taken back."""
        return self.filter(taken_back_at__isnull=True)


class Acceptance(models.Model):
    """An amendment that belongs to the draft, with the origin its words carry."""

    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="acceptances")
    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="acceptances")
    accepted_at = models.DateTimeField(_("angenommen am"))
    taken_back_at = models.DateTimeField(_("zurückgenommen am"), null=True, blank=True)

    objects = AcceptanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Annahme")
        verbose_name_plural = _("Annahmen")
        constraints = [
            models.UniqueConstraint(
                name="acceptance_once_per_amendment",
                fields=["amendment"],
                condition=Q(taken_back_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id} ← {self.origin}"


class Settlement(Immutable):
    """How a person settled changes that do not commute; the newest for a cluster counts.

    `texts` are pairs of a contested place and its own words; older rows have `text` for their only place.
    """

    class Choice(models.TextChoices):
        KEEP_BASE = "keep_base", _("bisherigen Wortlaut behalten")
        CHOOSE = "choose", _("einen Vorschlag wählen")
        ORDER = "order", _("Reihenfolge festlegen")
        CUSTOM = "custom", _("eigenen Wortlaut schreiben")

    base = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="settlements")
    cluster = models.CharField(_("Konflikt"), max_length=64)
    choice = models.CharField(_("Lösung"), max_length=12, choices=Choice)
    amendments = models.JSONField(default=list)
    text = models.TextField(_("Wortlaut"), blank=True)
    texts = models.JSONField(_("Wortlaut je Stelle"), default=list, blank=True)
    reason = models.TextField(_("öffentliche Begründung"))
    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="settlements")
    settled_at = models.DateTimeField(_("gelöst am"))

    class Meta:
        verbose_name = _("Konfliktlösung")
        verbose_name_plural = _("Konfliktlösungen")
        constraints = [
            models.CheckConstraint(
                name="settlement_gives_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Bitte die Lösung öffentlich begründen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cluster} {self.choice}"

    @property
    def own_words(self) -> tuple[tuple[str, str], ...]:
        """The own words with their places; the only place needs no name."""
        if self.choice != self.Choice.CUSTOM:
            return ()
        return tuple((place, text) for place, text in self.texts) or (("", self.text),)


class TextChange(Immutable):
    """One change from one wording to the next, made by one edition."""

    class Kind(models.TextChoices):
        INSERTED = "inserted", _("neu")
        CHANGED = "changed", _("geändert")
        DELETED = "deleted", _("gestrichen")
        MOVED = "moved", _("verschoben")
        FIELDS = "fields", _("Angaben geändert")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="changes")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(_("Art"), max_length=10, choices=Kind)
    is_editorial = models.BooleanField(_("redaktionell"))
    old = models.ForeignKey(
        Wording, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    new = models.ForeignKey(
        Wording, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    words_inserted = models.PositiveIntegerField(_("Wörter eingefügt"))
    words_deleted = models.PositiveIntegerField(_("Wörter gestrichen"))
    origins = models.ManyToManyField(
        Origin, through="ChangeOrigin", related_name="changes", verbose_name=_("Herkunft")
    )

    class Meta:
        verbose_name = _("Textänderung")
        verbose_name_plural = _("Textänderungen")
        constraints = [
            models.UniqueConstraint(
                name="textchange_once_per_passage", fields=["edition", "passage", "kind"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.passage_id} {self.kind}"


class ChangeOrigin(Immutable):
    """That an origin brought about a change."""

    change = models.ForeignKey(TextChange, on_delete=models.PROTECT, related_name="+")
    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("Herkunft einer Änderung")
        verbose_name_plural = _("Herkünfte von Änderungen")
        constraints = [
            models.UniqueConstraint(name="changeorigin_once", fields=["change", "origin"]),
        ]

    def __str__(self) -> str:
        return f"{self.change_id} ← {self.origin_id}"
