"""Finding a look-alike in the city, and asking for it, for the tests of this room."""

from __future__ import annotations

from datetime import date
from typing import Any

from demo.answering import answer
from demo.data import default_seed
from demo.exchange import CHARSETS, Answer, Request
from demo.founding import city_of
from demo.plan import City, Column, Site
from demo.register import column_address

CITY = city_of(default_seed())
SIXTH, THIRTEENTH, TWENTIETH = date(2022, 6, 6), date(2022, 6, 13), date(2022, 6, 20)


def place_of(twist: str, city: City = CITY) -> tuple[Site, Column]:
    """The first column of the city that looks so."""
    return next((s, c) for s in city.sites for c in s.columns if c.twist == twist)


def ask(twist: str, day: date = SIXTH, **more: Any) -> Answer:
    """What the register's address of the first such column answers on a day."""
    site, column = place_of(twist)
    request = Request("GET", site.host, column_address(site, column), **more)
    return answer(CITY, day, request)


def text_of(twist: str, reply: Answer) -> str:
    """An answer's text in its site's charset."""
    return reply.body.decode(CHARSETS[place_of(twist)[0].charset][0])
