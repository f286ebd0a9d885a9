"""Mutations of the bytes: charsets declared, undeclared and denied, marks, stray and cut bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from benchmarks.reading.making.surroundings import HEAD
from benchmarks.reading.making.template import Made, Mutation, Template, made

META = re.compile(r"<meta[^>]*charset[^>]*>", re.IGNORECASE)
OLD_META = '<meta http-equiv="Content-Type" content="text/html; charset={}">'


@dataclass(frozen=True, slots=True)
class Coding:
    """How the bytes are made (`codec`), what the page and the header say of them."""

    name: str
    codec: str
    says: str | None
    header: str | None


CODINGS = (
    Coding("gbk-declared", "gb18030", "gbk", "text/html"),
    Coding("gb2312-declared", "gb18030", "gb2312", "text/html; charset=gb2312"),
    Coding("gb18030-undeclared", "gb18030", None, None),
    Coding("gbk-header-only", "gb18030", None, "text/html; charset=GBK"),
    Coding("gbk-bytes-meta-utf8", "gb18030", "utf-8", None),
    Coding("gbk-bytes-header-utf8", "gb18030", "gbk", "text/html; charset=utf-8"),
    Coding("gbk-bytes-header-latin", "gb18030", None, "text/html; charset=ISO-8859-1"),
    Coding("utf8-bytes-meta-gbk", "utf-8", "gb2312", None),
    Coding("utf8-bytes-header-gbk", "utf-8", "utf-8", "text/html;charset=gbk"),
    Coding("utf8-undeclared", "utf-8", None, None),
    Coding("utf8-mark", "utf-8-sig", "gb2312", "text/html"),
    Coding("utf16-mark", "utf-16", None, "text/html"),
    Coding("utf8-misspelt", "utf-8", "uft-8", "text/html; charset=uft8"),
    Coding("big5-declared", "utf-8", "big5", None),
)


def declare(html: str, charset: str | None) -> str:
    """The page with its declarations of charset replaced by one, or by none."""
    bare = META.sub("", html)
    if charset is None:
        return bare
    meta = OLD_META.format(charset)
    return HEAD.sub(lambda match: match.group() + meta, bare, count=1)


def _coded(coding: Coding) -> Mutation:
    def mutate(template: Template, _: Random) -> Made:
        body = declare(template.html(), coding.says).encode(coding.codec, "replace")
        return made(template, body=body, content_type=coding.header)

    return mutate


def _stray(bad: bytes, codec: str) -> Mutation:
    """A few bytes that belong to no character, in the head and before the list."""

    def mutate(template: Template, _: Random) -> Made:
        head, rest = template.head, template.html()[len(template.head) :]
        says = {"utf-8": "utf-8", "gb18030": "gbk"}[codec]
        body = declare(head, says).encode(codec, "replace") + bad + rest.encode(codec, "replace")
        return made(template, body=body + bad, content_type="text/html")

    return mutate


def _mixed(template: Template, _: Random) -> Made:
    """A UTF-8 page whose footer was pasted in as GBK."""
    foot = "<div>主办单位：示例市人民政府办公室　技术支持：示例公司</div>".encode("gbk")
    return made(template, body=template.html().encode("utf-8", "replace") + foot)


CODED: dict[str, Mutation] = {
    **{f"charset/{coding.name}": _coded(coding) for coding in CODINGS},
    "charset/stray-utf8": _stray(b"\xff\xfe\xe4\xb8", "utf-8"),
    "charset/stray-gbk": _stray(b"\xff\x80", "gb18030"),
    "charset/nul": _stray(b"\x00\x00", "utf-8"),
    "charset/mixed-footer": _mixed,
}
