"""The demonstration's series for goals, and its projects."""

from datetime import date
from decimal import Decimal

from mitplan.demo.files import content
from mitplan.monitoring.models import Indicator, Observation
from mitplan.plan.models import Measure, Plan
from mitplan.projects.models import Project


def load_series() -> None:
    """Load the made-up values that show every status of a goal."""
    indicators = {
        row["key"]: Indicator.objects.create(
            code=row["key"],
            name=row["name"],
            definition=row["definition"],
            unit=row["unit"],
            decimals=int(row["decimals"]),
            publication_lag_days=int(row["publication_lag_days"]),
            note=row["note"],
            is_demonstration=True,
        )
        for row in content("indicators.csv")
    }
    Observation.objects.bulk_create(
        Observation(
            indicator=indicators[row["indicator"]],
            region="Musterland",
            period=row["year"],
            period_end=date(int(row["year"]), 12, 31),
            value=Decimal(row["value"]) if row["value"] else None,
            missing_reason=row["missing_reason"],
            is_provisional=row.get("provisional") == "1",
            is_demonstration=True,
        )
        for row in content("observations.csv")
    )


def load_projects(plan: Plan) -> None:
    """Load the made-up projects; only these hang on measures of the plan."""
    measures = {measure.code: measure for measure in Measure.objects.filter(plan=plan)}
    for row in content("projects-demo.csv"):
        project = Project.objects.create(
            name=row["name"],
            carrier=row["carrier"],
            level=row["level"],
            place=row["place"],
            begins=row["start"],
            ends=row["end"],
            is_demonstration=True,
        )
        project.measures.add(measures[row["measure"]])
