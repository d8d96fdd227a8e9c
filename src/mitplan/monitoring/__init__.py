"""Indicators, observations, and how goals stand."""
