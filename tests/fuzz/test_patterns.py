"""No regular expression of the reader may backtrack without bound.

Every compiled pattern found in the modules of crawler.reading is given long strings built from
its own characters; doubling the string may not much more than double the time.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator, Mapping

import pytest

import crawler.reading

Pattern = re.Pattern[str] | re.Pattern[bytes]
FLOOR = 0.015  # seconds for 3,000 characters; below it a growth is noise, and cheap
GROWTH = 3.2  # linear is 2, quadratic 4, exponential beyond
SIZE = 3000
SAMPLES = (
    "1", "0", "2022", "2022-", "2022-06-1", "年", "二〇", "6月", " ", "\u3000", "&nbsp;", "<",
    "<a ", "'", '"', "a", "x1", "-", "/", ".", ":", "：", "（", "[", "{", "天前", "发布", "　时间",
    "\n", "\t", "=", ";", "\\",
)  # fmt: skip


def _patterns() -> Iterator[tuple[str, Pattern]]:
    for info in pkgutil.walk_packages(crawler.reading.__path__, "crawler.reading."):
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            yield from _inside(f"{info.name.rpartition('.')[2]}.{name}", value)


def _inside(name: str, value: object, depth: int = 0) -> Iterator[tuple[str, Pattern]]:
    """Patterns themselves, and those in tables, rows and mappings of a module."""
    if isinstance(value, re.Pattern):
        yield name, value
    elif depth > 4 or isinstance(value, (str, bytes, type)):
        return
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _inside(f"{name}[{key!r:.20}]", part, depth + 1)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for place, part in enumerate(value):
            yield from _inside(f"{name}[{place}]", part, depth + 1)
    elif type(value).__module__.startswith("crawler.reading"):
        for key in getattr(value, "__slots__", ()) or vars(value):
            yield from _inside(f"{name}.{key}", getattr(value, key, None), depth + 1)


PATTERNS = {f"{name}:{pattern.pattern!r:.60}": pattern for name, pattern in _patterns()}


def _literals(pattern: str) -> list[str]:
    """The plain words of a pattern, and prefixes of them, to hang its repeats on."""
    words = re.findall(r"[\w\u4e00-\u9fff]+", re.sub(r"\\[a-zA-Z]|\(\?P<\w+>", " ", pattern))
    return list(dict.fromkeys(words))[:4]


def _spent(pattern: Pattern, text: str) -> float:
    subject: str | bytes = text if isinstance(pattern.pattern, str) else text.encode()
    best = 9.0
    for _ in range(2):
        start = time.process_time()
        pattern.search(subject)  # type: ignore[arg-type]
        best = min(best, time.process_time() - start)
        if best < FLOOR:
            break
    return best


def _explodes(pattern: Pattern, start: str, unit: str) -> bool:
    size = SIZE
    once = _spent(pattern, start + unit * (size // len(unit)) + "!")
    if once < FLOOR:
        return False
    twice = _spent(pattern, start + unit * (2 * size // len(unit)) + "!")
    return twice / once > GROWTH


def test_the_reader_has_patterns_to_test() -> None:
    assert len(PATTERNS) > 10


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_a_longer_text_costs_a_pattern_no_more_than_its_length(name: str) -> None:
    pattern = PATTERNS[name]
    text = (
        pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    )
    literals = _literals(text)
    tries = ((start, unit) for unit in (*SAMPLES, *literals) for start in ("", *literals))
    bad = next((attack for attack in tries if _explodes(pattern, *attack)), None)
    assert bad is None, f"grows faster than its text on {bad}"
