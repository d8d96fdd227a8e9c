"""The demonstration: facts with source, and a plan of our own."""
