"""Forms of publishing: they validate, nothing more."""
