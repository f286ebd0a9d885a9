"""What stands behind tabs: lists that a page shows only after a click.

A page whose first tab is old or empty must not be held against anybody while a fresh list stands
behind the next one. Clicks lead nowhere: the page may fetch data, but not go elsewhere, and
nothing in a form is touched.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace

from playwright.async_api import Error

from crawler.browser.errand import Errand
from crawler.browser.guard import Guard
from crawler.browser.shown import look_now, shape_of
from crawler.browser.visit import Visit
from crawler.look import Look, with_sign
from rules.facts import CONFIDENCE_FLOOR, Outcome
from rules.marks import BEHIND_CLICK

MOST = 6  # tabs of one page
WORTH_CLICKING = frozenset({Outcome.READ, Outcome.EMPTY, Outcome.SCRIPT_SHELL, Outcome.UNREADABLE})
REST_SECONDS, STEP_SECONDS = 1.5, 0.25

# Marks what looks like a tab (of nested ones the inmost), and says how many there are.
MARK = """
most => {
  const SELECTOR = '[role=tab],[onclick],[data-tab],[data-toggle=tab],a[href^="javascript:"],' +
    'a[href^="#"],a:not([href]),button:not([type=submit]),li,span,div';
  const TAB = /(^|[-_\\s])tabs?([-_\\s]|$)/i;
  const OTHER = new RegExp(['登录|注册|退出|搜索|检索|查询|打印|关闭|收藏|设为|下载|提交|分享|返回',
    '上一|下一|尾页|末页|首页|字体|繁|无障碍|长者|适老|播放|暂停|顶部|^\\\\d+$'].join('|'));
  const called = el => TAB.test(el.getAttribute('class') || '');
  const clickable = el => !['LI', 'SPAN', 'DIV'].includes(el.tagName) || el.hasAttribute('onclick')
    || el.hasAttribute('data-tab') || el.getAttribute('role') === 'tab'
    || called(el) || (el.parentElement && called(el.parentElement));
  const isTab = el => {
    const text = (el.innerText || '').trim();
    return text.length >= 2 && text.length <= 12 && !OTHER.test(text) && clickable(el)
      && el.offsetParent && !el.closest('form')
      && !el.querySelector('a[href^="http"],a[href^="/"]');
  };
  const found = [...document.querySelectorAll(SELECTOR)].slice(0, 5000).filter(isTab);
  const inmost = found.filter(el => !found.some(other => other !== el && el.contains(other)));
  inmost.slice(0, most).forEach((el, n) => el.setAttribute('data-checker-tab', n));
  return Math.min(most, inmost.length);
}
"""
CLICK = """
number => {
  const el = document.querySelector(`[data-checker-tab="${number}"]`);
  if (el) for (const kind of ['mouseover', 'mousedown', 'mouseup', 'click'])
    el.dispatchEvent(new MouseEvent(kind, {bubbles: true, cancelable: true, view: window}));
}
"""


async def behind_tabs(errand: Errand, visit: Visit, guard: Guard, look: Look) -> Look:
    """The look, or a newer list that one of the page's tabs shows; the page is left showing it."""
    if look.outcome not in WORTH_CLICKING:
        return look
    best, shown = look, None
    with suppress(Error):
        guard.stays = True
        count = int(await visit.page.evaluate(MARK, MOST))
        for number in range(count):
            found = await _after_click(errand, visit, number)
            if _is_newer(found, best):
                best, shown = found, number
        if shown is not None and shown != count - 1:
            await _after_click(errand, visit, shown)
    if shown is None:
        return look
    return replace(best, reading=with_sign(best.reading, BEHIND_CLICK))


async def _after_click(errand: Errand, visit: Visit, number: int) -> Look:
    await visit.page.evaluate(CLICK, number)
    clock = asyncio.get_running_loop().time
    ends, shape = clock() + REST_SECONDS, ""
    while clock() < ends:
        await asyncio.sleep(STEP_SECONDS)
        now = await shape_of(visit)
        if now == shape and not visit.is_filling:
            break
        shape = now
    return await look_now(errand, visit)


def _is_newer(found: Look, best: Look) -> bool:
    """Whether a list that one may rest on is newer than what was seen before."""
    newest, before = found.reading.newest, best.reading.newest
    if found.outcome is not Outcome.READ or newest is None:
        return False
    if found.reading.confidence < CONFIDENCE_FLOOR:
        return False
    return best.outcome is not Outcome.READ or before is None or newest > before
