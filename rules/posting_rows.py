"""The rows of a file of posts and statements: each a `Posting`, or what is wrong and what to write.

Pure. Good rows are kept whatever stands beside them; rows that nobody has filled in yet are left.
An account is found by its platform and its id, never by its name; the name must fit.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from urllib.parse import urlsplit

from rules.check_rows import LONGEST as LONGEST_OF_CHECKS
from rules.check_rows import OLDEST
from rules.facts import SHANGHAI
from rules.id_times import EARLIEST
from rules.notes import Notes
from rules.platforms import Platform
from rules.post_addresses import platform_of, post_named
from rules.postings import Posting, PostingKind
from rules.register import Account, Register
from rules.sheets import Line, Sheet, bare, civil_minute, lines_of, names_of
from rules.words import catalogue, say

# What may stand above the columns; the last two are for the reader of the template alone.
KEYS = (
    "post_platform",
    "post_account",
    "post_account_id",
    "posted_at",
    "post_title",
    "post_link",
    "post_pinned",
    "post_picture",
    "post_person",
    "post_checked_at",
    "post_kind",
    "unit",
    "reason",
)
REQUIRED = tuple((key,) for key in ("post_platform", "post_account_id", "posted_at", "post_kind"))
# By whoever hands in; of these a statement needs some besides.
FILLED = KEYS[3:11]
SIGNED = ("post_picture", "post_person", "post_checked_at")
LONGEST = {"post_link": 1000, "post_person": LONGEST_OF_CHECKS["person"]}
GUARD = "'"  # before what a spreadsheet could take for a formula, in our own template, too
LONGEST_TITLE = 300  # what is more of it is left out: a 微博 has its text for a title


@dataclass(frozen=True, slots=True)
class WrittenPosting:
    """One good row. `picture` is the screenshot's file as written, empty without one."""

    line: Line
    posting: Posting
    picture: str


@cache
def words_of(table: str) -> Mapping[str, str]:
    """What may be written for each code of a table of the catalogue: bare word -> code."""
    room = f"{table}."
    return {
        bare(word): key.removeprefix(room)
        for key, words in catalogue().items()
        if key.startswith(room)
        for word in words.split("、")
    }


def words_to_write(table: str) -> str:
    """One word for each code of a table."""
    return "、".join(
        words.split("、")[0] for key, words in catalogue().items() if key.startswith(f"{table}.")
    )


def headings() -> tuple[str, ...]:
    """The headings to write, in the order of `KEYS`."""
    return tuple(names_of(key)[0] for key in KEYS)


def written_postings(
    sheet: Sheet, register: Register, now: datetime, notes: Notes
) -> Iterator[WrittenPosting]:
    """The good rows of a sheet; mistakes go to `notes`. Nothing in them may be later than `now`."""
    accounts = {(one.platform, _exact(one.id)): one for one in register.accounts}
    first: dict[tuple[object, ...], int] = {}
    for line in lines_of(sheet, KEYS, REQUIRED, notes):
        is_example = bare(line["post_account"]) == bare(say("postings.example_account"))
        if is_example or not any(line[key] for key in FILLED):
            continue
        posting = _posting(line, accounts, now, notes)
        if posting is None:
            continue
        before = first.setdefault(posting.key, line.number)
        if before != line.number:
            line.wrong(notes, "post_kind", "posting_doubled", first=before)
            continue
        yield WrittenPosting(line, posting, line["post_picture"])


def _posting(
    line: Line, accounts: Mapping[tuple[Platform, str], Account], now: datetime, notes: Notes
) -> Posting | None:
    """The posting of a row, or None with every mistake of the row noted."""
    before = len(notes.mistakes)
    account = _account(line, accounts, notes)
    kind = _code(line, "post_kind", "posting_kind", "posting_kind", notes)
    pinned = _code(line, "post_pinned", "yes_no", "posting_pinned", notes, empty="no")
    at = _instant(line, "posted_at", now, notes)
    checked_at = None
    if kind == PostingKind.NONE:
        checked_at = _signed(line, at, now, notes)
    elif kind == PostingKind.PUBLISHED:
        _needed(line, ("posted_at",), notes)
        if not line["post_title"] and not line["post_link"]:
            line.wrong(notes, "post_title", "posting_bare")
    for key, limit in LONGEST.items():
        if len(line[key]) > limit:
            line.wrong(notes, key, "check_long", limit=limit)
    if account is not None and line["post_link"]:
        _check_link(line, account, notes)
    if len(notes.mistakes) > before or account is None or kind is None:
        return None
    return Posting(
        target=account.target,
        kind=PostingKind(kind),
        at=at,
        title=line["post_title"][:LONGEST_TITLE],
        url=line["post_link"],
        pinned=pinned == "yes",
        person=line["post_person"],
        checked_at=checked_at,
    )


