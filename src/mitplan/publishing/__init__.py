"""What the public sees: the reader, comparisons, gates, exports, search."""
