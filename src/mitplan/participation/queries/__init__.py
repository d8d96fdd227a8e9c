"""Reads of participation."""

from mitplan.participation.queries.rounds import (
    audiences_of,
    countable_points,
    handed_in,
    seat_by_key,
    state_of,
    undecided_points,
)

__all__ = [
    "audiences_of",
    "countable_points",
    "handed_in",
    "seat_by_key",
    "state_of",
    "undecided_points",
]
