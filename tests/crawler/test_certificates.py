"""Certificates: each fault by its name, and only where the site sends its visitors there."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from crawler.certificates import Certificate, Shown, certificate_of, standing
from crawler.ipv6 import connect
from crawler.reach import Reach
from rules.facts import Truth

NOW = datetime.now(UTC).replace(microsecond=0)  # the handshake has its own clock
YEAR = timedelta(days=365)
HOST = "localhost"
Serve = Callable[..., int]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Servers on loopback that show a certificate for `name`, valid from `since` to `until`."""
    lines: list[socket.socket] = []

    def start(name: str, since: datetime, until: datetime) -> int:
        _write(tmp_path, name, since, until)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
        line = socket.create_server(("127.0.0.1", 0))
        lines.append(line)
        threading.Thread(target=_shake, args=(line, context), daemon=True).start()
        return int(line.getsockname()[1])

    yield start
    for line in lines:
        line.close()


def _shake(line: socket.socket, context: ssl.SSLContext) -> None:
    taken, _ = line.accept()
    try:
        with context.wrap_socket(taken, server_side=True) as secure:
            secure.recv(1)
    except OSError:
        taken.close()


def _write(folder: Path, name: str, since: datetime, until: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(Encoding.PEM))
    shape = (Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    (folder / "key.pem").write_bytes(key.private_bytes(*shape))


def trusting(folder: Path) -> Callable[[], ssl.SSLContext]:
    return lambda: ssl.create_default_context(cafile=str(folder / "cert.pem"))


def shown(port: int, context: Callable[[], ssl.SSLContext]) -> Certificate:
    return certificate_of(
        HOST,
        reach=Reach(HOST),
        seconds=5,
        port=port,
        context=context,
        resolver=lambda _: "127.0.0.1",
    )


def test_a_valid_one_tells_until_when(serve: Serve, tmp_path: Path) -> None:
    port = serve(HOST, NOW - YEAR, NOW + YEAR)
    assert shown(port, trusting(tmp_path)) == Certificate(Shown.VALID, NOW + YEAR)


@pytest.mark.parametrize(
    ("name", "since", "until", "what"),
    [
        (HOST, NOW - 2 * YEAR, NOW - YEAR, Shown.EXPIRED),
        (HOST, NOW + YEAR, NOW + 2 * YEAR, Shown.NOT_YET),
        ("other.test", NOW - YEAR, NOW + YEAR, Shown.OTHER_NAME),
    ],
)
def test_every_fault_has_its_name(
    serve: Serve, tmp_path: Path, name: str, since: datetime, until: datetime, what: Shown
) -> None:
    port = serve(name, since, until)
    assert shown(port, trusting(tmp_path)).shown is what


def test_a_self_signed_one_is_known(serve: Serve) -> None:
    port = serve(HOST, NOW - YEAR, NOW + YEAR)
    assert shown(port, ssl.create_default_context).shown is Shown.SELF_SIGNED


def test_where_nobody_listens_there_is_none() -> None:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port = int(line.getsockname()[1])
        assert shown(port, ssl.create_default_context).shown is Shown.NONE


def test_names_that_lead_inside_are_not_asked() -> None:
    def never(*_: object) -> socket.socket:
        raise AssertionError

    for address in ("127.0.0.1", "10.0.0.1", None):
        one = certificate_of(
            "www.example.test",
            reach=Reach("www.example.test"),
            connector=never,
            resolver={"www.example.test": address}.get,
        )
        assert one.shown is Shown.UNCLEAR


@pytest.mark.parametrize(
    ("one", "is_sent_there", "truth", "reason"),
    [
        (Certificate(Shown.VALID, NOW + timedelta(days=31)), True, Truth.OK, "valid"),
        (Certificate(Shown.VALID, NOW + timedelta(days=30)), True, Truth.OK, "ends_soon"),
        (Certificate(Shown.NONE), False, Truth.OK, "no_https"),
        (Certificate(Shown.EXPIRED), True, Truth.VIOLATION, "expired"),
        (Certificate(Shown.SELF_SIGNED), True, Truth.VIOLATION, "self_signed"),
        (Certificate(Shown.OTHER_NAME), False, Truth.OK, "other_name"),
        (Certificate(Shown.UNTRUSTED), True, Truth.UNKNOWN, "untrusted"),
        (Certificate(Shown.NOT_YET), True, Truth.UNKNOWN, "not_yet"),
        (Certificate(Shown.UNCLEAR), True, Truth.UNKNOWN, "unclear"),
    ],
)
def test_what_follows_from_a_certificate(
    one: Certificate, is_sent_there: bool, truth: Truth, reason: str
) -> None:
    assert standing(one, NOW, is_sent_there=is_sent_there) == (truth, reason)


def test_the_line_of_the_program_itself_is_a_plain_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = int(server.getsockname()[1])
        with connect("127.0.0.1", port, 5) as line:
            assert line.getpeername()[1] == port
