"""What every room needs and no domain owns: audit chain, immutability, files."""
