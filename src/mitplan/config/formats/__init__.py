"""How days and moments are written in languages whose usage here differs from Django's."""
