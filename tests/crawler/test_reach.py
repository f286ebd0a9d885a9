"""A public site leads nobody inside, however the address is spelled; the register itself may."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reach import Place, Reach, literal, place_by_words, place_of

SITE = Reach("www.site.test")
# Every spelling of this machine that some client takes for an address.
THIS_MACHINE = [
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0X7F.0.0.1",
    "0177.0.0.1",
    "017700000001",
    "0",
    "0.0.0.0",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "１２７.0.0.1",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "localhost",
    "LOCALHOST.",
    "a.localhost",
    "169.254.169.254",
    "[fe80::1%25eth0]",
    "224.0.0.251",
    "255.255.255.255",
]
INTRANET = [
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.18",
    "0xc0a80112",
    "100.64.0.1",
    "198.18.0.7",
    "[fd00::1]",
    "[::ffff:10.0.0.1]",
    "portal",
    "router.lan",
    "metadata.google.internal",
    "",
]
PUBLIC = ["www.gov.cn", "8.8.8.8", "[2400:3200::1]", "1.2.3.4.5", "127.0.0.1.site.test", "10.test"]


@pytest.mark.parametrize("host", THIS_MACHINE)
def test_this_machine_is_known_in_every_spelling_and_never_open(host: str) -> None:
    assert place_by_words(host) is Place.MACHINE
    assert not SITE.by_words(host)
    assert not Reach("www.site.test", intranet=True).by_words(host)


@pytest.mark.parametrize("host", INTRANET)
def test_the_intranet_is_open_only_by_its_setting(host: str) -> None:
    assert place_by_words(host) is Place.INTRANET
    assert not SITE.by_words(host)
    assert Reach("www.site.test", intranet=True).by_words(host)


@pytest.mark.parametrize("host", PUBLIC)
def test_what_is_public_is_open(host: str) -> None:
    assert place_by_words(host) in (None, Place.PUBLIC)
    assert SITE.by_words(host)


@pytest.mark.parametrize(
    ("asked", "onward", "open_"),
    [
        ("10.0.0.5", "10.0.0.5", True),
        ("10.0.0.5", "0xa000005", True),
        ("10.0.0.5", "10.0.0.6", False),
        ("127.0.0.1", "localhost", False),
        ("127.0.0.1", "2130706433", True),
        ("127.0.0.1", "127.0.0.2", False),
        ("portal", "PORTAL.", True),
        ("10.0.0.5", "www.site.test", True),
    ],
)
def test_what_the_register_places_inside_may_be_asked_for_there(
    asked: str, onward: str, open_: bool
) -> None:
    assert Reach(asked).by_words(onward) is open_


@pytest.mark.parametrize(
    ("asked", "host", "address", "intranet", "open_"),
    [
        ("www.site.test", "www.site.test", "203.0.114.1", False, True),
        ("www.site.test", "www.site.test", "127.0.0.1", False, False),
        ("www.site.test", "www.site.test", "10.0.0.1", False, False),
        ("www.site.test", "www.site.test", "10.0.0.1", True, True),
        ("www.site.test", "www.site.test", "169.254.169.254", True, False),
        ("www.site.test", "other.test", "::1", True, False),
        ("www.site.test", "other.test", "::ffff:10.0.0.1", False, False),
        ("10.0.0.5", "10.0.0.5", "10.0.0.5", False, True),
        ("portal", "portal", "10.0.0.5", False, True),
        ("portal", "portal", "127.0.0.1", False, False),
        ("localhost", "localhost", "127.0.0.1", False, True),
        ("localhost", "www.site.test", "127.0.0.1", False, False),
        ("www.site.test", "www.site.test", "no address", False, False),
    ],
)
def test_a_name_is_only_as_open_as_what_it_resolves_to(
    asked: str, host: str, address: str, intranet: bool, open_: bool
) -> None:
    assert Reach(asked, intranet).by_address(host, address) is open_


@given(st.ip_addresses(v=4))
def test_an_address_in_another_coat_lies_where_it_lies(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    translated = ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) + number)
    coats = [f"{number}", f"{number:#x}", f"::ffff:{address}", str(translated)]
    assert {place_of(found) for coat in coats if (found := literal(coat))} == {place_of(address)}


@given(st.text(max_size=40))
def test_no_host_is_too_odd_to_be_placed(host: str) -> None:
    SITE.by_words(host)
    SITE.by_address(host, host)
