"""What the pages of a disclosure platform say of each point of annex 6. Pure: pages in, claims out.

What is not there is a fault only where the page itself was had, and was more than a shell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from crawler.reading.ways import Way
from rules.disclosure_labels import LabelRow, Section
from rules.disclosure_proving import BROWSE, ENTRY, FRESH, LABEL, PLATFORM, Claim, Why
from rules.facts import Client, Outcome, Truth
from spiders.survey.platform_pages import Sheet, is_file, is_shown, plain

LEAST_CLICKS = 5  # of a page from which anything may be missing
LEAST_LABELS = 2  # of a page that is some platform
DETAIL, ADDRESS = 200, 2_000  # characters that a claim keeps
NAME, WEAK = "政府信息公开", "信息公开"
# What may stand beside the name in an entry; with anything else it is the name of another thing.
BESIDE = re.compile(r"(?:专栏|平台|专题|专区|网|入口|栏目|目录)?")
BEFORE = 12  # characters before the name: whose it is
OPENS_NOT = frozenset({Outcome.NOT_FOUND, Outcome.SERVER_ERROR, Outcome.EMPTY})
REPORT = re.compile("年报|年度报告|年度工作报告|信息公开工作报告")
YEAR = re.compile("((?:19|20)[0-9]{2})年|([〇零一二三四五六七八九]{4})年")
DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {"零": "0"}


def claim(
    point: str, truth: Truth, why: Why, sheet: Sheet | None = None, detail: str = ""
) -> Claim:
    """A claim with its place, bounded."""
    url = "" if sheet is None else sheet.url
    client = Client.HTTP if sheet is None else sheet.client
    return Claim(point, truth, why, detail[:DETAIL], url[:ADDRESS], client)


def unseen(point: str, sheet: Sheet | None = None) -> Claim:
    """Nothing can be said."""
    return claim(point, Truth.UNKNOWN, Why.UNSEEN, sheet)


def is_entry(words: str, name: str = NAME) -> bool:
    """Whether words are those of an entry: the name, whose it is, and what sort of thing it is."""
    before, found, after = words.partition(name)
    return bool(found) and len(before) <= BEFORE and BESIDE.fullmatch(after) is not None


def entries(home: Sheet, name: str = NAME) -> tuple[Way, ...]:
    """The ways of a home page that are called as an entry should be."""
    return tuple(way for way in home.ways if is_entry(way.words, name))


def platform_claim(front: Sheet, home: Sheet) -> Claim:
    """Whether there is a platform. It is not there only if its address is dead and the home page
    shows no other way to one: the register may be what is old."""
    if front.shown:
        return claim(PLATFORM, Truth.OK, Why.SEEN, front)
    others = [way for way in (*entries(home), *entries(home, WEAK)) if _leads_off(way, front)]
    if front.is_gone and home.shown and not others:
        return claim(PLATFORM, Truth.VIOLATION, Why.GONE, front)
    return unseen(PLATFORM, front)


def _leads_off(way: Way, front: Sheet) -> bool:
    """Whether a way may lead to another page than this one."""
    return way.is_click and (way.url is None or plain(way.url) not in front.addresses)


def looks_like_platform(page: Sheet, labels: Iterable[LabelRow]) -> bool:
    """Whether a page names enough of the sections to be some unit's platform."""
    named = sum(any(row.is_named(way.words) for way in page.ways) for row in labels)
    return bool(page.shown) and named >= LEAST_LABELS


def entry_claim(home: Sheet, address: str | None, led_to: Iterable[Sheet] = ()) -> Claim:
    """Whether the home page leads to the platform in one step; `led_to` are the pages that its
    entries lead to, where these are other addresses."""
    if not home.shown:
        return unseen(ENTRY, home)
    named = entries(home)
    wanted = set() if address is None else {plain(address)}
    if any(way.url is not None and plain(way.url) in wanted for way in named):
        return claim(ENTRY, Truth.OK, Why.SEEN, home)
    for page in led_to:
        if wanted & page.addresses:
            return claim(ENTRY, Truth.OK, Why.SEEN, home)
        if any(way.url is not None and plain(way.url) in wanted for way in page.ways):
            return claim(ENTRY, Truth.UNKNOWN, Why.FAR, page)
    if named:
        return claim(ENTRY, Truth.UNKNOWN, Why.OTHER_WORDS, home, named[0].words)
    return _unnamed_entry(home, wanted)


def _unnamed_entry(home: Sheet, wanted: set[str]) -> Claim:
    """A home page that nowhere says the name: other words may do, a person decides."""
    for way in home.ways:
        leads = way.url is not None and plain(way.url) in wanted
        if leads or is_entry(way.words, WEAK):
            return claim(ENTRY, Truth.UNKNOWN, Why.OTHER_WORDS, home, way.words)
    if _clicks(home) < LEAST_CLICKS:
        return unseen(ENTRY, home)
    return claim(ENTRY, Truth.VIOLATION, Why.NO_ENTRY, home)


