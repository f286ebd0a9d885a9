"""Draws what a command printed as the README's picture: text on stdin, SVG on stdout.

make demo | .venv/bin/python scripts/picture.py > demo/picture.svg

Rich's own export spaces Chinese by characters, not by cells, so each run of cells is placed here.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from html import escape
from itertools import groupby

from rich.cells import cell_len, set_cell_size

WIDEST = 164  # cells; more is cut, for a picture cannot be scrolled
CELL, LINE, EDGE = 8, 20, 16  # pixels
STYLE = "font: 14px 'Noto Sans Mono CJK SC', 'Sarasa Mono SC', Menlo, Consolas, monospace"


def picture(text: str, title: str) -> str:
    """The SVG of a terminal in which `title` was typed and `text` came out."""
    lines = [f"$ {title}", *(_cut(line) for line in text.rstrip().splitlines())]
    width = 2 * EDGE + CELL * max(map(cell_len, lines))
    height = 2 * EDGE + LINE * len(lines)
    runs = [run for number, line in enumerate(lines) for run in _runs(line, number)]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
    ground = f'<rect width="{width}" height="{height}" rx="8" fill="#1e2227"/>'
    body = f'<g fill="#d7dae0" style="{STYLE}">'
    return "\n".join([head, ground, body, *runs, "</g>", "</svg>"])


def _cut(line: str) -> str:
    return line if cell_len(line) <= WIDEST else f"{set_cell_size(line, WIDEST - 1).rstrip()}…"


def _runs(line: str, number: int) -> Iterator[str]:
    """One text element for each run of equally wide characters; blanks only take their place."""
    cell, y = 0, EDGE + LINE * number + 14
    for (_, blank), group in groupby(line, key=lambda sign: (cell_len(sign), sign == " ")):
        run = "".join(group)
        if not blank:
            length = CELL * cell_len(run)
            place = f'x="{EDGE + CELL * cell}" y="{y}" textLength="{length}"'
            yield f'<text {place} lengthAdjust="spacingAndGlyphs">{escape(run)}</text>'
        cell += cell_len(run)


if __name__ == "__main__":
    print(picture(sys.stdin.read(), "make demo"))
