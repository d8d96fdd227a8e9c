"""Commands of the house, grouped as people look for them.

Those about texts alone need no database; `registry` gathers the others and needs Django to be set up.
"""
