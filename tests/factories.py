"""Real objects for tests, made through the actions people use."""

from datetime import date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from mitplan.accounts.models import User
from mitplan.conference.models import (
    AgendaItem,
    Appointment,
    Body,
    Department,
    Mandate,
    Organisation,
    Resolution,
    Sitting,
    Term,
)
from mitplan.core.text.passages import Kind
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.monitoring.models import Indicator, Observation
from mitplan.participation import actions as participation
from mitplan.participation.models import (
    Audience,
    Consultation,
    Outcome,
    Point,
    ReasonCode,
    Submission,
)
from mitplan.participation.permissions import Seat
from mitplan.participation.queries.proposals import Change
from mitplan.plan import actions as plan_actions
from mitplan.plan.models import Edition, Passage, Plan
from mitplan.projects.models import Project

BERLIN = ZoneInfo("Europe/Berlin")
LONG_AGO = datetime(2026, 3, 2, 9, 0, tzinfo=BERLIN)
OPENED = datetime(2026, 3, 3, 9, 0, tzinfo=BERLIN)
WHILE_OPEN = datetime(2026, 3, 10, 12, 0, tzinfo=BERLIN)
OPENS_ON = OPENED.date()
CLOSES_ON = date(2026, 4, 30)
AFTER_CLOSING = datetime(2026, 5, 11, 9, 0, tzinfo=BERLIN)

_numbers = count(1)

TEXT = (
    PassageValue("", Kind.HEADING, "Integrationsplan Musterland", level=1),
    PassageValue("", Kind.HEADING, "Sprache und Bildung", level=2),
    PassageValue("", Kind.PARAGRAPH, "Das Land fördert Sprachkurse am Vormittag."),
    PassageValue("", Kind.PARAGRAPH, "Die Kommunen beraten Familien vor Ort."),
    PassageValue(
        "",
        Kind.GOAL,
        "Bis 2030 nehmen 60 Prozent der Kinder an Sprachförderung teil.",
        fields=(
            ("Nummer", "Z1"),
            ("Titel", "Sprachförderung früher beginnen"),
            ("Handlungsfeld", "Sprache und Bildung"),
            ("Ausgangswert", "42"),
            ("Ausgangsjahr", "2022"),
            ("Zielwert", "60"),
            ("Zieljahr", "2030"),
            ("Einheit", "%"),
        ),
    ),
    PassageValue(
        "",
        Kind.MEASURE,
        "Das Land baut die Beratung in den Kitas aus.",
        fields=(("Nummer", "M1"), ("Ziel", "Z1"), ("Titel", "Beratung"), ("Kosten", "unbekannt")),
    ),
)


def make_user(office: str = "", **fields: object) -> User:
    number = next(_numbers)
    return User.objects.create(
        **{"email": f"person{number}@example.org", "name": f"Person {number}", "office": office}
        | fields
    )


def make_secretary() -> User:
    return make_user(User.Office.SECRETARIAT)


def make_organisation(**fields: object) -> Organisation:
    number = next(_numbers)
    defaults = {
        "name": f"Beispielverein {number} e. V.",
        "category": "Migrantenorganisationen",
        "email": f"verein{number}@example.org",
        "is_demonstration": True,
    }
    return Organisation.objects.create(**defaults | fields)


def make_department(**fields: object) -> Department:
    number = next(_numbers)
    defaults = {"name": f"Musterressort {number}", "is_demonstration": True}
    return Department.objects.create(**defaults | fields)


def make_mandate(
    kind: Mandate.Kind,
    *,
    user: User | None = None,
    organisation: Organisation | None = None,
    department: Department | None = None,
    body: Body | None = None,
) -> Mandate:
    return Mandate.objects.create(
        user=user or make_user(),
        kind=kind,
        organisation=organisation,
        department=department,
        body=body,
        begins_on=date(2020, 1, 1),
    )


def make_member(organisation: Organisation | None = None) -> User:
    organisation = organisation or make_organisation()
    return make_mandate(Mandate.Kind.MEMBER, organisation=organisation).user


def make_department_contact(department: Department | None = None) -> User:
    department = department or make_department()
    return make_mandate(Mandate.Kind.DEPARTMENT_CONTACT, department=department).user


def make_body(**fields: object) -> Body:
    number = next(_numbers)
    defaults = {
        "name": f"Musterkonferenz {number}",
        "kind": Body.Kind.CONFERENCE,
        "is_demonstration": True,
    }
    return Body.objects.create(**defaults | fields)


