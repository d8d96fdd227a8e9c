"""A whole consultation played by chance with a seed, through the same actions people use, and checked."""
