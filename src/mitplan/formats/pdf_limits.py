"""How much of a PDF is read at most; known without loading what reads it."""

MAX_PAGES = 200
SECONDS = 20