def make_sitting(**fields: object) -> Sitting:
    defaults = {"on": "2026-05-05", "kind": "ordentlich", "is_demonstration": True}
    if "body" not in fields:
        defaults["body"] = make_body()
    return Sitting.objects.create(**defaults | fields)


def make_resolution(decided_on: date = date(2026, 5, 5)) -> Resolution:
    item = AgendaItem.objects.create(
        sitting=make_sitting(), number=1, title="Plan", role=AgendaItem.Role.DECISION
    )
    return Resolution.objects.create(
        agenda_item=item, title="Beschluss", text="Die Konferenz beschließt.", decided_on=decided_on
    )


def make_plan(slug: str | None = None, by: User | None = None) -> Plan:
    return plan_actions.create_plan(
        slug=slug or f"plan-{next(_numbers)}",
        title="Integrationsplan Musterland",
        by=by or make_secretary(),
        at=LONG_AGO,
        is_demonstration=True,
    )


def make_edition(
    plan: Plan | None = None,
    passages: tuple[PassageValue, ...] = TEXT,
    kind: Edition.Kind = Edition.Kind.CABINET_VERSION,
    title: str = "Kabinettsfassung",
) -> Edition:
    return plan_actions.import_edition(
        plan=plan or make_plan(),
        passages=passages,
        kind=kind,
        title=title,
        dated_on=LONG_AGO.date(),
        by=make_secretary(),
        at=LONG_AGO,
    )


def long_text(paragraphs: int) -> tuple[PassageValue, ...]:
    """A plan with so many paragraphs, each different."""
    return TEXT + tuple(
        PassageValue("", Kind.PARAGRAPH, f"Absatz {number} beschreibt den Schritt {number}.")
        for number in range(paragraphs)
    )


def passage_of(edition: Edition, quote: str) -> Passage:
    """The one passage of an edition whose wording contains the quote."""
    return edition.entries.select_related("passage").get(wording__text__contains=quote).passage


def make_consultation(
    edition: Edition | None = None,
    *,
    opens_on: date = OPENS_ON,
    closes_on: date = CLOSES_ON,
    opened: bool = True,
) -> Consultation:
    by = make_secretary()
    edition = edition or make_edition()
    consultation = participation.prepare_consultation(
        edition=edition,
        title="Beteiligung zum Plan",
        audiences=[participation.AudienceValues(Audience.Kind.CONFERENCE, opens_on, closes_on)],
        questions=[
            participation.QuestionValues(
                passage_of(edition, "Sprachkurse"), "Wann sollen Kurse stattfinden?"
            )
        ],
        by=by,
        at=LONG_AGO,
    )
    if opened:
        moment = datetime.combine(opens_on, OPENED.timetz())
        return participation.open_consultation(consultation=consultation, by=by, at=moment)
    return consultation


def make_seat(organisation: Organisation | None = None, user: User | None = None) -> Seat:
    return Seat(organisation or make_organisation(), user, "Mitglied")


def amendment_values(edition: Edition) -> participation.PointValues:
    """A proposal to hold the courses in the evening, as hero of many tests."""
    return participation.PointValues(
        kind=Point.Kind.AMENDMENT,
        text="Kurse sollen auch abends stattfinden.",
        reason="Viele arbeiten am Vormittag.",
        passage=passage_of(edition, "Sprachkurse"),
        quote="Sprachkurse am Vormittag",
        proposal=Point.Proposal.REWORD,
        proposed_text="Das Land fördert Sprachkurse am Vormittag und am Abend.",
    )


def make_submission(
    consultation: Consultation | None = None,
    *,
    organisation: Organisation | None = None,
    points: int = 1,
    at: datetime = WHILE_OPEN,
) -> Submission:
    """A submission that was handed in; its first point is the amendment, the others are suggestions."""
    consultation = consultation or make_consultation()
    seat = make_seat(organisation)
    submission = participation.begin_submission(consultation=consultation, seat=seat, at=at)
    for number in range(points):
        values = (
            amendment_values(consultation.edition)
            if number == 0
            else participation.PointValues(
                kind=Point.Kind.SUGGESTION,
                text=f"Anregung {number}",
                passage=passage_of(consultation.edition, "Familien"),
            )
        )
        participation.save_point(submission=submission, values=values, seat=seat, at=at)
    return participation.hand_in(submission=submission, seat=seat, at=at)


