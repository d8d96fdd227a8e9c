"""Organisations, departments, and the people who speak for them."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from mitplan.accounts.models import Role
from mitplan.common.partial_dates import PartialDateField
from mitplan.common.sourced import Sourced


class Organisation(Sourced):
    """A member organisation, association or municipality; or a named group of members."""

    class Level(models.TextChoices):
        STATE = "state", _("Land")
        MUNICIPAL = "municipal", _("Kommune")
        CIVIL_SOCIETY = "civil_society", _("Zivilgesellschaft")
        FEDERAL = "federal", _("Bund")

    name = models.CharField(_("Name"), max_length=200, unique=True)
    category = models.CharField(_("Gruppe"), max_length=80)
    level = models.CharField(_("Ebene"), max_length=20, choices=Level, default=Level.CIVIL_SOCIETY)
    place = models.CharField(_("Ort"), max_length=100, blank=True)
    email = models.EmailField(_("E-Mail-Adresse"), blank=True)
    is_category = models.BooleanField(_("steht für eine Gruppe ohne Einzelnamen"), default=False)

    class Meta(Sourced.Meta):
        verbose_name = _("Organisation")
        verbose_name_plural = _("Organisationen")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("conference:organisation", args=[self.pk])


class Department(Sourced):
    """A government department: one identity, whatever it is called in a legislature."""

    name = models.CharField(_("Name"), max_length=200, unique=True)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors"
    )

    class Meta(Sourced.Meta):
        verbose_name = _("Ressort")
        verbose_name_plural = _("Ressorts")

    def __str__(self) -> str:
        return self.name


class DepartmentName(Sourced):
    """What a department was called in one legislature."""

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(_("Name"), max_length=200)
    legislature = models.PositiveSmallIntegerField(_("Wahlperiode"))
    cabinet = models.CharField(_("Kabinett"), max_length=80)
    begins = PartialDateField(_("Beginn"))
    ends = PartialDateField(_("Ende"), blank=True)

    class Meta(Sourced.Meta):
        verbose_name = _("Name eines Ressorts")
        verbose_name_plural = _("Namen der Ressorts")
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                name="departmentname_once_per_legislature",
                fields=["department", "legislature", "begins"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.legislature})"


class MandateQuerySet(models.QuerySet["Mandate"]):
    def active(self, on: date) -> Self:
        """Mandates that hold on a day."""
        return self.filter(Q(begins_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on))


class Mandate(models.Model):
    """Who speaks for an organisation, a department or a body, from when until when."""

    class Kind(models.TextChoices):
        CONTRIBUTOR = "contributor", _("Mitwirkung")
        MEMBER = "member", _("Mitglied")
        DEPUTY = "deputy", _("Vertretung")
        DEPARTMENT_CONTACT = Role.DEPARTMENT_CONTACT
        DEPARTMENT_LEAD = Role.DEPARTMENT_LEAD
        CHAIR = Role.CHAIR

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mandates"
    )
    kind = models.CharField(_("Art"), max_length=20, choices=Kind)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="mandates"
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="mandates"
    )
    body = models.ForeignKey(
        "conference.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="mandates"
    )
    begins_on = models.DateField(_("Beginn"))
    ends_on = models.DateField(_("Ende"), null=True, blank=True)
    act = models.CharField(
        _("Berufung oder Benennung"),
        max_length=200,
        blank=True,
        help_text=_("Was das Mandat begründet, zum Beispiel ein Schreiben mit Datum und Zeichen."),
    )
    acted_on = models.DateField(_("Datum der Berufung"), null=True, blank=True)
    resolution = models.ForeignKey(
        "conference.Resolution",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates",
        verbose_name=_("berufen durch Beschluss"),
    )
    scope_body = models.ForeignKey(
        "conference.Body",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="scoped_mandates",
        verbose_name=_("nur im Gremium"),
    )
    scope_field = models.CharField(_("nur im Handlungsfeld"), max_length=150, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("Mandat")
        verbose_name_plural = _("Mandate")
        constraints = [
            models.CheckConstraint(
                name="mandate_speaks_for_what_its_kind_says",
                condition=Q(
                    kind__in=["contributor", "member", "deputy"],
                    organisation__isnull=False,
                    department__isnull=True,
                    body__isnull=True,
                )
                | Q(
                    kind__in=["department_contact", "department_lead"],
                    organisation__isnull=True,
                    department__isnull=False,
                    body__isnull=True,
                )
                | Q(
                    kind="chair",
                    organisation__isnull=True,
                    department__isnull=True,
                    body__isnull=False,
                ),
                violation_error_message=_(
                    "Ein Mandat gilt für genau eine Organisation, ein Ressort oder ein Gremium."
                ),
            ),
            models.UniqueConstraint(
                name="mandate_one_active_member_per_organisation",
                fields=["organisation"],
                condition=Q(kind="member", ends_on__isnull=True),
                violation_error_message=_("Die Organisation hat schon ein Mitglied."),
            ),
            models.CheckConstraint(
                name="mandate_has_at_most_one_scope",
                condition=Q(scope_body__isnull=True) | Q(scope_field=""),
                violation_error_message=_(
                    "Bitte ein Gremium oder ein Handlungsfeld, nicht beides."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation or self.department or self.body}"

    @property
    def role(self) -> Role:
        """The role this mandate gives."""
        if self.kind in (self.Kind.MEMBER, self.Kind.DEPUTY):
            return Role.MANDATE_HOLDER
        return Role(self.kind)

    @property
    def spelled_out(self) -> str:
        """The mandate in one line, for the record of an act: kind, first day, act and scope."""
        begins = date_format(self.begins_on, "SHORT_DATE_FORMAT")
        with override(settings.LANGUAGE_CODE):
            kind = self.get_kind_display() if self.organisation_id else self.role.label
            since = gettext("seit %(day)s") % {"day": begins}
        acted = f" ({date_format(self.acted_on, 'SHORT_DATE_FORMAT')})" if self.acted_on else ""
        scope = str(self.scope_body) if self.scope_body_id else self.scope_field
        parts = [f"{kind} {since}", f"{self.act}{acted}" if self.act else "", scope]
        return "; ".join(filter(None, parts))[:300]
