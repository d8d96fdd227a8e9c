"""Forms of the conference."""
