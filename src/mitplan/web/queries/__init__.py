"""Reads of the house: its start, its inbox, who runs it."""
