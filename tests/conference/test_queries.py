"""What is told about bodies, members and sittings."""

from datetime import UTC, date, datetime

import pytest

from mitplan.conference.models import Body, DepartmentName, Paper
from mitplan.conference.queries import bodies, departments, members, sittings
from mitplan.conference.queries.calendar import calendar_of
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 6)


def test_timeline_tells_how_bodies_merged():
    new = factories.make_body(name="Neue Konferenz", begins="2019-12")
    factories.make_body(name="Beirat", begins="2000-04", ends="2019-12", successor=new)
    factories.make_body(name="Konferenz", begins="2015-03-19", ends="2019-12", successor=new)
    factories.make_body(name="Einzeltermin", begins="2009", ends="2009")

    told = [(each.on, each.title, each.text) for each in bodies.timeline(bodies.all_bodies())]

    assert told == [
        ("April 2000", "Beirat", "Bis Dezember 2019; aufgegangen in: Neue Konferenz."),
        ("2009", "Einzeltermin", ""),
        ("19. März 2015", "Konferenz", "Bis Dezember 2019; aufgegangen in: Neue Konferenz."),
        ("Dezember 2019", "Neue Konferenz", "Entstanden aus: Beirat und Konferenz."),
    ]


def test_timeline_leaves_out_what_has_no_date_or_is_a_part():
    factories.make_body(name="Landtag", kind=Body.Kind.PARLIAMENT)
    factories.make_body(kind=Body.Kind.WORKING_GROUP, begins="2015")
    factories.make_body(name="Ausschuss", begins="2014", ends="2016")

    told = bodies.timeline(bodies.all_bodies())

    assert [(each.title, each.text) for each in told] == [("Ausschuss", "Bis 2016.")]


def test_standing_bodies_are_those_that_hold_today():
    factories.make_body(begins="2000", ends="2019")
    current = factories.make_body(begins="2024")
    factories.make_body(begins="2024", kind=Body.Kind.FORUM)

    assert bodies.standing(bodies.all_bodies(), TODAY) == [current]


def test_current_terms_are_those_that_run_today():
    body = factories.make_body()
    factories.make_term(body, begins="2019", ends="2023")
    current = factories.make_term(body, begins="2024")

    assert bodies.current_terms([body], TODAY) == {body.pk: current}


def test_next_sitting_is_the_first_to_come():
    factories.make_sitting(on="2026-05-05")
    coming = factories.make_sitting(on="2026-06-01")
    factories.make_sitting(on="2026-07-01")

    assert bodies.next_sitting(TODAY) == coming


def test_composition_counts_names_and_lets_groups_stay_groups():
    term = factories.make_term()
    for _ in range(2):
        factories.make_appointment(term, factories.make_organisation(category="Sport"))
    group = factories.make_organisation(category="Wissenschaft", is_category=True)
    factories.make_appointment(term, group)

    counts = members.composition(term.appointments.select_related("organisation"))

    assert counts == [
        members.GroupCount("Sport", 2, 0),
        members.GroupCount("Wissenschaft", 0, 1),
    ]


def test_members_of_today_are_those_of_running_terms():
    past = factories.make_appointment(factories.make_term(begins="2015", ends="2018"))
    current = factories.make_appointment()
    terms = members.all_terms()

    def found(term):
        selection = members.Selection(term=term)
        return list(members.selected_members(selection, terms, TODAY).order_by("pk"))

    assert found(members.TODAY) == [current]
    assert found(members.ALL) == [past, current]
    assert found(str(past.term_id)) == [past]


