"""`python -m demo`: the city as a program of its own, with the people who live in it."""

from __future__ import annotations

import argparse
import asyncio
import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

from demo.comparing import differences, remarks
from demo.data import default_seed
from demo.deciding import decided
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
    decide = commands.add_parser("decide", help="decide what the office exported for review")
    decide.add_argument("exported", type=Path)
    decide.add_argument("--out", type=Path, required=True)
    compare = commands.add_parser("compare", help="print how a notice differs from the published")
    compare.add_argument("notice", type=Path, help="as JSON")
    compare.add_argument("text", type=Path, help="the same as plain text")
    for command in (serve, register, decide):
        command.add_argument("--seed", type=int, default=default_seed())
    return parser.parse_args()


async def _serve(arguments: argparse.Namespace) -> None:
    city = city_of(arguments.seed)
    server = await open_city(city, arguments.date, arguments.port, arguments.latency)
    print(f"listening on 127.0.0.1:{port_of(server)}", flush=True)
    async with server:
        await server.serve_forever()


def _register(arguments: argparse.Namespace) -> None:
    write_register(city_of(arguments.seed), arguments.out)


def _decide(arguments: argparse.Namespace) -> None:
    exported = arguments.exported.read_text(encoding="utf-8")
    arguments.out.write_text(decided(arguments.seed, exported), encoding="utf-8")


def _compare(arguments: argparse.Namespace) -> None:
    notice = json.loads(arguments.notice.read_text(encoding="utf-8"))
    found = differences(notice, arguments.text.read_text(encoding="utf-8-sig"))
    told = {"differences": [asdict(one) for one in found], "remarks": list(remarks())}
    print(json.dumps(told, ensure_ascii=False))


SHORT = {"register": _register, "decide": _decide, "compare": _compare}


def main() -> None:
    """Run the command that was asked for."""
    arguments = _arguments()
    if arguments.command in SHORT:
        SHORT[arguments.command](arguments)
        return
    try:
        asyncio.run(_serve(arguments))
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
