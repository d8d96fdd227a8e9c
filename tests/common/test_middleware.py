"""HEAD is answered wherever GET is, and nowhere else."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/barriere-melden/", "/konto/login/", "/anliegen/"])
def test_head_is_answered_like_get_without_the_body(client, address):
    page, head = client.get(address), client.head(address)

    assert (head.status_code, head.content) == (page.status_code, b"")
    assert head.headers.keys() == page.headers.keys()


def test_head_of_what_only_takes_forms_is_refused(client):
    assert client.head("/sprache-wechseln/").status_code == 405


def test_head_never_does_what_post_does(secretary_client):
    """A view that asks «GET, or else POST» must not take HEAD for a form."""
    address = "/konferenz/organisationen/neu/"

    assert secretary_client.head(address).status_code == secretary_client.get(address).status_code
