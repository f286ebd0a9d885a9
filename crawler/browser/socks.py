"""The few words of SOCKS 5 that a browser speaks to its relay."""

from __future__ import annotations

import asyncio
import struct
from ipaddress import ip_address

VERSION, CONNECT, IPV4, NAME, IPV6 = 5, 1, 1, 3, 4
LENGTHS = {IPV4: 4, NAME: 0, IPV6: 16}  # of an address by its kind; a name tells its own
OPENED, FAILED = 0, 4


async def asked_for(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[str, int]:
    """The host and port that a client asks for. Raises ValueError for anything else."""
    version, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    writer.write(bytes((VERSION, 0)))
    version, command, _, kind = await reader.readexactly(4)
    if (version, command) != (VERSION, CONNECT) or kind not in LENGTHS:
        raise ValueError("not a CONNECT of SOCKS 5")
    size = LENGTHS[kind] or (await reader.readexactly(1))[0]
    packed = await reader.readexactly(size)
    (port,) = struct.unpack(">H", await reader.readexactly(2))
    host = packed.decode("ascii") if kind == NAME else str(ip_address(packed))
    return host.lower(), port


async def reply(writer: asyncio.StreamWriter, code: int) -> None:
    """Say whether the line is there."""
    writer.write(bytes((VERSION, code, 0, IPV4)) + bytes(6))
    await writer.drain()
