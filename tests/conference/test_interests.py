"""Whom organisations represent and who pays for them: their own word, in versions."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from mitplan.conference.actions.interests import declare_interests
from mitplan.conference.models import InterestDeclaration
from tests import factories
from tests.participation.conftest import client_of
from tests.participation.views.test_replies import words

pytestmark = pytest.mark.django_db
FIRST = {"represents": "40 Vereine", "financed_by": "Beiträge"}
SECOND = {"represents": "45 Vereine", "financed_by": "Beiträge und Spenden"}


def test_declaration_stands_on_the_page_and_beside_the_points(client):
    consultation = factories.make_consultation()
    organisation = factories.make_organisation()
    point = factories.make_submission(consultation, organisation=organisation).points.get()
    member = client_of(factories.make_member(organisation))

    response = member.post(f"{organisation.get_absolute_url()}interessen/", FIRST, follow=True)

    assert "gespeichert und öffentlich" in words(response)
    with time_machine.travel(factories.AFTER_CLOSING, tick=False):
        assert "40 Vereine" in words(client.get(organisation.get_absolute_url()))
        assert "40 Vereine" in words(client.get(point.get_absolute_url()))


def test_newer_declaration_holds_and_the_older_stays_readable(client):
    organisation = factories.make_organisation()
    member = client_of(factories.make_member(organisation))
    for each in (FIRST, SECOND):
        member.post(f"{organisation.get_absolute_url()}interessen/", each)

    page = words(client.get(organisation.get_absolute_url()))

    assert page.index("45 Vereine") < page.index("Frühere Erklärungen") < page.index("40 Vereine")
    assert InterestDeclaration.objects.count() == 2


def test_half_a_declaration_is_refused():
    organisation = factories.make_organisation()
    member = client_of(factories.make_member(organisation))

    response = member.post(
        f"{organisation.get_absolute_url()}interessen/", {"represents": "40 Vereine"}
    )

    assert response.status_code == 422


def test_member_of_another_organisation_may_not_declare():
    organisation = factories.make_organisation()
    stranger = factories.make_member()

    assert (
        client_of(stranger).get(f"{organisation.get_absolute_url()}interessen/").status_code == 403
    )
    with pytest.raises(PermissionDenied):
        declare_interests(organisation=organisation, **FIRST, by=stranger, at=factories.WHILE_OPEN)
