"""The front door: start page, tour, inbox, command line."""
