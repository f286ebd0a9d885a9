"""The marks of a government site on one page, and its page tags (standard, section 9). Pure.

Marks are looked for in the markup, in what scripts write, and in the text without its tags, for
they are written in all these ways. Whether an absence means anything is for whoever has seen the
page as its scripts left it: here a mark is found, perhaps meant (`hints`), or not there.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from crawler.reading.decoding import decode
from crawler.reading.linking import joiner
from crawler.reading.tree import TooLarge, parse

LARGEST = 4 << 20  # characters of a page that are searched
MOST_FRAMES, MOST_FOUND = 6, 20
CONAC, CODE, ICP, POLICE, SPONSOR, CONTACT, JIUCUO = (
    "mark_conac",
    "mark_code",
    "mark_icp",
    "mark_police",
    "mark_sponsor",
    "mark_contact",
    "jiucuo_entry",
)
MARKS = (CONAC, CODE, ICP, POLICE, SPONSOR, CONTACT)
# What may stand in a foot as a picture without a word: then it is not known to be missing.
PICTURABLE = frozenset({CONAC, POLICE, JIUCUO})

# How each mark is written. Sources: standard, section 9; names of the marks' pictures as the
# issuing offices give them (bszs, dzjg, ghs/beian), alternative texts of them.
PATTERNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        CONAC: re.compile(
            r"conac\.cn|_ideConac|bszs|党政机关(?:网站)?(?:标识)?|事业单位(?:网站)?标识",
            re.IGNORECASE,
        ),
        CODE: re.compile(r"标识码\s{0,4}[：:]?\s{0,4}(?:\d{10}|bm\d{8})", re.IGNORECASE),
        ICP: re.compile(r"ICP\s{0,3}[备证][^\d<]{0,12}\d{5,12}", re.IGNORECASE),
        POLICE: re.compile(
            r"公网安备[^\d<]{0,8}\d{6,14}|registerSystemInfo\?recordcode=|beian\.mps\.gov\.cn",
            re.IGNORECASE,
        ),
        SPONSOR: re.compile(r"主\s{0,2}办(?:\s{0,2}单\s{0,2}位)?\s{0,3}[：:]"),
        CONTACT: re.compile(
            r"(?:电\s{0,4}话|热线|传真|邮\s{0,4}箱|E-?mail|地\s{0,4}址)"
            r"(?:[(（][^)）]{0,12}[)）])?\s{0,3}[：:]",
            re.IGNORECASE,
        ),
        JIUCUO: re.compile(r"jiucuo|网站找错|找错", re.IGNORECASE),
    }
)
# What may be the mark in another form: then its absence is not certain.
HINTS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        CODE: re.compile(r"标识码|SiteIDCode", re.IGNORECASE),
        ICP: re.compile(r"ICP|beian\.miit\.gov\.cn|miitbeian", re.IGNORECASE),
        POLICE: re.compile(r"公安|beian\.gov\.cn|网安备", re.IGNORECASE),
        SPONSOR: re.compile(r"主办|主管|版权所有|版权归|Copyright", re.IGNORECASE),
        CONTACT: re.compile(r"联系我们|联系方式|联系电话|mailto:|tel:", re.IGNORECASE),
    }
)
COMMENTS = re.compile(r"<!--.{0,20000}?-->", re.DOTALL)
FEET = re.compile(r"ICP|标识码|公网安备", re.IGNORECASE)
AROUND = 2_500  # characters of markup before and behind a mark that are its foot
IMAGES = re.compile(r"<img\b[^<>]{0,2000}>|\busemap\b|background(?:-image)?\s{0,3}:", re.IGNORECASE)
WORDED = re.compile(r"\b(?:alt|title)\s{0,3}=\s{0,3}['\"]?[^'\"<>]{0,40}[\u4e00-\u9fff]")
CODES = re.compile(r"标识码\s{0,4}[：:]?\s{0,4}(\d{10}|[bB][mM]\d{8})(?!\d)")
# In an entry's address, beside the issuing office's script, and in what that script writes.
ENTRY_CODES = re.compile(
    r"(?<!121\.43\.68\.40/exposure/)jiucuo\.html\?(?:[\w=&;-]{0,80}?)site_code=(\d{10}|bm\d{8})"
    r"|\bsitecode\s{0,3}=\s{0,3}['\"]?(\d{10}|bm\d{8})"
    r"|\bLink\(\s{0,3}['\"](\d{10}|bm\d{8})['\"]\s{0,3}\)",
    re.IGNORECASE,
)
OUTDATED = re.compile(r"121\.43\.68\.40/exposure/jiucuo")
TAGS = re.compile(r"<[^<>]{0,2000}>")
WRITTEN = re.compile(r"unescape\(\s{0,4}['\"]([^'\"]{10,20000})['\"]")
CODE_POINTS = re.compile(r"\\u([0-9a-fA-F]{4})")
METAS = re.compile(r"<meta\b[^<>]{0,4000}>", re.IGNORECASE)
VALUE = r"(?:\"([^\"]{0,2000})\"|'([^']{0,2000})'|([^\s>'\"]{1,200}))"
NAMED = re.compile(rf"\b(?:name|property)\s{{0,4}}=\s{{0,4}}{VALUE}", re.IGNORECASE)
CONTENT = re.compile(rf"\bcontent\s{{0,4}}=\s{{0,4}}{VALUE}", re.IGNORECASE)
FRAMED = re.compile(r"<i?frame\b[^<>]{0,2000}?\bsrc\s*=\s*['\"]?([^'\"\s>]{1,500})", re.IGNORECASE)
PICTURED = re.compile(
    r"<(?:img|svg|canvas|object|embed|i?frame)\b|background|stylesheet|<script\b[^<>]{0,500}?\bsrc",
    re.IGNORECASE,
)
SCRIPTED = re.compile(r"<script\b[^<>]{0,500}?\bsrc\s*=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marks:
    """What one page shows of the marks: names of those found and of those perhaps meant, 标识码 as
    printed, the codes that 找错 entries carry, and whether one leads to the address of old."""

    found: frozenset[str] = frozenset()
    hinted: frozenset[str] = frozenset()
    codes: tuple[str, ...] = ()
    entry_codes: tuple[str, ...] = ()
    outdated_entry: bool = False

    def __or__(self, other: Marks) -> Marks:
        """What two parts of one page, or two looks at it, show together."""
        return Marks(
            self.found | other.found,
            self.hinted | other.hinted,
            tuple(dict.fromkeys((*self.codes, *other.codes))),
            tuple(dict.fromkeys((*self.entry_codes, *other.entry_codes))),
            self.outdated_entry or other.outdated_entry,
        )


def text_of(body: bytes, content_type: str | None = None) -> str:
    """The page's text as it is searched; empty where the bytes are no text."""
    return (decode(body, content_type).text or "")[:LARGEST]


