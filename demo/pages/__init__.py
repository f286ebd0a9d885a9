"""How the city's pages look: list styles, skins, articles, home pages, refusals. Pure."""
