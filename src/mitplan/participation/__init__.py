"""From a letter to a decision: consultations, submissions, points."""
