"""Writes of the house, one function per step a person takes."""
