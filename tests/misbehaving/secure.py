"""The server's certificates and how badly it speaks TLS: made as the tests run, trusted nowhere."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from rules.facts import Outcome

# How a server of that kind is seen at /fresh by each client: plain HTTP takes any certificate,
# for what it reads is held against nobody by itself; a person's browser warns and shows nothing.
SECURE: Mapping[str, tuple[Outcome, Outcome]] = {
    "self_signed": (Outcome.READ, Outcome.TLS_FAILURE),
    "expired": (Outcome.READ, Outcome.TLS_FAILURE),
    "of_another_host": (Outcome.READ, Outcome.TLS_FAILURE),
}
OLD_TLS = (Outcome.TLS_FAILURE, Outcome.TLS_FAILURE)
# What a server that speaks nothing but TLS 1.0 says to a client of today: protocol_version, fatal.
TOO_NEW = bytes((21, 3, 1, 0, 2, 2, 70))


def contexts(folder: Path) -> dict[str, ssl.SSLContext]:
    """A context for each kind; the key and the certificates are written into `folder`."""
    key = ec.generate_private_key(ec.SECP256R1())
    kept = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "key.pem").write_bytes(kept)
    return {kind: _context(folder, kind, _certificate(key, kind)) for kind in SECURE}


def _certificate(key: ec.EllipticCurvePrivateKey, kind: str) -> x509.Certificate:
    now = datetime.now(UTC)
    ends = now - timedelta(days=1) if kind == "expired" else now + timedelta(days=30)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "site.test")])
    address: x509.GeneralName = x509.IPAddress(ip_address("127.0.0.1"))
    if kind == "of_another_host":
        address = x509.DNSName("www.other.test")
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(ends)
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(key, hashes.SHA256())
    )


def _context(folder: Path, kind: str, certificate: x509.Certificate) -> ssl.SSLContext:
    path = folder / f"{kind}.pem"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path, folder / "key.pem")
    return context
