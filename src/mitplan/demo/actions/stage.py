"""The stage of the story: its people, organisations, days, and where a quote stands."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mitplan.accounts.models import User
from mitplan.conference.models import Department, Mandate, Organisation, Resolution
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.demo.files import content
from mitplan.participation.models import TextBlock
from mitplan.plan import actions as plan_actions
from mitplan.plan import queries as plan_queries
from mitplan.plan.models import Edition, FieldOfAction, Passage, Plan

FRIDAY = 5
BERLIN = ZoneInfo("Europe/Berlin")
SLUG = "musterland"
CABINET = "Kabinett Musterland (Demonstration)"
CONFERENCE = "Musterkonferenz Integration"
SECRETARY = "geschaeftsstelle@demonstration.example"
VOLUNTEER = "ehrenamt@demonstration.example"
OFFICIAL = "ressort@demonstration.example"


@dataclass
class Stage:
    """Everything the story needs at hand."""

    today: date
    secretary: User
    plan: Plan
    organisations: dict[str, Organisation]
    departments: dict[str, Department]
    days: dict[str, int]
    resolutions: dict[str, Resolution] = field(default_factory=dict)
    fields: dict[str, FieldOfAction] = field(default_factory=dict)

    def at(self, event: str, hour: int = 10) -> datetime:
        """Return the moment of an event of the calendar."""
        return self.moment(self.days[event], hour)

    def moment(self, offset: int, hour: int = 10) -> datetime:
        """Return a moment so many days from today; what offices do falls on a weekday."""
        day = self.today + timedelta(days=offset)
        weekday = day - timedelta(days=max(day.isoweekday() - FRIDAY, 0))
        return datetime.combine(weekday, time(hour), tzinfo=BERLIN)


class Finder:
    """Finds the one passage of the newest edition that contains a quote."""

    def __init__(self, plan: Plan) -> None:
        edition = plan.editions.latest("number")
        self.edition: Edition = edition
        self.values = plan_queries.state_of(edition).document
        self.rows = {passage.key: passage for passage in plan.passages.all()}

    def value(self, quote: str) -> PassageValue:
        """Return the passage as a value of the core."""
        found = [value for value in self.values if quote in value.text]
        if len(found) != 1:
            message = f"{len(found)} Textstellen enthalten «{quote}»"
            raise LookupError(message)
        return found[0]

    def passage(self, quote: str) -> Passage:
        """Return the passage as a row."""
        return self.rows[self.value(quote).id]


def set_stage(today: date) -> Stage:
    """Create the people, organisations and departments of the story, and the empty plan."""
    secretary = make_person(SECRETARY, "Geschäftsstelle (Demonstration)", User.Office.SECRETARIAT)
    organisations = {
        row["key"]: Organisation.objects.create(
            name=row["name"],
            category=row["category"],
            level=row["level"],
            place=row["place"],
            email=f"{row['key']}@demonstration.example",
            is_demonstration=True,
        )
        for row in content("organisations.csv")
    }
    departments = {
        row["key"]: Department.objects.create(name=row["name"], is_demonstration=True)
        for row in content("departments.csv")
    }
    days = {row["event"]: int(row["offset_days"]) for row in content("calendar.csv")}
    plan = plan_actions.create_plan(
        slug=SLUG,
        title="Integrationsplan Musterland",
        by=secretary,
        at=datetime.combine(today, time(8), tzinfo=BERLIN) - timedelta(days=700),
        is_demonstration=True,
    )
    stage = Stage(today, secretary, plan, organisations, departments, days)
    _give_mandates(stage)
    _load_text_blocks()
    return stage


def make_person(email: str, name: str, office: str = "") -> User:
    """Create a person of the demonstration, who signs in by the role switch only."""
    return User.objects.create_user(email, name=name, office=office, is_demonstration=True)


def _give_mandates(stage: Stage) -> None:
    since = stage.moment(stage.days["plan-1-konferenzentwurf.md"]).date()
    volunteer = make_person(VOLUNTEER, "Ehrenamtliche (Demonstration)")
    for kind, key in ((Mandate.Kind.MEMBER, "sprachbruecke"), (Mandate.Kind.DEPUTY, "eltern")):
        Mandate.objects.create(
            user=volunteer, kind=kind, organisation=stage.organisations[key], begins_on=since
        )
    official = make_person(OFFICIAL, "Ressort Soziales (Demonstration)")
    Mandate.objects.create(
        user=official,
        kind=Mandate.Kind.DEPARTMENT_CONTACT,
        department=stage.departments["soziales"],
        begins_on=since,
    )


def _load_text_blocks() -> None:
    TextBlock.objects.bulk_create(
        TextBlock(
            key=row["key"],
            title=row["title"],
            outcome=row["outcome"],
            reason_code=row["reason_code"],
            sentence=row["sentence"],
        )
        for row in content("textblocks.csv")
    )
