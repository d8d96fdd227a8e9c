"""Reads of what the public sees."""
