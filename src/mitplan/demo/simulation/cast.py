"""Who plays, and on what: secretariat, departments, organisations with their people, and a plan."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from mitplan.accounts.models import User
from mitplan.conference import actions as conference
from mitplan.conference.models import Department, Mandate, Organisation
from mitplan.core.text.passages import Kind
from mitplan.demo.actions.stage import BERLIN, make_person
from mitplan.demo.simulation.ledger import Ledger
from mitplan.participation import actions as participation
from mitplan.participation.models import Outcome, ReasonCode, TextBlock
from mitplan.plan import actions as plan_actions
from mitplan.plan.models import Edition, Passage, Plan
from mitplan.web.commands.bench_text import Writer

BEGIN = datetime(2025, 1, 13, 9, tzinfo=BERLIN)
BETWEEN_ROUNDS = timedelta(days=98)
PASSAGES = 250
PARAGRAPHS = 24
"""How many stand in a chapter."""

CATEGORIES = ("Vereine", "Verbände", "Religionsgemeinschaften", "Kommunen", "Wissenschaft")
DEPARTMENTS = ("Soziales", "Bildung", "Inneres", "Wirtschaft")


@dataclass(frozen=True, slots=True)
class Size:
    """How much is played."""

    organisations: int = 300
    letters: int = 1_000
    points: int = 10
    """On average in a letter."""

    @property
    def rounds(self) -> int:
        """Each organisation writes once in a round, so many letters take several."""
        return -(-self.letters // self.organisations)


@dataclass
class Cast:
    """Everything the play needs at hand."""

    size: Size
    writer: Writer
    secretary: User
    plan: Plan
    organisations: list[Organisation]
    contacts: list[tuple[Department, User]]
    blocks: dict[Outcome, TextBlock]
    ledger: Ledger = field(default_factory=Ledger)

    def chance(self, share: float) -> bool:
        """Throw the dice."""
        return self.writer.dice.random() < share

    def passages(self, edition: Edition) -> list[tuple[Passage, str]]:
        """Return the paragraphs of an edition with their words, in reading order."""
        entries = edition.entries.filter(kind=Kind.PARAGRAPH).order_by("position")
        rows = entries.select_related("passage__plan", "wording")
        return [(entry.passage, entry.wording.text) for entry in rows]


def moment(day: date, hour: int = 10, minute: int = 0, second: int = 0) -> datetime:
    """Return a moment of a day in Berlin."""
    return datetime.combine(day, time(hour, minute, second), tzinfo=BERLIN)


def gather(size: Size, seed: int) -> Cast:
    """Bring the players together and read the first edition in."""
    writer = Writer.seeded(seed)
    secretary = make_person(
        "simulation@demonstration.example", "Geschäftsstelle (Simulation)", User.Office.SECRETARIAT
    )
    at = BEGIN - timedelta(days=60)
    cast = Cast(
        size=size,
        writer=writer,
        secretary=secretary,
        plan=_plan(secretary, at),
        organisations=[
            _organisation(number, secretary, at) for number in range(size.organisations)
        ],
        contacts=[_contact(name, secretary, at) for name in DEPARTMENTS],
        blocks=_text_blocks(secretary, at),
    )
    _read_first_edition(cast, at)
    return cast


def _plan(by: User, at: datetime) -> Plan:
    return plan_actions.create_plan(
        slug="simulation", title="Simulierter Plan", by=by, at=at, is_demonstration=True
    )


def _organisation(number: int, by: User, at: datetime) -> Organisation:
    category = CATEGORIES[number % len(CATEGORIES)]
    municipal = category == "Kommunen"
    organisation = conference.add_organisation(
        name=f"{category} {number + 1:03d} (Demonstration)",
        category=category,
        level=Organisation.Level.MUNICIPAL if municipal else Organisation.Level.CIVIL_SOCIETY,
        email=f"organisation-{number + 1}@demonstration.example" if number % 25 else "",
        by=by,
        at=at,
    )
    _mandate(organisation, Mandate.Kind.MEMBER, f"mitglied-{number + 1}", by, at)
    if number % 4 == 0:
        _mandate(organisation, Mandate.Kind.CONTRIBUTOR, f"mitwirkung-{number + 1}", by, at)
    return organisation


def _contact(name: str, by: User, at: datetime) -> tuple[Department, User]:
    department = Department.objects.create(
        name=f"Ressort {name} (Demonstration)", is_demonstration=True
    )
    mandate = _mandate(department, Mandate.Kind.DEPARTMENT_CONTACT, f"ressort-{name}", by, at)
    return department, mandate.user


def _mandate(
    speaks_for: Organisation | Department, kind: str, who: str, by: User, at: datetime
) -> Mandate:
    return conference.give_mandate(
        speaks_for=speaks_for,
        kind=kind,
        email=f"{who.lower()}@demonstration.example",
        name=f"Person {who} (Demonstration)",
        begins_on=at.date(),
        by=by,
        at=at,
    )


def _text_blocks(by: User, at: datetime) -> dict[Outcome, TextBlock]:
    reasons = {
        Outcome.DECLINED: (ReasonCode.BUDGET, "Dafür stehen keine Mittel bereit."),
        Outcome.NOTED: (ReasonCode.OTHER, "Der Hinweis ist zur Kenntnis genommen."),
        Outcome.REFERRED: (ReasonCode.OTHER_LEVEL, "Zuständig ist der Bund."),
    }
    return {
        outcome: participation.save_text_block(
            values=participation.TextBlockValues(
                key=f"simulation-{outcome}",
                title=f"Simulation: {outcome.label}",
                outcome=outcome,
                reason_code=code,
                sentence=sentence,
            ),
            by=by,
            at=at,
        )
        for outcome, (code, sentence) in reasons.items()
    }


def _read_first_edition(cast: Cast, at: datetime) -> None:
    passages = cast.writer.plan(PASSAGES // (PARAGRAPHS + 1), PARAGRAPHS)
    plan_actions.import_edition(
        plan=cast.plan,
        passages=passages,
        kind=Edition.Kind.CONFERENCE_DRAFT,
        title="Erster Entwurf (Simulation)",
        dated_on=at.date(),
        by=cast.secretary,
        at=at,
    )