@pytest.mark.parametrize(
    ("sent_on", "days", "sentence", "late"),
    [
        (date(2026, 4, 2), 19, "19 Arbeitstage vor der Sitzung versandt (2. April 2026)", True),
        (date(2026, 4, 1), 20, "20 Arbeitstage vor der Sitzung versandt (1. April 2026)", False),
        (date(2026, 4, 30), 1, "1 Arbeitstag vor der Sitzung versandt (30. April 2026)", True),
        (date(2026, 5, 5), 0, "0 Arbeitstage vor der Sitzung versandt (5. Mai 2026)", True),
        (date(2026, 5, 6), 0, "erst nach der Sitzung versandt (6. Mai 2026)", True),
    ],
)
def test_paper_counts_working_days_before_the_sitting(sent_on, days, sentence, late):
    row = sittings.paper_row(Paper(title="Entwurf", sent_on=sent_on), date(2026, 5, 5), 20)

    assert (row.working_days, row.sentence, row.is_late) == (days, sentence, late)


def test_paper_of_a_sitting_without_a_day_is_never_late():
    row = sittings.paper_row(Paper(title="Entwurf", sent_on=TODAY), None, 20)

    assert (row.sentence, row.is_late) == ("versandt am 6. Mai 2026", False)


def test_late_papers_follow_the_notice_of_the_body():
    sitting = factories.make_sitting(body=factories.make_body(notice_working_days=5))
    item = factories.make_agenda_item(sitting)
    Paper.objects.create(agenda_item=item, title="Rechtzeitig", sent_on=date(2026, 4, 20))
    Paper.objects.create(agenda_item=item, title="Zu spät", sent_on=date(2026, 5, 4))

    assert sittings.late_papers(sittings.agenda_of(sitting)) == 1


def test_votes_are_said_in_full_or_not_at_all():
    resolution = factories.make_resolution()
    silent = sittings.votes_of(resolution)
    resolution.votes_yes, resolution.votes_no, resolution.abstentions = 10, 2, 0

    assert (silent, sittings.votes_of(resolution)) == ("", "10 Ja, 2 Nein, 0 Enthaltungen")


def test_departments_stand_in_one_line_through_all_legislatures():
    department = factories.make_department(name="Sozialressort")
    for legislature, name in ((18, "Soziales"), (19, "Soziales und Integration")):
        DepartmentName.objects.create(
            department=department,
            name=name,
            legislature=legislature,
            cabinet=f"Kabinett {legislature}",
            begins=str(2000 + legislature),
            is_demonstration=True,
        )
    factories.make_department(name="Ohne Namen")

    found = departments.departments_by_legislature()

    assert [each.label for each in found.legislatures] == [
        "18. Wahlperiode (Kabinett 18)",
        "19. Wahlperiode (Kabinett 19)",
    ]
    assert [(line.department.name, line.names) for line in found.lines] == [
        ("Ohne Namen", ["", ""]),
        ("Sozialressort", ["Soziales", "Soziales und Integration"]),
    ]


def test_calendar_follows_the_standard():
    sitting = factories.make_sitting(
        body=factories.make_body(name="Konferenz"),
        place="Saal 1, Musterhausen; Hof",
        subject="Erste Zeile\r\nzweite Zeile " + "ä" * 60,
    )

    text = calendar_of([sitting], "example.org", datetime(2026, 5, 1, 10, tzinfo=UTC))
    lines = text.split("\r\n")

    assert lines[:9] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Mitplan//Konferenz//DE",
        "BEGIN:VEVENT",
        f"UID:sitzung-{sitting.pk}@example.org",
        "DTSTAMP:20260501T100000Z",
        "DTSTART;VALUE=DATE:20260505",
        "DTEND;VALUE=DATE:20260506",
        "SUMMARY:Konferenz\\, ordentlich",
    ]
    assert "LOCATION:Saal 1\\, Musterhausen\\; Hof" in lines
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "DESCRIPTION:Erste Zeile\\nzweite Zeile" in text
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_calendar_leaves_out_sittings_whose_day_is_unknown():
    sitting = factories.make_sitting(on="2026-09")

    assert "VEVENT" not in calendar_of([sitting], "example.org", datetime(2026, 5, 1, tzinfo=UTC))


def test_timeline_says_of_each_body_whether_it_is_sourced_or_invented():
    factories.make_body(name="Musterkonferenz", begins="2024", is_demonstration=True)

    [moment] = bodies.timeline(bodies.all_bodies())

    assert (moment.is_demonstration, moment.source) == (True, "")
