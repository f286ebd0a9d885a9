"""The fake upstream: a CONNECT proxy that ends TLS itself and answers by host and path."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOSTS = ("m.weibo.cn", "weibo.com", "www.toutiao.com", "api.thepaper.cn", "m.thepaper.cn")


@dataclass(frozen=True, slots=True)
class Reply:
    """What the fake says to one request."""

    body: str = ""
    status: int = 200
    kind: str = "application/json; charset=utf-8"

    def raw(self) -> bytes:
        body = self.body.encode()
        head = f"HTTP/1.1 {self.status} Said\r\nContent-Type: {self.kind}\r\n"
        return f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body


Says = Callable[[str, str], Reply]


def certificate(folder: Path) -> tuple[Path, Path]:
    """A self-signed certificate for the hosts, made now: (certificate, key)."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "fake upstream")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(h) for h in HOSTS]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "cert.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths


async def serve(says: Says, pair: tuple[Path, Path]) -> asyncio.Server:
    """A proxy on a free port of 127.0.0.1."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*pair)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            host = (await _head(reader)).split()[1].partition(":")[0]
            writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
            await writer.start_tls(context)
            path = (await _head(reader)).split()[1]
            writer.write(says(host, path).raw())
            await writer.drain()
        except (OSError, EOFError, IndexError):
            pass
        finally:
            writer.close()

    return await asyncio.start_server(answer, "127.0.0.1", 0)


async def _head(reader: asyncio.StreamReader) -> str:
    return (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
