"""Bytes to text: header, byte order mark, meta tag and the bytes themselves are weighed.

For `read_page`. Never raises; what cannot be text comes back as None with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, resolve_encoding

# First bytes of files that are no page. Origin: the formats' own magic numbers.
NOT_TEXT: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"\xd0\xcf\x11\xe0", "ole"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"Rar!", "archive"),
)
BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# Chinese pages are written in one of these, whatever they say of themselves.
LIKELY = ("utf-8", "gb18030")
DAMAGE_LIMIT = 0.02  # share of undecodable characters from which a page counts as no text


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a body, or None with the sign that says why."""

    text: str | None
    encoding: str | None = None
    signs: tuple[str, ...] = ()


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """The text of `body`. Strict UTF-8 wins over any declaration: hardly any GBK is valid in it."""
    if any(body.startswith(magic) for magic, _ in NOT_TEXT):
        return Decoded(None, signs=("not_text",))
    for mark, encoding in BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return _lenient(body[len(mark) :], (encoding,), None)
    try:
        return Decoded(body.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        declared = _declared(body, content_type)
    return _lenient(body, _candidates(body, declared), declared)


def _declared(body: bytes, content_type: str | None) -> str | None:
    said = None
    if content_type:
        said = http_content_type_encoding(content_type)
    said = said or html_body_declared_encoding(body)
    resolved = resolve_encoding(said) if said else None
    return "gb18030" if resolved and resolved.lower().startswith(("gb", "hz")) else resolved


def _candidates(body: bytes, declared: str | None) -> tuple[str, ...]:
    nulls = body[:4096].count(0)
    if nulls > len(body[:4096]) // 4:
        return ("utf-16-le", "utf-16-be")
    extra: tuple[str, ...] = (declared,) if declared and declared not in LIKELY else ()
    first: tuple[str, ...] = (declared,) if declared in LIKELY else ()
    return (*first, *(name for name in LIKELY if name not in first), *extra)


def _piecewise(body: bytes) -> str:
    """Line by line: pages put together from parts of two encodings."""
    parts = []
    for line in body.split(b"\n"):
        try:
            parts.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            parts.append(line.decode("gb18030", "replace"))
    return "\n".join(parts)


def _lenient(body: bytes, encodings: tuple[str, ...], declared: str | None) -> Decoded:
    """The decoding with the least damage; on a tie the earlier candidate."""
    best: tuple[float, str, str] | None = None
    for encoding in encodings:
        text = body.decode(encoding, "replace")
        damage = _damage(text)
        if best is None or damage < best[0]:
            best = (damage, encoding, text)
    assert best is not None
    damage, encoding, text = best
    if damage and encoding in LIKELY:
        mixed = _piecewise(body)
        if _damage(mixed) < damage:
            damage, text = _damage(mixed), mixed
            return Decoded(text, encoding, ("mixed_bytes",))
    if damage > DAMAGE_LIMIT:
        return Decoded(None, encoding, ("undecodable",))
    signs: tuple[str, ...] = ("mixed_bytes",) if "\ufffd" in text else ()
    if declared and declared != encoding:
        signs += ("charset_lie",)
    return Decoded(text, encoding, signs)


def _damage(text: str) -> float:
    """Share of characters that no Chinese page holds: replacements, controls, private use."""
    if not text:
        return 0.0
    bad = text.count("\ufffd") + text.count("\x00")
    sample = text[:20_000]
    odd = sum(1 for c in sample if "\ue000" <= c <= "\uf8ff" or "\u0250" <= c <= "\u036f")
    return bad / len(text) + odd / len(sample)
