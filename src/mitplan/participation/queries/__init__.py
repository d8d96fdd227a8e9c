"""Reads of participation."""

from mitplan.participation.queries.rounds import (
    audience_of,
    audiences_of,
    countable_points,
    decides_after,
    end_of,
    handed_in,
    last_day_for,
    seat_by_key,
    state_for,
    state_of,
    undecided_points,
)

__all__ = [
    "audience_of",
    "audiences_of",
    "countable_points",
    "decides_after",
    "end_of",
    "handed_in",
    "last_day_for",
    "seat_by_key",
    "state_for",
    "state_of",
    "undecided_points",
]
