"""What became of proposals when a newer edition came, and what their submitters say to it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitplan.common.immutable import Immutable
from mitplan.participation.models.submissions import Point
from mitplan.plan.models import Amendment, Edition


class Rebasing(Immutable):
    """How a point's proposal stands on a newer edition; its submitter confirms or rewords it.

    `amendment` is what is left to do there, `reworked` what the submitter wrote instead.
    """

    class Status(models.TextChoices):
        CLEAN = "clean", _("unverändert")
        FULFILLED = "fulfilled", pgettext_lazy("Vorschlag", "erfüllt")
        PARTLY_FULFILLED = "partly_fulfilled", _("teilweise erfüllt")
        SPANS_SPLIT = "spans_split", _("auf zwei Textstellen verteilt")
        CONTEXT_CHANGED = "context_changed", _("Umfeld geändert")
        CONFLICT = "conflict", _("Konflikt")
        ORPHANED = "orphaned", _("verwaist")

    may_change = frozenset({"reworked", "answered_at", "answered_as"})

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="rebasings")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="rebasings")
    status = models.CharField(_("Stand"), max_length=16, choices=Status)
    amendment = models.ForeignKey(
        Amendment, on_delete=models.PROTECT, null=True, blank=True, related_name="rebasings"
    )
    made_at = models.DateTimeField(_("angepasst am"))
    reworked = models.ForeignKey(
        Amendment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("umgeschrieben"),
    )
    answered_at = models.DateTimeField(_("beantwortet am"), null=True, blank=True)
    answered_as = models.CharField(_("beantwortet als"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("Anpassung eines Vorschlags")
        verbose_name_plural = _("Anpassungen von Vorschlägen")
        constraints = [
            models.UniqueConstraint(name="rebasing_once_per_edition", fields=["point", "edition"]),
            models.CheckConstraint(
                name="rebasing_leaves_something_unless_done_or_lost",
                condition=Q(
                    amendment__isnull=True, status__in=["fulfilled", "conflict", "orphaned"]
                )
                | (
                    Q(amendment__isnull=False)
                    & ~Q(status__in=["fulfilled", "conflict", "orphaned"])
                ),
            ),
            models.CheckConstraint(
                name="rebasing_reworked_is_answered",
                condition=Q(reworked__isnull=True) | Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point} → {self.edition.number}: {self.get_status_display()}"

    @property
    def is_lost(self) -> bool:
        """Whether the proposal cannot be carried over, so that somebody must reword it."""
        return self.status in (self.Status.CONFLICT, self.Status.ORPHANED)

    @property
    def waits_unchanged(self) -> bool:
        """Whether nothing has changed for it and only the word of its submitter is missing."""
        return self.status == self.Status.CLEAN and self.answered_at is None

    @property
    def holds(self) -> Amendment | None:
        """The version that may be taken up word for word: reworded, unchanged, or confirmed."""
        if self.reworked_id:
            return self.reworked
        is_sure = self.status == self.Status.CLEAN or self.answered_at is not None
        return self.amendment if is_sure else None
