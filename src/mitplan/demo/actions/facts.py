"""Sourced facts: real bodies, members, sittings, departments, projects, indicators."""

from decimal import Decimal

from django.db import transaction

from mitplan.conference.models import (
    Appointment,
    Body,
    Department,
    DepartmentName,
    Organisation,
    Sitting,
    Term,
)
from mitplan.core.indicators import parse_period
from mitplan.demo.files import Row, facts
from mitplan.monitoring.models import Indicator, Observation
from mitplan.plan.models import FieldOfAction, Foundation
from mitplan.projects.models import District, Project

_BODY_OF_SITTING = {
    "Integrationsbeirat": "beirat",
    "Hessische Integrationskonferenz (Vorläufer)": "konferenz-2009",
    "Kabinettsausschuss Integration": "ausschuss",
    "Hessischer Asylkonvent": "asylkonvent",
    "Landesregierung": "regierung",
    "Integrationskonferenz und Integrationsbeirat gemeinsam": "konferenz-2015",
    "Hessische Integrationskonferenz (neu)": "konferenz-2019",
    "Themenforen der Integrationskonferenz": "konferenz-2019",
    "Hessischer Landtag": "landtag",
    "Hessischer Landtag, Ausschuss": "landtag",
}
_CONFERENCES = (("2024-09-23", "konferenz-2024"), ("2019-12", "konferenz-2019"))
_GROUPS = {
    "he-ag-2015": ("konferenz-2015", Body.Kind.WORKING_GROUP, "2015-03-19"),
    "he-forum-2021": ("konferenz-2019", Body.Kind.FORUM, "2021-02"),
    "he-ag-2024": ("konferenz-2024", Body.Kind.WORKING_GROUP, "2025"),
}
_LEVELS = {"municipal": Organisation.Level.MUNICIPAL, "state": Organisation.Level.STATE}


@transaction.atomic
def load_facts() -> None:
    """Load everything that is known from public pages; each row keeps its source."""
    bodies = _load_bodies()
    _load_groups(bodies)
    _load_terms_and_members(bodies)
    _load_sittings(bodies)
    _load_departments()
    _load_fields()
    _load_foundations()
    _load_projects(_load_districts())
    _load_indicators()


def _load_bodies() -> dict[str, Body]:
    rows = facts("bodies.csv")
    bodies = {
        row["key"]: Body.objects.create(
            name=row["name"],
            kind=row["kind"],
            begins=row["begins"],
            ends=row["ends"],
            source=row["source"],
            note=row["note"],
        )
        for row in rows
    }
    for row in rows:
        body = bodies[row["key"]]
        body.successor = bodies.get(row["successor"])
        body.save()
    return bodies


def _load_groups(bodies: dict[str, Body]) -> None:
    for row in facts("fields_of_action.csv"):
        if row["set_id"] in _GROUPS:
            parent, kind, begins = _GROUPS[row["set_id"]]
            name = f"{kind.label} {row['name']} ({row['plan_or_term'].split()[-1]})"
            Body.objects.create(
                name=name,
                kind=kind,
                begins=begins,
                parent=bodies[parent],
                source=row["source"],
                note=row["note"],
            )


def _load_terms_and_members(bodies: dict[str, Body]) -> None:
    terms = {
        row["members_term"]: Term.objects.create(
            body=bodies[row["body"]],
            name=row["name"],
            begins=row["begins"],
            ends=row["ends"],
            size=row["size"],
            source=row["source"],
            note=row["note"],
        )
        for row in facts("terms.csv")
    }
    for row in facts("members.csv"):
        if row["name"].startswith("Mitglieder insgesamt"):
            continue  # a figure, told with the term
        organisation = _organisation(row)
        if row["term"]:
            Appointment.objects.create(
                term=terms[row["term"]],
                organisation=organisation,
                source=row["source"],
                note=row["note"],
            )


def _organisation(row: Row) -> Organisation:
    return Organisation.objects.get_or_create(
        name=row["name"],
        defaults={
            "category": row["category"],
            "level": _LEVELS.get(row["kind"], Organisation.Level.CIVIL_SOCIETY),
            "is_category": "(Kategorie)" in row["name"] or "ohne Einzelnennung" in row["name"],
            "source": row["source"],
            "note": row["note"],
        },
    )[0]


