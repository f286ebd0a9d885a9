"""The city on the wire, seen through real sockets: a proxy, and its own control address."""

import asyncio
import gzip
import json
from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from demo.data import default_seed
from demo.founding import city_of
from demo.pages.calls import shape_of
from demo.register import column_address
from demo.serving import open_city, port_of
from tests.demo.places import place_of

CITY = city_of(default_seed())
HOST = CITY.sites[1].host
Talk = Callable[[bytes], Awaitable[bytes]]


def with_city(use: Callable[[Talk], Awaitable[None]]) -> None:
    """Run `use` against a served city; its argument sends bytes and returns all that comes."""

    async def run() -> None:
        server = await open_city(CITY, date(2022, 6, 6))

        async def talk(request: bytes) -> bytes:
            reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
            writer.write(request)
            try:
                return await reader.read()
            except ConnectionResetError:
                return b""
            finally:
                writer.close()

        async with server:
            await use(talk)

    asyncio.run(run())


def asked(method: str, target: str, body: bytes = b"", extra: str = "") -> bytes:
    head = f"{method} {target} HTTP/1.1\r\nConnection: close\r\n{extra}"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def status(reply: bytes) -> int:
    return int(reply.split(b" ", 2)[1])


@pytest.mark.parametrize(
    ("method", "target", "expected"),
    [
        ("GET", f"http://{HOST}/", 200),
        ("HEAD", f"http://{HOST}/", 200),
        ("GET", f"http://{HOST}/no/such/page.html", 404),
        ("GET", "http://nowhere.test/", 502),
        ("GET", f"http://{CITY.closed.host}/", 502),
        ("GET", "http://control.test/", 200),
        ("GET", f"http://{HOST}/robots.txt", 200),
        ("CONNECT", f"{HOST}:443", 502),
        ("GET", "/", 400),
        ("GET", "/__city__/stats", 200),
        ("GET", "/__city__/nothing", 404),
    ],
)
def test_it_answers_as_a_proxy_and_refuses_whatever_is_no_proxy_request(
    method: str, target: str, expected: int
) -> None:
    async def use(talk: Talk) -> None:
        assert status(await talk(asked(method, target))) == expected

    with_city(use)


def test_the_day_can_be_set_and_pages_follow_it() -> None:
    async def use(talk: Talk) -> None:
        before = await talk(asked("GET", f"http://{HOST}/"))
        assert status(await talk(asked("POST", "/__city__/date", b"2022-07-15"))) == 200
        after = await talk(asked("GET", f"http://{HOST}/"))
        assert b"2022-07-1" in after
        assert b"2022-07-1" not in before
        assert status(await talk(asked("POST", "/__city__/date", b"tomorrow"))) == 400

    with_city(use)


def test_a_switched_off_network_answers_nobody_but_the_control_address() -> None:
    async def use(talk: Talk) -> None:
        await talk(asked("POST", "/__city__/network", b"down"))
        assert await talk(asked("GET", f"http://{HOST}/")) == b""
        assert await talk(asked("GET", "http://control.test/")) == b""
        await talk(asked("POST", "/__city__/network", b"up"))
        assert status(await talk(asked("GET", "http://control.test/"))) == 200

    with_city(use)


def test_it_counts_the_requests_of_each_host() -> None:
    async def use(talk: Talk) -> None:
        for _ in range(3):
            await talk(asked("GET", f"http://{HOST}/"))
        reply = await talk(asked("GET", "/__city__/stats"))
        found = json.loads(reply.split(b"\r\n\r\n", 1)[1])
        assert found["requests"] == {HOST: 3}
        assert found["date"] == "2022-06-06"

    with_city(use)


def test_a_connection_that_is_reset_once_answers_the_next_time() -> None:
    async def use(talk: Talk) -> None:
        request = asked_for("reset_once")
        assert await talk(request) == b""
        assert status(await talk(request)) == 200

    with_city(use)


def asked_for(twist: str, extra: str = "") -> bytes:
    site, column = place_of(twist)
    return asked("GET", f"http://{site.host}{column_address(site, column)}", extra=extra)


def body_and_promise(reply: bytes) -> tuple[bytes, int]:
    head, body = reply.split(b"\r\n\r\n", 1)
    return body, int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])


@pytest.mark.parametrize("twist", ["torn_once", "short_once"])
def test_less_comes_than_was_promised_and_the_next_time_all_of_it(twist: str) -> None:
    async def use(talk: Talk) -> None:
        first = await talk(asked_for(twist, "Accept-Encoding: gzip\r\n"))
        if first:  # a reset may overtake what was sent before it
            body, promised = body_and_promise(first)
            assert len(body) < promised
        again = await talk(asked_for(twist))
        assert status(again) == 200
        assert b"</html>" in again

    with_city(use)


def test_a_host_knows_who_has_passed_its_waiting_room() -> None:
    async def use(talk: Talk) -> None:
        assert status(await talk(asked_for("waiting_room"))) == 202
        cookie = "Cookie: yunsuo_session_verify=5e1f1337\r\n"
        assert status(await talk(asked_for("waiting_room", cookie))) == 200
        await talk(asked("POST", "/__city__/date", b"2022-06-13"))
        assert status(await talk(asked_for("waiting_room"))) == 200
        assert status(await talk(asked_for("waiting_room_old"))) == 503

    with_city(use)


def test_what_fails_once_fails_on_every_day_anew() -> None:
    async def use(talk: Talk) -> None:
        for day in ("2022-06-06", "2022-06-13"):
            await talk(asked("POST", "/__city__/date", day.encode()))
            replies = [await talk(asked_for("limited_once")) for _ in range(3)]
            assert list(map(status, replies)) == [429, 200, 200]

    with_city(use)


def test_an_agent_and_a_posted_body_reach_the_page() -> None:
    site, column = place_of("call_paged")
    shape = shape_of(column)
    call = f'{{"{shape.channel}":"{column.number}"}}'.encode()

    async def use(talk: Talk) -> None:
        assert status(await talk(asked_for("browsers_only_404"))) == 404
        agent = "User-Agent: Mozilla/5.0 HeadlessChrome/120.0 xunjian/1\r\n"
        assert status(await talk(asked_for("browsers_only_404", agent))) == 200
        reply = await talk(asked("POST", f"http://{site.host}{shape.path}", call))
        assert status(reply) == 200

    with_city(use)


def test_it_compresses_for_those_who_take_it_and_only_for_them() -> None:
    async def use(talk: Talk) -> None:
        packed = 0
        for site in CITY.sites:
            reply = await talk(
                asked("GET", f"http://{site.host}/", extra="Accept-Encoding: gzip\r\n")
            )
            plain = await talk(asked("GET", f"http://{site.host}/"))
            head, body = reply.split(b"\r\n\r\n", 1)
            assert b"Content-Encoding" not in plain.split(b"\r\n\r\n", 1)[0]
            if b"gzip" in head and b"chunked" not in head:
                packed += 1
                assert gzip.decompress(body) == plain.split(b"\r\n\r\n", 1)[1]
        assert packed >= 3

    with_city(use)
