"""Departments by legislature: one identity, whatever it was called."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from mitplan.common.partial_dates import spoken_span
from mitplan.conference.models import Department, DepartmentName, Mandate


@dataclass(frozen=True, slots=True)
class Legislature:
    """A legislature with its cabinet."""

    number: int
    cabinet: str
    span: str

    @property
    def label(self) -> str:
        """How the head of a column names it."""
        return _("%(number)s. Wahlperiode (%(cabinet)s)") % {
            "number": self.number,
            "cabinet": self.cabinet,
        }


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """A department and what it was called in each legislature, in the order of the columns."""

    department: Department
    names: list[str]


@dataclass(frozen=True, slots=True)
class Departments:
    """The table of departments by legislature."""

    legislatures: list[Legislature]
    lines: list[DepartmentLine]
    names: list[DepartmentName]


def departments_by_legislature() -> Departments:
    """Return the departments with their names in every legislature, in two statements."""
    names = list(DepartmentName.objects.order_by("legislature", "begins", "name"))
    departments = list(Department.objects.select_related("successor").order_by("name"))
    by_pk = {department.pk: department for department in departments}
    for name in names:
        name.department = by_pk[name.department_id]
    legislatures = _legislatures(names)
    called: dict[tuple[int, int], list[str]] = {}
    for name in names:
        called.setdefault((name.department_id, name.legislature), []).append(name.name)
    lines = [
        DepartmentLine(
            department,
            [" / ".join(called.get((department.pk, each.number), [])) for each in legislatures],
        )
        for department in departments
    ]
    return Departments(legislatures, lines, names)


def _legislatures(names: Sequence[DepartmentName]) -> list[Legislature]:
    found: dict[int, Legislature] = {}
    for name in names:
        span = spoken_span(name.begins, name.ends)
        found.setdefault(name.legislature, Legislature(name.legislature, name.cabinet, span))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Contacts:
    """Who speaks for a department."""

    department: Department
    mandates: list[Mandate]


def contacts() -> list[Contacts]:
    """Return all departments with who speaks for them, in two statements."""
    by_begin = Prefetch("mandates", Mandate.objects.select_related("user").order_by("-begins_on"))
    departments = Department.objects.prefetch_related(by_begin).order_by("name")
    return [Contacts(each, list(each.mandates.all())) for each in departments]


HEADER = (
    "Ressort",
    "Name",
    "Wahlperiode",
    "Kabinett",
    "Beginn",
    "Ende",
    "Nachfolger",
    "Quelle",
    "Anmerkung",
    "Demonstration",
)


def row(name: DepartmentName) -> tuple[object, ...]:
    """Return the name of a department as a row under `HEADER`."""
    successor = name.department.successor
    return (
        name.department.name,
        name.name,
        name.legislature,
        name.cabinet,
        name.begins,
        name.ends,
        successor.name if successor else "",
        name.source,
        name.note,
        "ja" if name.is_demonstration else "nein",
    )
