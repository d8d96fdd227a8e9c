"""What in the plan a point speaks about, beside the passage that stands in the point itself."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mitplan.common.immutable import Immutable
from mitplan.participation.models.submissions import Point
from mitplan.plan.models import Edition, Passage


class Anchor(Immutable):
    """One place of the plan a point speaks about: passage, edition and exact quote.

    A point's own passage is place 0; further anchors are counted from 1. Of several rows for one place the
    latest holds: a person who settles where a lost anchor belongs adds a row, and none is changed.
    """

    class Kind(models.TextChoices):
        PASSAGE = "passage", _("Textstelle")
        CHAPTER = "chapter", _("ganzes Kapitel")
        MISSING = "missing", _("fehlt im Plan")
        LEFT = "left", _("bleibt bei der alten Fassung")

    frozen_when = "made_at"

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="anchors")
    place = models.PositiveSmallIntegerField(_("Reihenfolge"))
    kind = models.CharField(_("Art"), max_length=8, choices=Kind)
    passage = models.ForeignKey(
        Passage, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    quote = models.TextField(_("Bezugsstelle"), blank=True)
    reason = models.TextField(_("Begründung"), blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("festgelegt am"))

    class Meta:
        verbose_name = _("Bezugsstelle")
        verbose_name_plural = _("Bezugsstellen")
        constraints = [
            models.CheckConstraint(
                name="anchor_names_a_passage",
                condition=Q(kind__in=["missing", "left"]) | Q(passage__isnull=False),
                violation_error_message=_("Bitte die Textstelle nennen."),
            ),
        ]
        indexes = [models.Index(name="anchor_by_place", fields=["point", "place"])]

    def __str__(self) -> str:
        return f"{self.point}: {self.get_kind_display()}"
