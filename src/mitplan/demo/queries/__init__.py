"""Reads of the demonstration: its tour and its replay."""
