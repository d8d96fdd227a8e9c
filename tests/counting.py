"""How many statements a page needs; a page must not need more because there is more to show."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def statements(client: Client, address: str) -> int:
    """Open a page twice and count the statements of the second time."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(address).getvalue()  # files are made while they are sent
    return len(captured)
