"""Reads of monitoring: goals and how they are judged, measures, indicators."""
