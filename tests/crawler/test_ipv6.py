"""IPv6: answered is answered; anything else counts only while a control answers over IPv6."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.ipv6 import Six, ask_over_ipv6, standing
from crawler.reach import Reach
from rules.facts import Truth

PUBLIC = "2400:3200::1"
HOST, URL = "www.example.test", "http://www.example.test/"


@pytest.mark.parametrize(
    ("site", "controls", "truth"),
    [
        (Six.ANSWERED, [], Truth.OK),
        (Six.NO_ADDRESS, [Six.ANSWERED], Truth.VIOLATION),
        (Six.NO_ANSWER, [Six.NO_ANSWER, Six.ANSWERED], Truth.VIOLATION),
        (Six.NO_ADDRESS, [], Truth.UNKNOWN),
        (Six.NO_ADDRESS, [Six.NO_ANSWER, Six.NO_ADDRESS], Truth.UNKNOWN),
        (Six.NOT_RESOLVED, [Six.ANSWERED], Truth.UNKNOWN),
        (Six.REFUSED, [Six.ANSWERED], Truth.UNKNOWN),
    ],
)
def test_a_site_is_short_only_beside_a_control_that_answers(
    site: Six, controls: list[Six], truth: Truth
) -> None:
    assert standing(site, controls)[0] is truth


@given(st.sampled_from(Six), st.lists(st.sampled_from([s for s in Six if s is not Six.ANSWERED])))
def test_without_ipv6_at_our_end_nobody_is_accused(site: Six, controls: list[Six]) -> None:
    assert standing(site, controls)[0] is not Truth.VIOLATION


class Line:
    """A line over which a server says what it was told to say."""

    def __init__(self, says: bytes) -> None:
        self.says = says
        self.asked: list[str] = []
        self.heads: list[bytes] = []

    def __call__(self, address: str, _port: int, _seconds: float) -> socket.socket:
        self.asked.append(address)
        ours, theirs = socket.socketpair()
        threading.Thread(target=self._serve, args=(theirs,), daemon=True).start()
        return ours

    def _serve(self, line: socket.socket) -> None:
        with line:
            self.heads.append(line.recv(1000))
            line.sendall(self.says)


def ask(says: bytes, *, six: list[str], four: list[str] | None = None) -> tuple[Six, Line]:
    line = Line(says)
    found = {socket.AF_INET6: six, socket.AF_INET: four or []}
    answer = ask_over_ipv6(
        URL,
        reach=Reach(HOST),
        user_agent="xunjian/1",
        seconds=5,
        resolver=lambda _host, _port, family: found[family],
        connector=line,
    )
    return answer, line


def test_any_http_answer_counts_and_the_caller_says_who_it_is() -> None:
    answer, line = ask(b"HTTP/1.1 403 Forbidden\r\n\r\n", six=[PUBLIC])
    assert answer is Six.ANSWERED
    assert b"User-Agent: xunjian/1" in line.heads[0]


@pytest.mark.parametrize(
    ("says", "six", "four", "answer"),
    [
        (b"SSH-2.0\r\n", [PUBLIC], [], Six.NO_ANSWER),
        (b"", [PUBLIC], [], Six.NO_ANSWER),
        (b"", [], ["1.2.3.4"], Six.NO_ADDRESS),
        (b"", [], [], Six.NOT_RESOLVED),
        (b"HTTP/1.1 200 OK\r\n\r\n", ["::1", "fe80::1", "fd00::1"], [], Six.REFUSED),
    ],
)
def test_every_other_end_has_its_name(
    says: bytes, six: list[str], four: list[str], answer: Six
) -> None:
    assert ask(says, six=six, four=four)[0] is answer


def test_few_addresses_are_tried() -> None:
    _, line = ask(b"", six=[f"2400:3200::{n}" for n in range(1, 9)])
    assert len(line.asked) == 3


@pytest.fixture
def deaf() -> Iterator[int]:
    """A port on which nobody listens."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        yield int(line.getsockname()[1])


def test_a_refused_line_is_no_answer(deaf: int) -> None:
    def refused(_address: str, _port: int, seconds: float) -> socket.socket:
        return socket.create_connection(("127.0.0.1", deaf), timeout=seconds)

    answer = ask_over_ipv6(
        URL,
        reach=Reach(HOST),
        user_agent="x",
        seconds=5,
        resolver=lambda _h, _p, _f: [PUBLIC],
        connector=refused,
    )
    assert answer is Six.NO_ANSWER
