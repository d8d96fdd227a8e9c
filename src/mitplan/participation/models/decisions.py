"""What departments advise and what is decided on a point."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mitplan.common.immutable import Immutable
from mitplan.conference.models import Department, Resolution
from mitplan.participation.models.submissions import Point
from mitplan.plan.models import Passage


class Outcome(models.TextChoices):
    """What became of a point."""

    TAKEN_UP = "taken_up", _("übernommen")
    IN_SUBSTANCE = "taken_up_in_substance", _("sinngemäß übernommen")
    PARTLY = "taken_up_partly", _("teilweise übernommen")
    ALREADY_COVERED = "already_covered", _("bereits enthalten")
    DEFERRED = "deferred", _("wird weiterbearbeitet")
    REFERRED = "referred", _("weitergegeben")
    DECLINED = "declined", _("nicht übernommen")
    NOTED = "noted", _("zur Kenntnis genommen")


UPTAKE = (Outcome.TAKEN_UP, Outcome.IN_SUBSTANCE, Outcome.PARTLY)


class ReasonCode(models.TextChoices):
    """Why: one code and a sentence for every outcome but taken up."""

    WORDING = "wording", _("anderer Wortlaut")
    OTHER_LEVEL = "other_level", _("Zuständigkeit einer anderen Ebene")
    LEGAL_LIMITS = "legal_limits", _("rechtliche Grenzen")
    BUDGET = "budget", _("Haushalt")
    CONTRADICTS_GOAL = "contradicts_goal", _("widerspricht einem Ziel")
    CONTRADICTS_POINT = "contradicts_point", _("widerspricht einem anderen Anliegen")
    IN_FORCE = "in_force", _("gilt bereits")
    EVIDENCE_MISSING = "evidence_missing", _("Beleg fehlt")
    OUTSIDE_PLAN = "outside_plan", _("außerhalb des Plans")
    MORE_WORK = "more_work", _("weiterer Arbeitsbedarf")
    OTHER = "other", _("anderer Grund")


class TextBlock(models.Model):
    """A sentence that reasons many decisions."""

    key = models.SlugField(_("Kürzel"), unique=True)
    title = models.CharField(_("Titel"), max_length=120)
    outcome = models.CharField(_("Entscheidung"), max_length=24, choices=Outcome)
    reason_code = models.CharField(_("Grund"), max_length=20, choices=ReasonCode, blank=True)
    sentence = models.TextField(_("Satz"))

    class Meta:
        verbose_name = _("Textbaustein")
        verbose_name_plural = _("Textbausteine")

    def __str__(self) -> str:
        return self.title


class Advice(Immutable):
    """A department's recommendation on a point; never the decision."""

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="advice")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="advice")
    recommendation = models.CharField(_("Empfehlung"), max_length=24, choices=Outcome)
    text = models.TextField(_("Fachvotum"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_as = models.CharField(_("abgegeben als"), max_length=300, blank=True)
    given_at = models.DateTimeField(_("abgegeben am"))

    class Meta:
        verbose_name = _("Fachvotum")
        verbose_name_plural = _("Fachvoten")

    def __str__(self) -> str:
        return f"{self.department}: {self.get_recommendation_display()}"


class Decision(Immutable):
    """Outcome, reason and deciding body; a later decision follows, none is changed."""

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(_("Entscheidung"), max_length=24, choices=Outcome)
    reason_code = models.CharField(_("Grund"), max_length=20, choices=ReasonCode, blank=True)
    sentence = models.TextField(_("Satz"), blank=True)
    text_block = models.ForeignKey(
        TextBlock, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    covered_by = models.ForeignKey(
        Passage,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("enthalten in"),
    )
    owner = models.CharField(_("zuständig"), max_length=200, blank=True)
    owner_department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("zuständiges Ressort"),
    )
    review_on = models.DateField(_("Wiedervorlage"), null=True, blank=True)
    resolution = models.ForeignKey(
        Resolution,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("Beschluss"),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_as = models.CharField(_("entschieden durch"), max_length=200)
    decided_at = models.DateTimeField(_("entschieden am"))

    class Meta:
        verbose_name = _("Entscheidung")
        verbose_name_plural = _("Entscheidungen")
        constraints = [
            models.CheckConstraint(
                name="decision_gives_code_and_sentence_unless_taken_up",
                condition=Q(outcome="taken_up") | (~Q(reason_code="") & ~Q(sentence="")),
                violation_error_message=_("Bitte einen Grund wählen und in einem Satz begründen."),
            ),
            models.CheckConstraint(
                name="decision_already_covered_names_the_passage",
                condition=~Q(outcome="already_covered") | Q(covered_by__isnull=False),
                violation_error_message=_(
                    "Bitte die Textstelle nennen, in der das Anliegen bereits enthalten ist."
                ),
            ),
            models.CheckConstraint(
                name="decision_deferred_names_owner_and_day",
                condition=~Q(outcome="deferred") | (~Q(owner="") & Q(review_on__isnull=False)),
                violation_error_message=_(
                    "Bitte nennen, wer weiterarbeitet und wann die Sache wieder vorliegt."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point}: {self.get_outcome_display()}"
