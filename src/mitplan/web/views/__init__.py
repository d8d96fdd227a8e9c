"""Pages of the house: start, inbox, first steps, legal pages."""
