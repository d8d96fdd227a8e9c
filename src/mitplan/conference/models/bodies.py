"""Bodies through time, and who is appointed to them."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mitplan.common.partial_dates import PartialDateField
from mitplan.common.sourced import Sourced
from mitplan.conference.models.organisations import Organisation


class Body(Sourced):
    """A conference, council, working group or committee; may be merged into a successor."""

    class Kind(models.TextChoices):
        CONFERENCE = "conference", _("Konferenz")
        COUNCIL = "council", _("Beirat")
        WORKING_GROUP = "working_group", _("Arbeitsgruppe")
        FORUM = "forum", _("Themenforum")
        CABINET_COMMITTEE = "cabinet_committee", _("Kabinettsausschuss")
        GOVERNMENT = "government", _("Landesregierung")
        PARLIAMENT = "parliament", _("Landtag")
        CONVENTION = "convention", _("Konvent")

    name = models.CharField(_("Name"), max_length=200, unique=True)
    kind = models.CharField(_("Art"), max_length=20, choices=Kind)
    begins = PartialDateField(_("Beginn"), blank=True)
    ends = PartialDateField(_("Ende"), blank=True)
    notice_working_days = models.PositiveSmallIntegerField(
        _("Frist für Vorlagen in Arbeitstagen"), default=20
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors"
    )

    class Meta(Sourced.Meta):
        verbose_name = _("Gremium")
        verbose_name_plural = _("Gremien")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("conference:body", args=[self.pk])


class Term(Sourced):
    """The period for which a body is appointed."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="terms")
    name = models.CharField(_("Bezeichnung"), max_length=100)
    begins = PartialDateField(_("Beginn"), blank=True)
    ends = PartialDateField(_("Ende"), blank=True)
    size = models.CharField(_("Zahl der Mitglieder, wie veröffentlicht"), max_length=60, blank=True)

    class Meta(Sourced.Meta):
        verbose_name = _("Amtsperiode")
        verbose_name_plural = _("Amtsperioden")
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(name="term_named_once_per_body", fields=["body", "name"]),
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.name}"


class Appointment(Sourced):
    """An organisation's seat in a body for a term."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="appointments")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="appointments"
    )
    may_vote = models.BooleanField(_("stimmberechtigt"), null=True)

    class Meta(Sourced.Meta):
        verbose_name = _("Berufung")
        verbose_name_plural = _("Berufungen")
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                name="appointment_once_per_term", fields=["term", "organisation"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.term}"
