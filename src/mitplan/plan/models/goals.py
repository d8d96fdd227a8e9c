"""Fields of action, goals and measures: the structured side of typed passages."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mitplan.common.immutable import Immutable
from mitplan.common.sourced import Sourced
from mitplan.plan.models.editions import Edition, Passage, Plan


class FieldOfAction(Sourced):
    """A topic chapter; topic cuts differ between bodies, terms and plans."""

    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="fields_of_action"
    )
    cut = models.CharField(_("Zuschnitt"), max_length=100)
    number = models.PositiveSmallIntegerField(_("Nummer"))
    name = models.CharField(_("Name"), max_length=150)

    class Meta(Sourced.Meta):
        verbose_name = _("Handlungsfeld")
        verbose_name_plural = _("Handlungsfelder")
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                name="fieldofaction_numbered_once", fields=["plan", "cut", "number"]
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Goal(models.Model):
    """A measurable goal; what it demands stands in its dated revisions."""

    passage = models.OneToOneField(Passage, on_delete=models.PROTECT, related_name="goal")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="goals")
    code = models.CharField(_("Ziel"), max_length=20)

    class Meta:
        verbose_name = _("Ziel")
        verbose_name_plural = _("Ziele")
        constraints = [
            models.UniqueConstraint(name="goal_code_once_per_plan", fields=["plan", "code"]),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("monitoring:goal", args=[self.plan.slug, self.code])


class GoalRevision(Immutable):
    """What a goal demands since one edition. An empty value is not known, never zero."""

    class Rule(models.TextChoices):
        REACH = "reach", _("erreichen")
        KEEP = "keep", _("halten")

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="revisions")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="goal_revisions")
    title = models.CharField(_("Titel"), max_length=200)
    text = models.TextField(_("Wortlaut"))
    field = models.ForeignKey(
        FieldOfAction, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rule = models.CharField(_("Art"), max_length=10, choices=Rule, default=Rule.REACH)
    indicator_code = models.CharField(_("Indikator"), max_length=40, blank=True)
    unit = models.CharField(_("Einheit"), max_length=40, blank=True)
    baseline = models.DecimalField(
        _("Ausgangswert"), max_digits=16, decimal_places=4, null=True, blank=True
    )
    baseline_on = models.DateField(_("Stand des Ausgangswerts"), null=True, blank=True)
    target = models.DecimalField(
        _("Zielwert"), max_digits=16, decimal_places=4, null=True, blank=True
    )
    target_on = models.DateField(_("Zieldatum"), null=True, blank=True)
    lead = models.CharField(_("Federführung"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Stand eines Ziels")
        verbose_name_plural = _("Stände von Zielen")
        constraints = [
            models.UniqueConstraint(
                name="goalrevision_once_per_edition", fields=["goal", "edition"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal} ({self.edition_id})"


class Measure(models.Model):
    """What is done for a goal; its particulars stand in its dated revisions."""

    passage = models.OneToOneField(Passage, on_delete=models.PROTECT, related_name="measure")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="measures")
    code = models.CharField(_("Maßnahme"), max_length=20)

    class Meta:
        verbose_name = _("Maßnahme")
        verbose_name_plural = _("Maßnahmen")
        constraints = [
            models.UniqueConstraint(name="measure_code_once_per_plan", fields=["plan", "code"]),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("monitoring:measure", args=[self.plan.slug, self.code])


class MeasureRevision(Immutable):
    """The particulars of a measure since one edition. Unknown costs are empty, never zero."""

    class State(models.TextChoices):
        PLANNED = "planned", _("geplant")
        RUNNING = "running", _("laufend")
        PAUSED = "paused", _("ausgesetzt")
        COMPLETED = "completed", _("abgeschlossen")
        UNKNOWN = "", _("nicht angegeben")

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="revisions")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="measure_revisions")
    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="measure_revisions"
    )
    title = models.CharField(_("Titel"), max_length=200)
    text = models.TextField(_("Wortlaut"))
    lead = models.CharField(_("Federführung"), max_length=200, blank=True)
    begins_year = models.PositiveSmallIntegerField(_("Beginn"), null=True, blank=True)
    ends_year = models.PositiveSmallIntegerField(_("Ende"), null=True, blank=True)
    cost_cents = models.BigIntegerField(_("Kosten in Cent"), null=True, blank=True)
    state = models.CharField(_("Stand"), max_length=10, choices=State, blank=True)

    class Meta:
        verbose_name = _("Stand einer Maßnahme")
        verbose_name_plural = _("Stände von Maßnahmen")
        constraints = [
            models.UniqueConstraint(
                name="measurerevision_once_per_edition", fields=["measure", "edition"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} ({self.edition_id})"
