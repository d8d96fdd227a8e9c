"""Projects of the state, the municipalities and civil society."""
