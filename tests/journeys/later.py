"""The real site on another day: gunicorn loads this instead, and the clock runs from MITPLAN_JOURNEY_DAY."""

import os
from datetime import datetime

import time_machine

time_machine.travel(datetime.fromisoformat(os.environ["MITPLAN_JOURNEY_DAY"]), tick=True).start()

from mitplan.config.wsgi import application  # noqa: E402 – the clock is set before the site starts

__all__ = ["application"]