def _clicks(sheet: Sheet) -> int:
    return sum(way.is_click for way in sheet.ways)


def way_of(front: Sheet, row: LabelRow) -> Way | None:
    """The label of a section: by its own name, one that leads somewhere before one that does not;
    else by words that may mean it."""
    named = [way for way in front.ways if row.is_named(way.words)]
    perhaps = [way for way in front.ways if way.is_click and row.may_be_named(way.words)]
    return next((way for way in named if way.url), next(iter((*named, *perhaps)), None))


def label_claim(front: Sheet, section: Section, row: LabelRow, page: Sheet | None) -> Claim:
    """Whether a section stands there and has something in it; `page` is what its label leads to."""
    point = f"{LABEL}{section}"
    way = way_of(front, row)
    if way is None:
        if _clicks(front) < LEAST_CLICKS:
            return unseen(point, front)
        if any(row.may_be_named(one.words) for one in front.ways):
            return claim(point, Truth.UNKNOWN, Why.OTHER_WORDS, front)
        return claim(point, Truth.VIOLATION, Why.NO_LABEL, front, row.label)
    if not row.is_named(way.words):
        return claim(point, Truth.UNKNOWN, Why.OTHER_WORDS, front, way.words)
    if page is None or page.has_text:  # a label without an address opens a pane of the page itself
        return claim(point, Truth.OK, Why.SEEN, page or front)
    if page.is_gone or page.is_empty:
        return claim(point, Truth.VIOLATION, Why.NOTHING_IN_IT, page, row.label)
    return unseen(point, page)


def browse_claim(opened: Iterable[Sheet]) -> Claim:
    """Whether the newest items open, with text or as a file."""
    sheets = list(opened)
    closed = [one for one in sheets if not _opens(one)]
    if sheets and not closed:
        return claim(BROWSE, Truth.OK, Why.SEEN, sheets[0])
    for one in closed:
        if all(look.outcome in OPENS_NOT for look in one.looks):
            return claim(BROWSE, Truth.VIOLATION, Why.NOT_OPEN, one)
    return unseen(BROWSE, closed[0] if closed else None)


def _opens(sheet: Sheet) -> bool:
    return (
        any(map(is_file, sheet.looks))
        or any(look.outcome is Outcome.READ and is_shown(look) for look in sheet.looks)
        or (bool(sheet.shown) and sheet.has_text)
    )


def statutory_claim(page: Sheet | None, limit: int | None, floor: float, today: date) -> Claim:
    """Whether 法定主动公开内容 is within its limit (days); without one it needs but be there."""
    point = f"{FRESH}{Section.STATUTORY}"
    if page is None or not page.shown:
        return unseen(point, page)
    if limit is None:
        if page.items or page.has_text:
            return claim(point, Truth.OK, Why.SEEN, page)
        return unseen(point, page)
    days = [
        look.reading.newest
        for look in page.shown
        if look.reading.newest is not None and look.reading.confidence >= floor
    ]
    if not days:
        return unseen(point, page)
    newest = max(days)
    truth, why = Truth.OK, Why.SEEN
    if (today - newest).days > limit:
        truth, why = Truth.VIOLATION, Why.STALE
    return claim(point, truth, why, page, newest.isoformat())


def report_claim(pages: Iterable[Sheet], year: int | None) -> Claim:
    """Whether the report of a year is there; None: no deadline asks for one. Only a page that shows
    reports of other years proves that it is not."""
    point = f"{FRESH}{Section.ANNUAL_REPORT}"
    if year is None:
        return claim(point, Truth.OK, Why.SEEN)
    last: Sheet | None = None
    for page in pages:
        years = set(_report_years(page))
        if year in years:
            return claim(point, Truth.OK, Why.SEEN, page, str(year))
        if years:
            last = page
    if last is None or last.goes_on:  # of a list that ascends the newest stands on its last page
        return unseen(point, last)
    return claim(point, Truth.VIOLATION, Why.NO_REPORT, last, str(year))


def _report_years(page: Sheet) -> Iterator[int]:
    """The years of the reports that a page names."""
    titles = [*(item.title for item in page.items), *(way.words for way in page.ways)]
    for title in titles:
        if REPORT.search(title):
            for match in YEAR.finditer(title):
                yield int(match[1] or "".join(DIGITS[one] for one in match[2]))


def points_of(labels: Mapping[Section, LabelRow]) -> tuple[str, ...]:
    """Everything that the platform itself must answer for."""
    return (
        *(f"{LABEL}{section}" for section in labels),
        "search",
        BROWSE,
        f"{FRESH}{Section.STATUTORY}",
        f"{FRESH}{Section.ANNUAL_REPORT}",
    )
