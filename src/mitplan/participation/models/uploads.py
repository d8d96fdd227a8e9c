"""Files that came in: kept as they were, looked at, taken in, and their letters cut into blocks."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mitplan.common.immutable import Immutable
from mitplan.conference.models import Organisation
from mitplan.participation.models.consultations import Consultation
from mitplan.participation.models.submissions import Point, Submission


class Upload(Immutable):
    """A file an organisation sent; pending until somebody confirms what becomes of it, frozen from then on.

    A pending one expires. `taken` are the hashes of what was taken in.
    """

    frozen_when = "taken_at"

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="uploads")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="uploads")
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="files"
    )
    name = models.CharField(_("Dateiname"), max_length=200)
    content = models.BinaryField(_("Datei"))
    sha256 = models.CharField(_("Prüfsumme"), max_length=64)
    uploaded_at = models.DateTimeField(_("hochgeladen am"))
    uploaded_as = models.CharField(_("hochgeladen als"), max_length=120)
    taken = models.JSONField(_("übernommen"), default=list)
    taken_at = models.DateTimeField(_("übernommen am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Datei")
        verbose_name_plural = _("Dateien")
        constraints = [
            models.CheckConstraint(
                name="upload_taken_has_submission",
                condition=Q(taken_at__isnull=True) | Q(submission__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="upload_by_organisation", fields=["consultation", "organisation"]),
        ]

    def __str__(self) -> str:
        return self.name


class LetterSplit(models.Model):
    """The work of cutting a letter into points; closed when no block is left."""

    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, related_name="letter_split"
    )
    begun_at = models.DateTimeField(_("begonnen am"))
    closed_at = models.DateTimeField(_("abgeschlossen am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Aufteilung")
        verbose_name_plural = _("Aufteilungen")

    def __str__(self) -> str:
        return f"{self.submission}"


class LetterBlock(models.Model):
    """A stretch of a letter that became a point, or was marked as holding no demand."""

    split = models.ForeignKey(LetterSplit, on_delete=models.PROTECT, related_name="blocks")
    position = models.PositiveSmallIntegerField(_("Reihenfolge"))
    text = models.TextField(_("Text"))
    point = models.ForeignKey(
        Point, on_delete=models.PROTECT, null=True, blank=True, related_name="blocks"
    )
    is_without_demand = models.BooleanField(_("ohne Anliegen"), default=False)

    class Meta:
        verbose_name = _("Block eines Schreibens")
        verbose_name_plural = _("Blöcke von Schreiben")
        constraints = [
            models.UniqueConstraint(name="letterblock_once", fields=["split", "position"]),
            models.CheckConstraint(
                name="letterblock_is_point_or_without_demand",
                condition=Q(point__isnull=True) | Q(is_without_demand=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.split_id}/{self.position}"

    @property
    def is_settled(self) -> bool:
        """Whether it is known what becomes of it."""
        return self.is_without_demand or self.point_id is not None


class Bulk(models.Model):
    """Many letters handed over in one ZIP file."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="bulks")
    name = models.CharField(_("Dateiname"), max_length=200)
    sha256 = models.CharField(_("Prüfsumme"), max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(_("begonnen am"))
    finished_at = models.DateTimeField(_("beendet am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Stapel")
        verbose_name_plural = _("Stapel")
        constraints = [
            models.UniqueConstraint(name="bulk_once", fields=["consultation", "sha256"]),
        ]

    def __str__(self) -> str:
        return self.name


class BulkLetter(models.Model):
    """One letter of a bulk, and what became of it; its bytes are kept until that is known."""

    class State(models.TextChoices):
        WAITING = "waiting", _("wartet")
        TAKEN = "taken", _("erfasst")
        KNOWN = "known", _("schon bekannt")
        REFUSED = "refused", _("nicht erfasst")

    bulk = models.ForeignKey(Bulk, on_delete=models.CASCADE, related_name="letters")
    position = models.PositiveSmallIntegerField(_("Reihenfolge"))
    name = models.CharField(_("Dateiname"), max_length=200)
    content = models.BinaryField(_("Datei"))
    state = models.CharField(_("Stand"), max_length=8, choices=State, default=State.WAITING)
    sentence = models.TextField(_("Hinweis"), blank=True)
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Schreiben eines Stapels")
        verbose_name_plural = _("Schreiben von Stapeln")
        constraints = [
            models.UniqueConstraint(name="bulkletter_once", fields=["bulk", "position"]),
        ]

    def __str__(self) -> str:
        return self.name
