"""What people fill in on the pages of the house."""