def make_letter(
    consultation: Consultation,
    points: int = 1,
    at: datetime = WHILE_OPEN,
    organisation: Organisation | None = None,
) -> Submission:
    """A letter with so many suggestions, recorded in one go; quick where a test needs hundreds."""
    passage = passage_of(consultation.edition, "Familien")
    return participation.record_submission(
        consultation=consultation,
        organisation=organisation or make_organisation(),
        route=Submission.Route.LETTER,
        letter="Sehr geehrte Damen und Herren",
        points=[
            participation.PointValues(
                kind=Point.Kind.SUGGESTION, text=f"Anregung {number}", passage=passage
            )
            for number in range(points)
        ],
        by=make_secretary(),
        at=at,
    )


def make_point(consultation: Consultation | None = None) -> Point:
    return make_submission(consultation).points.get()


def taken_up(point: Point, at: datetime = AFTER_CLOSING) -> Point:
    """The point, taken up word for word."""
    participation.decide(
        point=point,
        values=participation.DecisionValues(outcome=Outcome.TAKEN_UP),
        by=make_secretary(),
        at=at,
    )
    point.refresh_from_db()
    return point


def declined(point: Point, at: datetime = AFTER_CLOSING) -> Point:
    """The point, declined for the budget."""
    participation.decide(
        point=point,
        values=participation.DecisionValues(
            outcome=Outcome.DECLINED,
            reason_code=ReasonCode.BUDGET,
            sentence="Dafür stehen keine Mittel bereit.",
        ),
        by=make_secretary(),
        at=at,
    )
    point.refresh_from_db()
    return point


def days_later(moment: datetime, days: int) -> datetime:
    return moment + timedelta(days=days)


def make_public_edition(
    plan: Plan | None = None, passages: tuple[PassageValue, ...] = TEXT, title: str = "Fassung"
) -> Edition:
    """An edition everybody may read."""
    edition = make_edition(plan, passages, title=title)
    return plan_actions.release_edition(edition=edition, by=make_secretary(), at=LONG_AGO)


def make_term(body: Body | None = None, **fields: object) -> Term:
    defaults = {"name": f"Periode {next(_numbers)}", "begins": "2024", "is_demonstration": True}
    return Term.objects.create(body=body or make_body(), **defaults | fields)


def make_appointment(
    term: Term | None = None, organisation: Organisation | None = None, **fields: object
) -> Appointment:
    return Appointment.objects.create(
        term=term or make_term(),
        organisation=organisation or make_organisation(),
        **{"is_demonstration": True} | fields,
    )


def make_agenda_item(sitting: Sitting | None = None, **fields: object) -> AgendaItem:
    defaults = {
        "number": next(_numbers),
        "title": "Entwurf des Plans",
        "role": AgendaItem.Role.DECISION,
    }
    return AgendaItem.objects.create(sitting=sitting or make_sitting(), **defaults | fields)


def make_project(**fields: object) -> Project:
    number = next(_numbers)
    defaults = {
        "name": f"Projekt {number}",
        "carrier": "Beispielverein",
        "level": Project.Level.CIVIL_SOCIETY,
        "is_demonstration": True,
    }
    return Project.objects.create(**defaults | fields)


def make_indicator(**fields: object) -> Indicator:
    number = next(_numbers)
    defaults = {"code": f"DEMO-{number}", "name": f"Indikator {number}", "is_demonstration": True}
    return Indicator.objects.create(**defaults | fields)


def make_observation(indicator: Indicator, year: int, value: object, **fields: object) -> None:
    Observation.objects.create(
        indicator=indicator,
        period=str(year),
        period_end=date(year, 12, 31),
        value=value,
        **{"is_demonstration": True} | fields,
    )


def make_wide_point(consultation: Consultation | None = None) -> Point:
    """A point whose proposal moves the courses behind the advice, and words the advice otherwise."""
    consultation = consultation or make_consultation()
    courses, advice = (
        passage_of(consultation.edition, each) for each in ("Sprachkurse", "Familien")
    )
    seat = make_seat()
    submission = participation.begin_submission(consultation=consultation, seat=seat, at=WHILE_OPEN)
    values = participation.PointValues(
        kind=Point.Kind.AMENDMENT,
        reason="Erst beraten, dann lernen.",
        passage=courses,
        proposal=Point.Proposal.MOVE,
        target=advice,
        further=[Change(advice, Point.Proposal.REWORD, "Die Kommunen beraten alle vor Ort.")],
    )
    participation.save_point(submission=submission, values=values, seat=seat, at=WHILE_OPEN)
    return participation.hand_in(submission=submission, seat=seat, at=WHILE_OPEN).points.get()