def marks_of(body: bytes, content_type: str | None = None) -> Marks:
    """The marks of a page, or of a part of one."""
    text = text_of(body, content_type)
    searched = "\n".join(ways_of_reading(text))
    # What is commented out shows nothing: it may clear a page, but never speaks against it.
    shown = "\n".join(ways_of_reading(COMMENTS.sub("", text)))
    hinted = {name for name, pattern in HINTS.items() if pattern.search(searched)}
    return Marks(
        frozenset(name for name, pattern in PATTERNS.items() if pattern.search(searched)),
        frozenset(hinted | (PICTURABLE if has_wordless_pictures(text) else frozenset())),
        _every(CODES, shown),
        _every(ENTRY_CODES, shown),
        OUTDATED.search(shown) is not None,
    )


def has_wordless_pictures(text: str) -> bool:
    """Whether pictures without words stand around the last mark of a page's foot."""
    last = deque(FEET.finditer(text), maxlen=1)
    if not last:
        return False
    foot = text[max(0, last[0].start() - AROUND) : last[0].end() + AROUND]
    return any(WORDED.search(image[0]) is None for image in IMAGES.finditer(foot))


def ways_of_reading(text: str) -> Iterator[str]:
    """The markup, what its scripts write by `unescape`, and all of it without tags."""
    plain = CODE_POINTS.sub(lambda found: chr(int(found[1], 16)), unescape(text))
    written = "\n".join(unquote(found) for found in WRITTEN.findall(plain)[:MOST_FOUND])
    yield plain
    yield written
    yield TAGS.sub("", f"{plain}\n{written}").replace("\xa0", " ").replace("\u3000", " ")


def _every(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    """What the groups of a pattern hold, in lower case, each once."""
    found = ("".join(one.groups("")).lower() for one in pattern.finditer(text))
    return tuple(dict.fromkeys(found))[:MOST_FOUND]


def page_tags(body: bytes, content_type: str | None = None) -> Mapping[str, str]:
    """The page's meta tags with their words, names in lower case, empty ones left out."""
    found: dict[str, str] = {}
    for tag in METAS.findall(text_of(body, content_type))[:400]:
        name, content = NAMED.search(tag), CONTENT.search(tag)
        if name is not None and content is not None:
            words = unescape(next((one for one in content.groups() if one), "")).strip()
            if words:
                found.setdefault(next((one for one in name.groups() if one), "").lower(), words)
    return found


def frames_of(body: bytes, url: str, content_type: str | None = None) -> tuple[str, ...]:
    """The addresses of the frames within a page, where a footer may stand; its own host's only."""
    join = joiner(url)
    text = text_of(body, content_type)
    found = (_joined(join, unescape(source)) for source in FRAMED.findall(text)[: 5 * MOST_FRAMES])
    host = urlsplit(url).hostname
    own = (one for one in found if one and urlsplit(one).hostname == host)
    return tuple(dict.fromkeys(own))[:MOST_FRAMES]


def _joined(join: Callable[[str], str], source: str) -> str:
    try:
        return join(source)
    except ValueError:
        return ""


def writes_by_script(body: bytes, content_type: str | None = None) -> bool:
    """Whether scripts of other files may still write something into the page."""
    return SCRIPTED.search(text_of(body, content_type)) is not None


def header_names(body: bytes, names: Iterable[str], content_type: str | None = None) -> bool:
    """Whether any of the names stands on the page outside its title: as text, or as the words of a
    picture. Blanks do not count."""
    try:
        tree = parse(text_of(body, content_type))
    except TooLarge:
        return False
    words = [node.text for node in tree.texts()]
    words += [node.get("alt") or node.get("title") for node in tree.elements("img", "a", "area")]
    squeezed = "\n".join("".join(one.split()) for one in words)
    return any("".join(name.split()) in squeezed for name in names if name.strip())


def title_of(body: bytes, content_type: str | None = None) -> str:
    """The page's title, blanks squeezed."""
    found = re.search(r"<title[^>]{0,200}>([^<]{0,500})", text_of(body, content_type), re.I)
    return " ".join(unescape(found[1]).split()) if found else ""


def has_pictures(body: bytes, content_type: str | None = None) -> bool:
    """Whether anything may show a name that the markup does not: pictures, styles, scripts."""
    return PICTURED.search(text_of(body, content_type)) is not None
