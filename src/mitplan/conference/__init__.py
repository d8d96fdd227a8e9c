"""Bodies, organisations, departments, appointments, mandates, sittings."""
