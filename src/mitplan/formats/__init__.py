"""Files in and out: bytes become core values, core values become bytes."""
