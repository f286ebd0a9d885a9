"""XML under bounds: expat walks it, nothing declares an entity, no nest is deeper than honest."""

from __future__ import annotations

from dataclasses import dataclass
from xml.parsers import expat

from spiders.accounts.payloads import Unreadable

MOST_ELEMENTS = 30_000
MOST_ATTRIBUTES = 100  # of one element; feedparser is quadratic in them


@dataclass(slots=True)
class Walk:
    """One walk through a document. Override what is of interest."""

    deepest: int = 64
    depth: int = 0
    elements: int = 0

    def start(self, _name: str) -> None:
        """An element opens."""

    def data(self, text: str) -> None:
        """A piece of text."""

    def end(self, name: str) -> None:
        """An element closes."""

    def over(self, body: bytes) -> None:
        """Walk the whole of a UTF-8 document. Raises Unreadable."""
        parser = expat.ParserCreate("utf-8")
        parser.StartElementHandler = self._open
        parser.CharacterDataHandler = self.data
        parser.EndElementHandler = self._close
        parser.EntityDeclHandler = _no_entity
        try:
            parser.Parse(body, True)
        except expat.ExpatError as error:
            raise Unreadable("no XML") from error

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        many = len(attributes) > MOST_ATTRIBUTES or self.elements > MOST_ELEMENTS
        if many or self.depth > self.deepest:
            raise Unreadable("no honest document")
        self.start(name)

    def _close(self, name: str) -> None:
        self.depth -= 1
        self.end(name)


def _no_entity(*_parts: object) -> None:
    raise Unreadable("an entity of its own")
