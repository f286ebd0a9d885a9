"""How a platform says something: JSON, pages, and what it was asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from urllib.parse import parse_qsl, urlsplit

from demo.account_plan import Planned, by_ident
from demo.exchange import Answer, Request
from demo.plan import City
from demo.posting import Post, posts_of


def said(value: object, status: int = 200) -> Answer:
    """JSON."""
    return Answer(status, json.dumps(value, ensure_ascii=False).encode(), "application/json")


def page(text: str, status: int = 200) -> Answer:
    """A page."""
    return Answer(status, f"<!DOCTYPE html><meta charset='utf-8'>{text}".encode())


def path_of(request: Request) -> str:
    """The path of a request."""
    return urlsplit(request.address).path


def query_of(request: Request) -> Mapping[str, str]:
    """The names and values of a request's query."""
    return dict(parse_qsl(urlsplit(request.address).query, keep_blank_values=True))


def body_of(request: Request) -> Mapping[str, object]:
    """The JSON object of a request's body; nothing where there is none."""
    try:
        told = json.loads(request.body or "{}")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def number(value: object, default: int = 1) -> int:
    """A whole number that a client wrote."""
    text = str(value)
    return int(text) if text.isdigit() and len(text) < 16 else default


def known(city: City, platform: str, ident: str) -> Planned | None:
    """The account with an id, if the platform has it."""
    return by_ident(city).get((platform, ident))


def shown(one: Planned, day: date) -> tuple[Post, ...]:
    """Its posts on a day, the newest first."""
    return posts_of(one.account, day)
