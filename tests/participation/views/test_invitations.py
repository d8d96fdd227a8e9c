"""Inviting by groups, by list and as a letter; what came back; what a file of it says."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mitplan.common.models import AuditEntry, OutgoingMail
from mitplan.conference.models import Appointment, Term
from mitplan.formats.sheets import Column, Sheet
from mitplan.formats.xlsx import xlsx
from mitplan.participation.models import Dispatch, Invitation
from tests import factories
from tests.reading import rows_of

pytestmark = pytest.mark.django_db


def page(name, consultation, *more):
    return reverse(f"participation:{name}", args=[consultation.number, *more])


def ticked(response):
    shown = [each for _category, members in response.context["groups"] for each in members]
    return sorted(organisation.name for organisation, is_chosen in shown if is_chosen)


def invited(client, consultation, organisation, route="mail", **more):
    client.post(
        page("invitations", consultation),
        {"organisation": [organisation.pk], "route": route, **more},
    )
    return Invitation.objects.get(organisation=organisation)


def list_of(content, name="liste.csv"):
    data = content.encode() if isinstance(content, str) else content
    return {"file": SimpleUploadedFile(name, data), "route": "mail"}


def test_ticking_follows_what_is_asked_for(secretary_client, consultation, while_open):
    member, other, mailless = (
        factories.make_organisation(category="Verbände"),
        factories.make_organisation(category="Kirchen"),
        factories.make_organisation(category="Kirchen", email=""),
    )
    term = Term.objects.create(
        body=factories.make_body(), name="1", begins="2025", is_demonstration=True
    )
    Appointment.objects.create(term=term, organisation=member, is_demonstration=True)
    address = page("invitations", consultation)

    found = {
        wanted: ticked(secretary_client.get(address, {"auswahl": wanted}))
        for wanted in ("", "mitglieder", "gruppe:Kirchen", "niemand")
    }

    assert found == {
        "": sorted([member.name, other.name]),
        "mitglieder": [member.name],
        "gruppe:Kirchen": sorted([other.name, mailless.name]),
        "niemand": [],
    }


def test_letter_is_kept_with_its_day_and_sender(
    secretary_client, secretary, consultation, while_open
):
    day = factories.OPENS_ON + timedelta(days=1)

    invitation = invited(
        secretary_client, consultation, factories.make_organisation(), "hand", sent_on=day
    )

    dispatch = invitation.dispatches.get()
    assert (dispatch.sent_on, dispatch.route, dispatch.by) == (day, "hand", secretary)


@pytest.mark.parametrize("days", [-1, 30])
def test_letter_of_an_impossible_day_is_refused(secretary_client, consultation, while_open, days):
    response = secretary_client.post(
        page("invitations", consultation),
        {
            "organisation": [factories.make_organisation().pk],
            "route": "hand",
            "sent_on": factories.OPENS_ON + timedelta(days=days),
        },
    )

    assert (response.status_code, Invitation.objects.count()) == (422, 0)
    assert "Der Tag des Versands muss" in response.text


def test_bounced_invitation_is_shown_and_then_sent_as_a_letter(
    secretary_client, consultation, while_open
):
    invitation = invited(secretary_client, consultation, factories.make_organisation())
    OutgoingMail.objects.update(state=OutgoingMail.State.BOUNCED, problem="550 unbekannt")
    before = secretary_client.get(page("invitations", consultation)).text

    for _twice in range(2):
        secretary_client.post(
            page("letter_sent", consultation, invitation.pk), {"sent_on": while_open.date()}
        )

    after = secretary_client.get(page("invitations", consultation)).text
    invitation.refresh_from_db()
    assert "zurückgekommen" in before
    assert "Adresse prüfen" in before
    assert (invitation.route, invitation.mail, invitation.dispatches.count()) == ("hand", None, 2)
    assert ("2-mal versandt" in after, "Adresse prüfen" in after) == (True, False)
    assert AuditEntry.objects.filter(event="participation.invited.again").count() == 1


def test_letter_without_a_day_says_what_is_missing(secretary_client, consultation, while_open):
    invitation = invited(secretary_client, consultation, factories.make_organisation())

    response = secretary_client.post(
        page("letter_sent", consultation, invitation.pk), {"sent_on": "gestern"}, follow=True
    )

    assert "Bitte den Tag angeben" in response.text
    assert Dispatch.objects.count() == 1


def test_file_holds_times_routes_and_what_came_back(
    secretary_client, secretary, consultation, while_open
):
    invitation = invited(secretary_client, consultation, factories.make_organisation())
    OutgoingMail.objects.update(state=OutgoingMail.State.BOUNCED, problem="550 unbekannt")
    secretary_client.post(page("send_again", consultation, invitation.pk))

    [row] = rows_of(secretary_client.get(page("invitations", consultation), {"format": "csv"}))

    names = ("Weg", "Versandt durch", "Wie oft versandt", "Zustellung", "Meldung des Servers")
    assert [row[name] for name in names] == ["E-Mail", str(secretary), "2", "wird versandt", ""]


def test_page_shows_the_hash_of_the_one_text(secretary_client, consultation, while_open):
    shown = secretary_client.get(page("invitations", consultation)).text

    assert consultation.edition.content_hash in shown


def test_list_is_looked_at_before_anything_is_saved(secretary_client, consultation, while_open):
    by_name, by_mail, old, mailless = (
        factories.make_organisation(),
        factories.make_organisation(),
        factories.make_organisation(),
        factories.make_organisation(email=""),
    )
    invited(secretary_client, consultation, old)
    content = "\n".join(
        [
            "Name;E-Mail",
            by_name.name.upper(),
            f";{by_mail.email}",
            old.name,
            mailless.name,
            "",
            "Niemand",
            by_name.name,
        ]
    )

    response = secretary_client.post(page("invitation_list", consultation), list_of(content))

    assert [(row.number, row.organisation, row.problem) for row in response.context["rows"]] == [
        (2, by_name, ""),
        (3, by_mail, ""),
        (4, old, ""),
        (5, mailless, "Es ist keine E-Mail-Adresse hinterlegt."),
        (
            7,
            None,
            "Nicht bekannt. Bitte Name oder E-Mail-Adresse prüfen oder die Organisation anlegen.",
        ),
        (8, by_name, "Steht schon in Zeile 2."),
    ]
    assert "3 Zeilen lassen sich nicht zuordnen" in response.text
    assert 'name="organisation"' not in response.text
    assert Invitation.objects.count() == 1


def test_list_confirmed_invites_once(secretary_client, consultation, while_open):
    organisations = [factories.make_organisation() for _ in range(3)]
    content = "\n".join(each.name for each in organisations)
    looked_at = secretary_client.post(page("invitation_list", consultation), list_of(content))
    confirmed = {
        "route": looked_at.context["route"],
        "organisation": [row.organisation.pk for row in looked_at.context["new"]],
    }

    secretary_client.post(page("invitations", consultation), confirmed)
    secretary_client.post(page("invitations", consultation), confirmed)
    again = secretary_client.post(page("invitation_list", consultation), list_of(content))

    assert (Invitation.objects.count(), OutgoingMail.objects.count()) == (3, 3)
    assert "Alle auf dieser Liste sind schon eingeladen" in again.text


def test_list_may_be_an_excel_file(secretary_client, consultation, while_open):
    organisation = factories.make_organisation()
    sheet = Sheet("Liste", [Column("Organisation")], [[organisation.name]])

    response = secretary_client.post(
        page("invitation_list", consultation), list_of(b"".join(xlsx([sheet])), "liste.xlsx")
    )

    assert [row.organisation for row in response.context["new"]] == [organisation]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Die Datei ist leer"),
        (b"\xff\xfe\xfa", "nicht in UTF-8"),
        (b"\n\n;;\n", "Die Liste ist leer"),
        (b"PK\x03\x04xl/workbook.xml", "beschädigt"),
    ],
)
def test_list_that_cannot_be_read_says_why(
    secretary_client, consultation, while_open, content, sentence
):
    response = secretary_client.post(page("invitation_list", consultation), list_of(content))

    assert sentence in response.text
    assert Invitation.objects.count() == 0


def test_address_of_several_asks_for_the_name(secretary_client, consultation, while_open):
    first, second = (factories.make_organisation(email="buero@example.org") for _ in range(2))

    response = secretary_client.post(
        page("invitation_list", consultation), list_of("buero@example.org")
    )

    [row] = response.context["rows"]
    assert row.problem.startswith("Diese Adresse haben mehrere:")
    assert first.name in row.problem
    assert second.name in row.problem


@pytest.mark.parametrize("amount", [10, 100])
def test_list_asks_the_same_of_the_database_for_many(
    secretary_client, consultation, while_open, django_assert_num_queries, amount
):
    content = "\n".join(factories.make_organisation().name for _ in range(amount))
    secretary_client.get("/")

    with django_assert_num_queries(8):
        secretary_client.post(page("invitation_list", consultation), list_of(content))
