"""网页不兼容: what a person would call incompatible, from what the browser showed. Pure.

Only signs, never a verdict (standard, P11: proposed). A page that is an error, a firewall's, a
log-in form or closed is none of these: its own outcome says what it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rules import marks
from rules.facts import Outcome, PageReading, PageState

LEAST_TEXT = 50  # visible characters; below it the main content is blank (standard, P11)
GARBLED_SHARE = 0.05
# Outcomes whose pages are what they say, and no matter of the browser's.
SPEAKS_FOR_ITSELF = frozenset(
    {
        Outcome.CHALLENGE,
        Outcome.LOGIN,
        Outcome.NOT_FOUND,
        Outcome.SERVER_ERROR,
        Outcome.SUSPENDED,
        Outcome.MOVED,
        Outcome.REDIRECT_LOOP,
    }
)
PLUGIN = re.compile(
    r"""ActiveXObject|classid\s*=\s*["']?clsid:|application/x-(?:shockwave-flash|silverlight)"""
    r"""|language\s*=\s*["']?vbscript|type\s*=\s*["']?text/vbscript""",
    re.IGNORECASE,
)
OLD_BROWSER = re.compile(
    r"请(?:使用|用|切换至?|更换)[^。\n]{0,12}(?:IE|Internet Explorer|兼容模式)"
    r"|(?:IE|Internet Explorer)\s*(?:[5-9]|1[01])[^。\n]{0,10}(?:浏览|访问|打开|以上)"
    r"|(?:安装|启用|升级)[^。\n]{0,10}(?:ActiveX|Flash\s*Player|控件|插件)",
    re.IGNORECASE,
)
GARBLED = re.compile("[\ufffd\u00c0-\u00ff\u0080-\u009f]|锟斤拷|烫烫|浣犲")
WORD = re.compile(r"\w")


def incompatible_signs(
    reading: PageReading, outcome: Outcome, visible: str, html: str, errors: Sequence[str]
) -> tuple[str, ...]:
    """The marks INCOMPATIBLE_* that a rendered page bears.

    `visible` is the text that was laid out, `html` the page as its scripts left it, `errors` the
    uncaught errors of its scripts. A page whose list was read is compatible, whatever it says.
    """
    if outcome in SPEAKS_FOR_ITSELF or (reading.items and reading.newest is not None):
        return ()
    words = WORD.findall(visible)
    signs = []
    if GARBLED.search(visible) and _share(visible) >= GARBLED_SHARE:
        signs.append(marks.INCOMPATIBLE_GARBLED)
    if reading.state in (PageState.LIST, PageState.ARTICLE):
        return tuple(signs)
    if OLD_BROWSER.search(visible) or (PLUGIN.search(html) and len(words) < 10 * LEAST_TEXT):
        signs.append(marks.INCOMPATIBLE_PLUGIN)
    if errors and not reading.items:
        signs.append(marks.INCOMPATIBLE_SCRIPT)
    speaks = reading.state is PageState.EMPTY  # in few words
    if len(words) < LEAST_TEXT and html.count("<") > 3 and not speaks:
        signs.append(marks.INCOMPATIBLE_BLANK)
    return tuple(signs)


def is_unusable_narrow(wide: str, narrow: str) -> bool:
    """Whether a page that shows its text on a wide screen shows nothing of it on a narrow one."""
    return len(WORD.findall(wide)) >= 4 * LEAST_TEXT > 4 * len(WORD.findall(narrow))


def _share(visible: str) -> float:
    return len(GARBLED.findall(visible)) / max(1, len(WORD.findall(visible)))
