"""Broken files by the thousand: what the readers of files must refuse in a sentence or read in bounded time."""
