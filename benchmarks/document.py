"""Measured lines into a page of the documents, between the marks of their benchmark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path


def write(doc: Path, name: str, heading: str, sections: Mapping[str, Sequence[str]]) -> None:
    """Replace what stands between the marks of `name`, or add it at the page's end."""
    start, end = f"<!-- {name}: start -->", f"<!-- {name}: end -->"
    old = doc.read_text(encoding="utf-8") if doc.is_file() else "# Benchmarks\n"
    parts = (f"### {title}\n\n```text\n{_joined(lines)}```\n" for title, lines in sections.items())
    fresh = f"{start}\n## {heading}\n\n{_joined(parts)}{end}"
    before, _, rest = old.partition(start)
    after = rest.partition(end)[2]
    doc.parent.mkdir(exist_ok=True)
    doc.write_text(f"{before.rstrip()}\n\n{fresh}{after or chr(10)}", encoding="utf-8")


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
