"""Which mails a person gets is that person's choice, as far as it goes."""

import pytest

from mitplan.common.models import AuditEntry
from mitplan.participation.models import MailChoice
from tests import factories
from tests.participation.conftest import client_of

pytestmark = pytest.mark.django_db
ADDRESS = "/emails-an-mich/"


def test_choice_begins_with_everything_in_the_language_of_the_plan(client):
    page = client_of(factories.make_user()).get(ADDRESS)

    assert page.context["form"].initial == {"wants_digest": True, "language": "de"}


def test_digest_is_given_up_and_taken_again():
    user = factories.make_user()
    client = client_of(user)

    client.post(ADDRESS, {"language": "en"})
    without = MailChoice.objects.get(user=user)
    client.post(ADDRESS, {"language": "de", "wants_digest": "on"})

    again = MailChoice.objects.get(user=user)
    assert (without.wants_digest, without.language) == (False, "en")
    assert (again.wants_digest, again.language) == (True, "de")
    assert AuditEntry.objects.filter(event="participation.mail_choice.changed").count() == 2


def test_language_that_is_not_spoken_is_refused():
    user = factories.make_user()

    response = client_of(user).post(ADDRESS, {"language": "xx"})

    assert (response.status_code, MailChoice.objects.count()) == (422, 0)


def test_page_is_for_those_who_signed_in(client):
    assert client.get(ADDRESS).status_code == 302
