"""Services of random shapes: they answer what their pages ask, and nothing else."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest

from demo.answering import answer
from demo.exchange import Answer, Request
from demo.founding import city_of
from demo.listing import list_view
from demo.pages.calls import MANNERS, Shape, envelope, shape_of, token_of
from demo.plan import Column
from tests.demo.places import CITY, SIXTH, ask, place_of, text_of


def fields(column: Column, shape: Shape, **more: str) -> dict[str, str]:
    known = {shape.channel: str(column.number), shape.page: "1"}
    if shape.manner.ask in ("token", "form"):
        known[shape.token] = token_of(column, SIXTH)
    if shape.manner.ask == "jsonp":
        known["callback"] = "cb_1654"
    return known | more


def call(twist: str, method: str | None = None, **more: str) -> Answer:
    """A call as the page of a look-alike makes it."""
    site, column = place_of(twist)
    shape = shape_of(column)
    sent = fields(column, shape, **more)
    query = "&".join(f"{key}={value}" for key, value in sent.items())
    bodies = {"post": json.dumps(sent), "form": query}
    body = bodies.get(shape.manner.ask, "")
    address = shape.path if body else f"{shape.path}?{query}"
    how = method or ("POST" if body else "GET")
    return answer(CITY, SIXTH, Request(how, site.host, address, body=body))


def records(shape: Shape, text: str) -> list[dict[str, Any]]:
    """The rows of an envelope, whatever is wrapped around it."""
    found = json.loads(text[text.index("{") : text.rindex("}") + 1])
    if shape.wrapped:
        found = json.loads(found["payload"])
    for key in shape.nest:
        found = found[key]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("twist", sorted(MANNERS))
def test_a_service_answers_its_page_with_the_rows_of_the_list(twist: str) -> None:
    site, column = place_of(twist)
    shape = shape_of(column)
    reply = call(twist)
    assert reply.status == 200
    rows = list_view(CITY.names, site, column, SIXTH, 1).rows
    found = records(shape, reply.body.decode())
    assert [(one[shape.title], one[shape.link]) for one in found] == [
        (row.title, row.href) for row in rows
    ]


@pytest.mark.parametrize("twist", sorted(MANNERS))
def test_what_the_page_says_of_its_service_is_what_the_service_wants(twist: str) -> None:
    _, column = place_of(twist)
    shape = shape_of(column)
    page = text_of(twist, ask(twist))
    assert shape.path in page
    for name in (shape.title, shape.link, shape.day, *shape.nest):
        assert f"['{name}']" in page
    if shape.manner.ask in ("token", "form"):
        assert f'value="{token_of(column, SIXTH)}"' in page


@pytest.mark.parametrize("twist", ["call_token", "call_form_token"])
def test_a_token_is_good_for_its_day_alone(twist: str) -> None:
    _, column = place_of(twist)
    name = shape_of(column).token
    assert call(twist, **{name: token_of(column, SIXTH + timedelta(days=7))}).status == 403
    assert call(twist, **{name: ""}).status == 403


@pytest.mark.parametrize("twist", ["call_form_token", "call_paged"])
def test_what_is_posted_to_cannot_be_got(twist: str) -> None:
    assert call(twist, "GET").status == 405


def test_a_paged_service_turns_its_pages() -> None:
    _, column = place_of("call_paged")
    shape = shape_of(column)
    first, second, nonsense = (
        records(shape, call("call_paged", **{shape.page: page}).body.decode())
        for page in ("1", "2", "²")
    )
    assert first == nonsense != second


def test_a_callback_is_called_by_the_name_it_came_with() -> None:
    assert call("call_jsonp", callback="jsonp_99").body.startswith(b"jsonp_99({")
    assert call("call_jsonp", callback="alert(1)//").status == 400


def test_no_service_answers_for_a_column_that_is_not_its_own() -> None:
    _, column = place_of("call_paged")
    assert call("call_paged", **{shape_of(column).channel: "1"}).status == 400


@pytest.mark.parametrize("body", ["{", '{"a":' * 9000, "a=1&" * 900, "[1]", "\ufffd"])
def test_nonsense_is_refused_and_breaks_nothing(body: str) -> None:
    site, column = place_of("call_paged")
    request = Request("POST", site.host, shape_of(column).path, body=body)
    assert answer(CITY, SIXTH, request).status == 400


def test_services_differ_from_column_to_column_and_from_city_to_city() -> None:
    shapes = [
        shape_of(column)
        for seed in (0, 7)
        for column in city_of(seed).columns
        if column.twist in MANNERS
    ]
    assert len({(one.title, one.link, one.day, one.nest) for one in shapes}) > len(shapes) // 2
    assert {one.form for one in shapes} >= {"day", "millis"}


def test_an_envelope_holds_other_days_and_numbers_beside_the_true_ones() -> None:
    site, column = place_of("call_token")
    text = json.dumps(envelope(list_view(CITY.names, site, column, SIXTH, 1)))
    assert '"createTime"' in text
    assert re.search(r'"clicks": \d+', text)
