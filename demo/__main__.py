"""`python -m demo serve` and `python -m demo register`: the city as a program of its own."""

from __future__ import annotations

import argparse
import asyncio
from datetime import date
from pathlib import Path

from demo.data import default_seed
from demo.founding import city_of
from demo.register import write_register
from demo.serving import open_city, port_of


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m demo", description="The pretend city.")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="serve the city as a forward proxy on loopback")
    serve.add_argument("--port", type=int, default=0)
    serve.add_argument("--date", type=date.fromisoformat, default=date(2022, 6, 6))
    serve.add_argument("--latency", type=float, default=0.0, help="seconds before each answer")
    register = commands.add_parser("register", help="write rules.yaml and profiles/demo.yaml")
    register.add_argument("--out", type=Path, required=True)
    for command in (serve, register):
        command.add_argument("--seed", type=int, default=default_seed())
    return parser.parse_args()


async def _serve(arguments: argparse.Namespace) -> None:
    city = city_of(arguments.seed)
    server = await open_city(city, arguments.date, arguments.port, arguments.latency)
    print(f"listening on 127.0.0.1:{port_of(server)}", flush=True)
    async with server:
        await server.serve_forever()


def main() -> None:
    """Run the command that was asked for."""
    arguments = _arguments()
    if arguments.command == "register":
        write_register(city_of(arguments.seed), arguments.out)
        return
    try:
        asyncio.run(_serve(arguments))
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
