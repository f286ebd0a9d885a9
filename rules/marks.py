"""Signs that are added to a look outside the reader, and that the judge and the reports know.

The reader's own signs stand in `crawler.reading.signs`; these are set by whoever looked, compared
or remembered. A sign is a fact, never a judgement.
"""

from __future__ import annotations

# The list came from a learned data call, asked over plain HTTP (the page itself was fetched, too).
ENDPOINT = "endpoint"
# The learned data call was not believed (it failed, or its answer was a surprise) and is forgotten.
ENDPOINT_DISTRUSTED = "endpoint_distrusted"
# The newest articles were opened and show the list's newest date.
ARTICLES_AGREE = "articles_agree"
# An opened article is newer than the list says: `newest` is the article's date.
ARTICLES_NEWER = "articles_newer"
# An opened article is older than the list says by more than a few days.
ARTICLES_OLDER = "articles_older"
# The list shows no dates, its articles do: `newest` is the newest of theirs.
ARTICLES_DATE = "articles_date"
# With ARTICLES_DATE: not all of them show a date, or not from new to old. The newest entry may be
# one that was not opened, so that this date clears and never accuses.
ARTICLES_UNORDERED = "articles_unordered"
# The list shows no dates, and none of the newest articles that were opened (HTML pages, up to five)
# shows a publish date (稿件发布页未注明发布时间的视为不更新).
ARTICLES_UNDATED = "articles_undated"
# Entries stand above known ones that were not there at an earlier look, without any dates:
# `newest` is the day of that earlier look, from which on they were added.
FIRST_SEEN = "first_seen"
# New entries stand above known ones, but print dates long before the earlier look (旧稿新发?).
BACKDATED = "backdated"
# All that is new on the list are entries known for long, which now print a date after their first
# sight (旧稿新发?). It clears, and is proposed beside whatever is found.
REDATED = "redated"
# The list stands behind a tab of the page: only a click showed it.
BEHIND_CLICK = "behind_click"
# Entries of earlier rounds stand in the ledger: a list that is empty now was emptied.
HAD_ITEMS = "had_items"

# Its host shows the same page for a path that nobody ever made, and another one in front: there is
# no such page, whatever the status says.
SAME_AS_RANDOM_PATH = "same_as_random_path"
# The same, and in front as well: a parked domain, a firewall. Says nothing of the page.
SAME_ON_EVERY_PATH = "same_on_every_path"

# A person's signed check was heard.
MANUAL_CHECK = "manual_check"
# It came with a screenshot: without one it clears, and never accuses.
SCREENSHOT = "screenshot"

# 网页不兼容, each followed by what was seen in the browser (standard, P11). Proposed only.
INCOMPATIBLE_BLANK = "incompatible_blank"  # fewer than 50 visible characters
INCOMPATIBLE_GARBLED = "incompatible_garbled"  # replacement characters, mojibake
INCOMPATIBLE_PLUGIN = "incompatible_plugin"  # needs ActiveX, Flash or an old IE, by its own words
INCOMPATIBLE_SCRIPT = "incompatible_script"  # a script error, and the list stayed empty
INCOMPATIBLE_TLS = "incompatible_tls"  # only TLS that browsers refuse
INCOMPATIBLE = frozenset(
    {
        INCOMPATIBLE_BLANK,
        INCOMPATIBLE_GARBLED,
        INCOMPATIBLE_PLUGIN,
        INCOMPATIBLE_SCRIPT,
        INCOMPATIBLE_TLS,
    }
)
# Nothing is left of the page on a narrow screen. Proposed beside whatever else is found.
INCOMPATIBLE_NARROW = "incompatible_narrow"
# In which engines a page looks so, and in which others it was read; the engine's name follows:
# chromium, firefox, webkit. Only those that are installed are asked.
FAILS_IN = "fails_in_"
SHOWN_IN = "shown_in_"