def _load_sittings(bodies: dict[str, Body]) -> None:
    Sitting.objects.bulk_create(
        Sitting(
            body=bodies[_body_key(row)],
            on=row["date"],
            kind=row["kind"],
            place=row["place"],
            subject=row["agenda"],
            source=row["source"],
            note=row["note"],
        )
        for row in facts("sittings.csv")
    )


def _body_key(row: Row) -> str:
    if key := _BODY_OF_SITTING.get(row["body"]):
        return key
    if not row["date"]:
        return "konferenz-2019"  # both sittings without a date stand between 2021 and 2023
    return next((key for begins, key in _CONFERENCES if row["date"] >= begins), "konferenz-2015")


def _load_departments() -> None:
    identities = {row["name"]: row["identity"] for row in facts("department-identities.csv")}
    for row in facts("departments.csv"):
        department, _new = Department.objects.get_or_create(
            name=identities[row["name"]], defaults={"source": row["source"]}
        )
        DepartmentName.objects.create(
            department=department,
            name=row["name"],
            legislature=int(row["legislature"]),
            cabinet=row["cabinet"],
            begins=row["from"],
            ends=row["to"],
            source=row["source"],
            note=row["note"],
        )


def _load_fields() -> None:
    FieldOfAction.objects.bulk_create(
        FieldOfAction(
            cut=f"{row['plan_or_term']} ({row['kind']})",
            number=int(row["no"]),
            name=row["name"],
            source=row["source"],
            note=row["note"],
        )
        for row in facts("fields_of_action.csv")
    )


def _load_foundations() -> None:
    Foundation.objects.bulk_create(
        Foundation(
            title=row["title"],
            dated=row["date"],
            issuer=row["issuer"],
            reference=row["reference"],
            role=row["role_for_plan"],
            source=row["source"],
        )
        for row in facts("foundations.csv")
    )


def _load_districts() -> dict[str, District]:
    rows = [
        District(
            ags=row["ags"],
            name=row["name"],
            short_name=row["short_name"],
            kind=row["kind"],
            region=row["regierungsbezirk"],
        )
        for row in facts("districts.csv")
    ]
    District.objects.bulk_create(rows)
    return {district.ags: district for district in rows}


def _load_projects(districts: dict[str, District]) -> None:
    rows = facts("projects.csv")
    projects = Project.objects.bulk_create(_project(row) for row in rows)
    links = Project.districts.through
    links.objects.bulk_create(
        links(project=project, district=districts[ags])
        for project, row in zip(projects, rows, strict=True)
        for ags in filter(None, row["ags"].split(";"))
    )


def _project(row: Row) -> Project:
    return Project(
        name=row["name"],
        carrier=row["carrier"],
        level=row["level"],
        field=row["field"],
        place=row["place"],
        begins=row["start"],
        ends=row["end"],
        funding_cents=int(Decimal(row["funding_eur"]) * 100) if row["funding_eur"] else None,
        funding_kind=row["funding_kind"],
        funding_precision=row["funding_precision"],
        award_year=int(row["award_year"]) if row["award_year"] else None,
        source=row["source"],
        note=row["note"],
    )


def _load_indicators() -> None:
    indicators = {
        row["id"]: Indicator(
            code=row["id"],
            name=row["name"],
            definition=row["definition_short"],
            unit=row["unit"],
            group=row["group"],
            kind=row["kind"],
            source=row["source"],
            note=row["note"],
        )
        for row in facts("indicators.csv")
    }
    Indicator.objects.bulk_create(indicators.values())
    Observation.objects.bulk_create(
        Observation(
            indicator=indicators[row["indicator_id"]],
            group=row["group"],
            region=row["region"],
            region_kind=row["region_kind"],
            ags=row["ags"],
            period=row["year"],
            period_end=parse_period(row["year"]).end if row["year"] else None,
            value=Decimal(row["value"]) if row["value"] else None,
            missing_reason="" if row["value"] else "nicht bekannt",
            source=row["source"],
            note=row["note"],
        )
        for row in facts("indicator_values.csv")
    )
