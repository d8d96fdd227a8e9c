"""The plan: editions, passages, wordings, changes, origins, goals, measures."""
