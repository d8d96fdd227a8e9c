"""Writes of the demonstration: sourced facts, and a plan of our own."""
