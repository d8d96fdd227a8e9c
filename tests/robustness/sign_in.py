"""Guess a password in two processes, one after the other, and report whether the house counts together.

Called as `python -m tests.robustness.sign_in FIRST SECOND`.
"""

import os
import sys

from tests.robustness.standing import answer, in_child, move_in

from django.conf import settings  # isort: skip – rooms exist only after set-up
from django.test import Client  # isort: skip – rooms exist only after set-up
from mitplan.common.models import SharedCacheEntry
from tests import factories

WRONG = {"login": "secretary@example.org", "password": "geraten"}


def guessing(times):
    """Guess so many times; fail where the house no longer listens."""

    def act():
        visitor = Client(headers={"host": "127.0.0.1"})
        pages = [visitor.post("/konto/login/", WRONG).content.decode() for _ in range(times)]
        if any("Zu viele" in page for page in pages):
            os._exit(TOO_MANY)

    return act


TOO_MANY = 3


def main(first, second):
    move_in()
    settings.STATIC_ROOT.mkdir()  # its absence would be warned of
    factories.make_user(email=WRONG["login"])
    codes = []
    for times in (first, second):
        child = in_child(guessing(times))
        codes.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    kept = " ".join(SharedCacheEntry.objects.values_list("cache_key", flat=True))
    answer({"codes": codes, "tells_addresses": "127" in kept or "@" in kept, "kept": bool(kept)})


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
