"""People, how they sign in, and the office they hold."""
