"""Reads of the conference: bodies through time, members, sittings, departments."""
