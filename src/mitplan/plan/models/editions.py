"""A plan, its editions, and the passages they are made of."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitplan.common.immutable import Immutable, ImmutableQuerySet
from mitplan.core.text import passages


class Plan(models.Model):
    """The plan through all its editions."""

    slug = models.SlugField(_("Kurzname"), unique=True)
    title = models.CharField(_("Titel"), max_length=200)
    is_demonstration = models.BooleanField(_("Demonstration"), default=False)
    last_passage = models.PositiveIntegerField(_("letzte Textstelle"), default=0)

    class Meta:
        verbose_name = _("Plan")
        verbose_name_plural = _("Pläne")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("publishing:plan", args=[self.slug])


class EditionQuerySet(ImmutableQuerySet):
    def public(self) -> "EditionQuerySet":
        """Editions everybody may read."""
        return self.filter(released_at__isnull=False)


class Edition(Immutable):
    """One immutable state of the plan."""

    class Kind(models.TextChoices):
        CONFERENCE_DRAFT = "conference_draft", _("Konferenzentwurf")
        CONSULTATION_TEXT = "consultation_text", _("Beteiligungsfassung")
        CABINET_VERSION = "cabinet_version", _("Kabinettsfassung")
        ADOPTED = "adopted", _("beschlossene Fassung")
        REPORT = "report", _("Berichtsfassung")

    may_change = frozenset({"released_at"})

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("Fassung"))
    kind = models.CharField(_("Art"), max_length=20, choices=Kind)
    title = models.CharField(_("Bezeichnung"), max_length=200)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    dated_on = models.DateField(pgettext_lazy("Tag", "Stand"))
    content_hash = models.CharField(_("Prüfsumme"), max_length=64)
    word_count = models.PositiveIntegerField(_("Wörter"))
    made_at = models.DateTimeField(_("angelegt am"))
    released_at = models.DateTimeField(_("veröffentlicht am"), null=True, blank=True)

    objects: ClassVar = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Fassung")
        verbose_name_plural = _("Fassungen")
        constraints = [
            models.UniqueConstraint(name="edition_numbered_once", fields=["plan", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({_('Fassung')} {self.number})"

    def get_absolute_url(self) -> str:
        return reverse("publishing:edition", args=[self.plan.slug, self.number])

    @property
    def is_adopted(self) -> bool:
        return self.kind == self.Kind.ADOPTED


class Passage(Immutable):
    """The smallest citable unit; its number never changes and is never given twice."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="passages")
    number = models.PositiveIntegerField(_("Textstelle"))

    class Meta:
        verbose_name = _("Textstelle")
        verbose_name_plural = _("Textstellen")
        constraints = [
            models.UniqueConstraint(name="passage_numbered_once", fields=["plan", "number"]),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """The id the core and the files know the passage by."""
        return self.key_of(self.number)

    @staticmethod
    def key_of(number: int) -> str:
        """Return the key of the passage with a number."""
        return f"t{number}"

    def get_absolute_url(self) -> str:
        return reverse("publishing:passage", args=[self.plan.slug, self.number])


class Wording(Immutable):
    """The text of a passage in one or more editions, every token with its origin.

    `runs` is a list of pairs [number of tokens, id of the Origin].
    """

    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="wordings")
    text = models.TextField(_("Wortlaut"))
    runs = models.JSONField()
    tokenizer = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("Wortlaut")
        verbose_name_plural = _("Wortlaute")

    def __str__(self) -> str:
        return self.text[:60]


class Entry(Immutable):
    """A passage as it stands in one edition."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="entries")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="entries")
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="entries")
    position = models.PositiveIntegerField(_("Reihenfolge"))
    kind = models.CharField(
        _("Art"), max_length=20, choices=[(kind.value, kind.value) for kind in passages.Kind]
    )
    level = models.PositiveSmallIntegerField(_("Ebene"))
    label = models.CharField(_("Zeichen"), max_length=40, blank=True)
    fields = models.JSONField(default=list)

    class Meta:
        verbose_name = _("Eintrag")
        verbose_name_plural = _("Einträge")
        constraints = [
            models.UniqueConstraint(name="entry_passage_once", fields=["edition", "passage"]),
            models.UniqueConstraint(name="entry_position_once", fields=["edition", "position"]),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.position}"
