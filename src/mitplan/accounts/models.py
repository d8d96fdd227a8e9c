"""People and the office they hold in the house."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The ten roles. A person has those of the office held and of the mandates (conference)."""

    VISITOR = "visitor", _("Öffentlichkeit")
    PERSON = "person", _("Person mit Konto")
    CONTRIBUTOR = "contributor", _("Mitwirkende")
    MANDATE_HOLDER = "mandate_holder", _("Mitglied oder Vertretung")
    DEPARTMENT_CONTACT = "department_contact", _("Ansprechperson des Ressorts")
    DEPARTMENT_LEAD = "department_lead", _("Leitung im Ressort")
    SECRETARIAT = "secretariat", _("Geschäftsstelle")
    CHAIR = "chair", _("Vorsitz eines Gremiums")
    DATA_EDITOR = "data_editor", _("Datenpflege")
    ADMINISTRATOR = "administrator", _("Administration")


COMMAND_LINE = "befehlszeile@localhost"
"""The person the command line acts as; nobody signs in as it."""


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Create a person who signs in with a password, or without one by a code sent by mail."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save()
        return user


class User(AbstractBaseUser):
    """A person who can sign in."""

    class Office(models.TextChoices):
        NONE = "", _("kein Amt")
        SECRETARIAT = Role.SECRETARIAT
        DATA_EDITOR = Role.DATA_EDITOR
        ADMINISTRATOR = Role.ADMINISTRATOR

    email = models.EmailField(_("E-Mail-Adresse"), unique=True)
    name = models.CharField(_("Name"), max_length=150, blank=True)
    office = models.CharField(_("Amt"), max_length=20, choices=Office, blank=True)
    is_active = models.BooleanField(_("aktiv"), default=True)
    is_demonstration = models.BooleanField(_("Demonstration"), default=False)
    last_visit_at = models.DateTimeField(_("letzter Besuch"), null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("Person")
        verbose_name_plural = _("Personen")

    def __str__(self) -> str:
        return self.name or self.email
