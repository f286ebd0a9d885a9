"""What units hand in to the city's portal in the month, and how they are called there."""

from __future__ import annotations

from demo.naming import Body

GOVERNMENT = "人民政府"


def submits_as(body: Body) -> str:
    """The name under which a body hands in: a county by its own name, an office by its printed."""
    return body.unit.removesuffix(GOVERNMENT) if body.role == "county" else body.unit
