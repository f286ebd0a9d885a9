"""One spider per kind of target."""
