"""Algorithms in plain Python: no framework, no clock, no files, no settings."""
