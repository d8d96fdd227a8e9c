"""Public pages of the conference."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from mitplan.conference import actions
from mitplan.conference.models import Body, DepartmentName, Paper, Resolution
from tests import factories
from tests.counting import statements
from tests.reading import text_of_file

pytestmark = pytest.mark.django_db


def fill(number):
    """Make so many of everything the pages show."""
    for _ in range(number):
        body = factories.make_body(begins="2024")
        factories.make_body(kind=Body.Kind.WORKING_GROUP, parent=body)
        factories.make_appointment(factories.make_term(body))
        department = factories.make_department()
        DepartmentName.objects.create(
            department=department, name="Soziales", legislature=21, cabinet="K", begins="2024"
        )
        fill_sitting(factories.make_sitting(body=body), 1)


def fill_sitting(sitting, number):
    for _ in range(number):
        item = factories.make_agenda_item(sitting)
        Paper.objects.create(agenda_item=item, title="Entwurf", sent_on=date(2026, 3, 1))
        Resolution.objects.create(
            agenda_item=item, title="Beschluss", text="Text", decided_on=date(2026, 5, 5)
        )


LISTS = [
    "/konferenz/",
    "/konferenz/?format=csv",
    "/konferenz/mitglieder/",
    "/konferenz/mitglieder/?format=csv",
    "/konferenz/sitzungen/",
    "/konferenz/sitzungen/?format=csv",
    "/konferenz/sitzungen/?format=ics",
    "/konferenz/ressorts/",
    "/konferenz/ressorts/?format=csv",
]


def test_lists_need_the_same_statements_however_much_there_is(client):
    fill(10)
    with_ten = {address: statements(client, address) for address in LISTS}
    fill(90)

    assert {address: statements(client, address) for address in LISTS} == with_ten
    assert max(with_ten.values()) <= 7


def test_body_needs_the_same_statements_however_much_hangs_on_it(client):
    body = factories.make_body(begins="2024")
    address = body.get_absolute_url()
    term = factories.make_term(body)

    def add(number):
        for _ in range(number):
            factories.make_appointment(term)
            factories.make_term(body, begins="2010")
            factories.make_sitting(body=body)
            factories.make_body(parent=body)
            factories.make_body(successor=body)

    add(10)
    with_ten = statements(client, address)
    add(90)

    assert statements(client, address) == with_ten <= 8


def test_sitting_needs_the_same_statements_however_long_the_agenda(client):
    sitting = factories.make_sitting()
    fill_sitting(sitting, 10)
    with_ten = statements(client, sitting.get_absolute_url())
    fill_sitting(sitting, 40)

    assert statements(client, sitting.get_absolute_url()) == with_ten <= 6


def test_organisation_needs_the_same_statements_however_many_seats(client):
    organisation = factories.make_organisation()
    for _ in range(10):
        factories.make_appointment(organisation=organisation)
    with_ten = statements(client, organisation.get_absolute_url())
    for _ in range(90):
        factories.make_appointment(organisation=organisation)

    assert statements(client, organisation.get_absolute_url()) == with_ten <= 5


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/konferenz/", "Noch kein Gremium."),
        ("/konferenz/mitglieder/", "Kein Mitglied passt."),
        ("/konferenz/sitzungen/", "Noch keine Sitzung."),
        ("/konferenz/ressorts/", "Noch keine Ressorts."),
    ],
)
def test_empty_page_says_what_will_stand_there(client, address, sentence):
    assert sentence in client.get(address).content.decode()


def test_overview_shows_what_holds_now_and_the_next_sitting(client):
    body = factories.make_body(name="Konferenz", begins="2024")
    factories.make_term(body, name="21. Wahlperiode", size="über 80")
    factories.make_sitting(body=body, on="2999-01-15")

    page = client.get("/konferenz/").content.decode()

    assert "21. Wahlperiode: über 80 Mitglieder" in page
    assert "15. Januar 2999" in page


def test_body_page_shows_the_size_as_it_was_published(client):
    body = factories.make_body()
    factories.make_appointment(factories.make_term(body, size="über 80"))

    page = client.get(body.get_absolute_url()).content.decode()

    assert "Veröffentlicht ist: über 80." in page


def test_body_page_without_anything_teaches(client):
    page = client.get(factories.make_body().get_absolute_url()).content.decode()

    assert "Keine Amtsperiode bekannt." in page
    assert "Noch keine Sitzung." in page


def test_members_narrow_down_by_term_group_and_level(client):
    past = factories.make_appointment(factories.make_term(begins="2015", ends="2018"))
    current = factories.make_appointment()
    factories.make_appointment(organisation=factories.make_organisation(category="Sport"))
    factories.make_organisation(level="municipal")

    def page(query):
        return text_of_file(client.get(f"/konferenz/mitglieder/?format=csv&{query}"))

    assert past.organisation.name not in page("")
    assert past.organisation.name in page("amtsperiode=alle")
    assert past.organisation.name in page(f"amtsperiode={past.term_id}")
    assert current.organisation.name not in page("gruppe=Sport")
    assert current.organisation.name in page("ebene=civil_society")
    assert current.organisation.name not in page("ebene=municipal")


def test_organisation_keeps_its_address_and_its_people_to_itself(client, secretary_client):
    organisation = factories.make_organisation(email="post@example.org")
    person = factories.make_member(organisation)

    public = client.get(organisation.get_absolute_url()).content.decode()
    inside = secretary_client.get(organisation.get_absolute_url()).content.decode()

    assert "post@example.org" not in public
    assert person.email not in public
    assert "post@example.org" in inside
    assert person.email in inside


def test_sittings_narrow_down_by_body_year_and_word(client):
    one = factories.make_sitting(on="2015-03-19", subject="Konstituierung")
    factories.make_sitting(on="2016", subject="Berichte")

    def rows(query):
        return text_of_file(client.get(f"/konferenz/sitzungen/?format=csv&{query}")).count("\n")

    assert rows("") == 3
    assert rows("jahr=2015") == 2
    assert rows(f"gremium={one.body_id}") == 2
    assert rows("text=berichte") == 2


def test_sittings_say_partial_dates_and_notes_as_they_are_known(client):
    factories.make_sitting(on="2016-04", note="Frühjahr, Tag nicht bekannt")
    factories.make_sitting(on="")

    page = client.get("/konferenz/sitzungen/").content.decode()

    assert "April 2016" in page
    assert "Frühjahr, Tag nicht bekannt" in page
    assert "Tag nicht genannt" in page


def test_sitting_flags_papers_that_were_sent_too_late(client):
    sitting = factories.make_sitting(on="2026-05-05")
    item = factories.make_agenda_item(sitting, number=1)
    Paper.objects.create(agenda_item=item, title="Tischvorlage", sent_on=date(2026, 5, 4))

    page = client.get(sitting.get_absolute_url()).content.decode()

    assert "1 Vorlage wurde später als 20 Arbeitstage vor der Sitzung versandt." in page
    assert "0 Arbeitstage vor der Sitzung versandt (4. Mai 2026)" in page
    assert "zu spät" in page


def test_sitting_shows_resolutions_with_votes(client):
    item = factories.make_agenda_item()
    actions.record_resolution(
        item=item,
        title="Entwurf",
        text="Die Konferenz beschließt den Entwurf.",
        decided_on=date(2026, 5, 5),
        votes_yes=57,
        votes_no=2,
        abstentions=5,
        by=factories.make_secretary(),
        at=factories.AFTER_CLOSING,
    )

    page = client.get(item.sitting.get_absolute_url()).content.decode()

    assert "Die Konferenz beschließt den Entwurf." in page
    assert "57 Ja, 2 Nein, 5 Enthaltungen" in page


def test_sitting_goes_into_a_calendar_only_where_its_day_is_known(client):
    known, unknown = factories.make_sitting(), factories.make_sitting(on="2026-09")

    response = client.get(f"{known.get_absolute_url()}?format=ics")

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "BEGIN:VEVENT" in response.content.decode()
    assert client.get(f"{unknown.get_absolute_url()}?format=ics").status_code == 404


def test_paper_can_be_downloaded_under_its_title(client):
    paper = actions.lay_paper(
        item=factories.make_agenda_item(),
        title="Entwurf der Geschäftsordnung",
        sent_on=date(2026, 3, 1),
        file=ContentFile(b"%PDF-1.7", "x.pdf"),
        by=factories.make_secretary(),
        at=factories.AFTER_CLOSING,
    )

    response = client.get(f"/konferenz/vorlagen/{paper.pk}/datei/")

    assert response["Content-Disposition"] == (
        'attachment; filename="entwurf-der-geschaftsordnung.pdf"'
    )
    assert b"".join(response.streaming_content) == b"%PDF-1.7"


def test_paper_without_a_file_does_not_exist(client):
    paper = Paper.objects.create(
        agenda_item=factories.make_agenda_item(), title="Papier", sent_on=date(2026, 3, 1)
    )

    assert client.get(f"/konferenz/vorlagen/{paper.pk}/datei/").status_code == 404


def test_departments_show_each_legislature_and_successors(client):
    successor = factories.make_department(name="Neues Ressort")
    department = factories.make_department(name="Altes Ressort", successor=successor)
    DepartmentName.objects.create(
        department=department, name="Soziales", legislature=18, cabinet="I", begins="2010"
    )

    page = client.get("/konferenz/ressorts/").content.decode()
    file = text_of_file(client.get("/konferenz/ressorts/?format=csv"))

    assert "18. Wahlperiode (I)" in page
    assert "Nachfolger" in page
    assert file.splitlines()[1] == "Altes Ressort;Soziales;18;I;2010;;Neues Ressort;;;nein"


@pytest.mark.parametrize(
    "address",
    ["gremien/999/", "organisationen/999/", "sitzungen/999/", "vorlagen/999/datei/"],
)
def test_page_of_a_thing_that_is_not_there_does_not_exist(client, address):
    assert client.get(f"/konferenz/{address}").status_code == 404
