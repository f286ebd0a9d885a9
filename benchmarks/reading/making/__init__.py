"""Pages made from a seed number, with their truth: mutated real lists, pretend portals, shapes.

Nothing here knows how the reader works; it knows how content systems write pages.
"""