def _needed(line: Line, keys: tuple[str, ...], notes: Notes) -> None:
    for key in keys:
        if not line[key]:
            line.wrong(notes, key, "check_missing")


def _account(
    line: Line, accounts: Mapping[tuple[Platform, str], Account], notes: Notes
) -> Account | None:
    """The account of a row. The name beside the id must be one of its names: an id is easily
    taken from the wrong row."""
    platform = _code(line, "post_platform", "platform_word", "posting_platform", notes)
    _needed(line, ("post_account_id",), notes)
    if platform is None or not line["post_account_id"]:
        return None
    found = accounts.get((Platform(platform), _exact(line["post_account_id"])))
    label = Platform(platform).label
    if found is None:
        name = line["post_account_id"][:60]
        line.wrong(notes, "post_account_id", "posting_account", platform=label, found=name)
        return None
    written = bare(line["post_account"].removeprefix(GUARD))
    if written and written not in map(bare, (found.name, *found.aliases)):
        said = line["post_account"][:40]
        line.wrong(notes, "post_account", "posting_name", found=said, name=found.name)
    return found


def _exact(text: str) -> str:
    """An id for comparing: large and small letters are two, spaces are none of it."""
    return "".join(unicodedata.normalize("NFKC", text.removeprefix(GUARD)).split())


def _code(
    line: Line, key: str, table: str, what: str, notes: Notes, *, empty: str | None = None
) -> str | None:
    """The code of a word of a table; `empty` where nothing is written, if that may be."""
    if not line[key]:
        if empty is None:
            line.wrong(notes, key, "check_missing")
        return empty
    found = words_of(table).get(bare(line[key]))
    if found is None:
        line.wrong(notes, key, what, found=line[key][:40], known=words_to_write(table))
    return found


def _instant(line: Line, key: str, now: datetime, notes: Notes) -> datetime | None:
    """The instant in a cell, to the minute; None where there is none or it cannot be."""
    if not line[key]:
        return None
    found = civil_minute(line[key])
    if found is None:
        line.wrong(notes, key, "posting_time", found=line[key][:40])
    elif found > now:
        line.wrong(notes, key, "posting_future", found=_shown(found), now=_shown(now))
    elif found < EARLIEST:
        line.wrong(notes, key, "check_old", found=_shown(found), oldest=EARLIEST.date())
    else:
        return found
    return None


def _signed(line: Line, at: datetime | None, now: datetime, notes: Notes) -> datetime | None:
    """The instant of a statement, every lack of what makes it one noted."""
    _needed(line, SIGNED, notes)
    checked_at = _instant(line, "post_checked_at", now, notes)
    if checked_at is None:
        return None
    if checked_at < now - OLDEST:
        oldest = (now - OLDEST).astimezone(SHANGHAI).date()
        line.wrong(notes, "post_checked_at", "check_old", found=_shown(checked_at), oldest=oldest)
    if at is not None and at > checked_at:
        found, checked = _shown(at), _shown(checked_at)
        line.wrong(notes, "posted_at", "posting_later", found=found, checked=checked)
    return checked_at


def _check_link(line: Line, account: Account, notes: Notes) -> None:
    """Whether a link may be one of this account's: a link of another's clears nobody."""
    link = line["post_link"]
    if not _is_address(link):
        line.wrong(notes, "post_link", "posting_link", found=link[:60])
        return
    own, platform = account.platform, platform_of(link)
    if platform is not None and platform is not own:
        line.wrong(notes, "post_link", "posting_elsewhere", platform=platform.label, own=own.label)
        return
    named = post_named(link)
    # 微博's addresses hold the account's number; what 公众号's hold is not what they are known by.
    if own is Platform.WEIBO and named is not None and named.owner not in (None, account.id):
        line.wrong(notes, "post_link", "posting_others", owner=named.owner)


def _is_address(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in link


def _shown(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
