"""What was decided is followed by something newer; it is never changed or deleted."""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar, Self

from django.db import models


class FrozenError(Exception):
    """Somebody tried to change or delete what was decided. A bug: actions ask policies first."""

    def __init__(self, model: type[models.Model], fields: Iterable[str] = ()) -> None:
        names = ", ".join(sorted(fields)) or "the row"
        super().__init__(f"{model._meta.label} is frozen: {names}")


class ImmutableQuerySet(models.QuerySet[Any]):
    def frozen(self) -> Self:
        """Return the rows that may no longer change."""
        column = self.model.frozen_when
        return self.filter(**{f"{column}__isnull": False}) if column else self

    def update(self, **values: Any) -> int:  # noqa: ANN401 – Django's own signature
        self._refuse(values)
        return super().update(**values)

    def bulk_update(
        self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        objs, fields = tuple(objs), tuple(fields)
        if locked := set(fields) - self.model.may_change:
            for each in objs:
                each.require_open(locked)
        return models.QuerySet(self.model, using=self.db).bulk_update(objs, fields, batch_size)

    def delete(self) -> tuple[int, dict[str, int]]:
        if self.frozen().exists():
            raise FrozenError(self.model)
        return super().delete()

    def _refuse(self, fields: Collection[str]) -> None:
        locked = set(fields) - self.model.may_change
        if locked and self.frozen().exists():
            raise FrozenError(self.model, locked)


class Immutable(models.Model):
    """A row that cannot be edited once it counts; the database refuses too (see triggers)."""

    frozen_when: ClassVar[str] = ""
    """The column that freezes the row as soon as it is filled; empty: frozen from the beginning."""

    may_change: ClassVar[frozenset[str]] = frozenset()
    """Fields that stay open, such as the pointer to the latest decision."""

    objects = ImmutableQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 – Django's own signature
        if not self._state.adding and self._is_frozen_in_database():
            changed = self._changed_fields(kwargs.get("update_fields"))
            if locked := changed - self.may_change:
                raise FrozenError(type(self), locked)
        super().save(*args, **kwargs)
        self.__dict__["_as_stored"] = self._current()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:  # noqa: ANN401
        if self._is_frozen_in_database():
            raise FrozenError(type(self))
        return super().delete(*args, **kwargs)

    @classmethod
    def from_db(  # type: ignore[override]  # the stubs know a parameter of Django 6.1 already
        cls, db: str | None, field_names: Collection[str], values: Collection[Any]
    ) -> Self:
        instance = super().from_db(db, field_names, values)
        instance.__dict__["_as_stored"] = dict(zip(field_names, values, strict=True))
        return instance

    def _current(self) -> dict[str, Any]:
        names = (field.attname for field in self._meta.concrete_fields)
        return {name: self.__dict__[name] for name in names if name in self.__dict__}

    def _stored(self) -> dict[str, Any]:
        stored: dict[str, Any] = self.__dict__.get("_as_stored", {})
        return stored

    def require_open(self, fields: Iterable[str]) -> None:
        """Refuse to change fields of a row that was frozen when it was read; needs no statement."""
        if self._is_frozen_in_database():
            raise FrozenError(type(self), fields)

    def _is_frozen_in_database(self) -> bool:
        return not self.frozen_when or self._stored().get(self.frozen_when) is not None

    def _changed_fields(self, update_fields: Iterable[str] | None) -> set[str]:
        fields = {field.attname: field.name for field in self._meta.concrete_fields}
        stored = self._stored()
        changed = {
            fields[name]
            for name, value in self._current().items()
            if name in stored and stored[name] != value
        }
        return changed & set(update_fields) if update_fields is not None else changed
