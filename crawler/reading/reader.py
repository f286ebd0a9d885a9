"""read_page: the bytes of a page in, what a careful clerk would say about it out.

The order of the steps is the design: text, then data that is no page, then the page's groups
and prose, then what it is. Nothing here touches the network, a file or a clock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from crawler.reading import articles, islands, shells, states
from crawler.reading.confidence import bounded, of_list
from crawler.reading.decoding import decode
from crawler.reading.hinting import hinted_list
from crawler.reading.mainlist import MainList, find_main_list
from crawler.reading.pagefacts import COLUMN_TAGS, PageFacts, look
from crawler.reading.records import Record
from crawler.reading.roles import USELESS
from crawler.reading.tokens import Marks, Spans, Standing, mark
from crawler.reading.tree import TooLarge, Tree, parse
from crawler.reading.weighing import ListReading, weigh
from rules.facts import Hint, PageReading, PageState

LARGEST = 12_000_000  # bytes
ARTICLE_FROM = 3.4
LIKE_ARTICLE = 2.0  # below it, a page with links and no list of dates is an undated list
MANY_DATES = 5
FEW_LINKS = 3
STORY = 40  # characters of prose that an article has at least
LEAST_TITLE, TITLE_HEAD = 4, 14  # characters of an entry's title that its page must show
MOST_TEXTS = 2_000
PROSE = 60  # characters of sentences that make a body of text
DOUBTFUL = 0.45  # the most for a page that may be an article, or anything else


def read_page(
    body: bytes, *, url: str, today: date, content_type: str | None = None, hint: Hint | None = None
) -> PageReading:
    """What the page says. `today` is the Shanghai date of the fetch. Never raises."""
    return _read(body, content_type, lambda text: _read_text(text, url, today, hint))


def read_article(
    body: bytes, *, url: str, today: date, title: str, content_type: str | None = None
) -> PageReading:
    """What the page of a list's entry says, whose `title` the list tells: a page that shows it
    above some prose is an article, however little else speaks for that. Never raises."""
    return _read(body, content_type, lambda text: _Page(text, url, today).as_entry(title))


def _read(
    body: bytes, content_type: str | None, reader: Callable[[str], PageReading]
) -> PageReading:
    try:
        return _decoded(body, content_type, reader)
    except TooLarge:
        return PageReading(PageState.UNREADABLE, signs=("too_large",))
    except Exception:  # noqa: BLE001 - a typed outcome: a page that breaks the reader is our doubt
        return PageReading(PageState.UNREADABLE, signs=("reader_fault",))


def _decoded(
    body: bytes, content_type: str | None, reader: Callable[[str], PageReading]
) -> PageReading:
    if len(body) > LARGEST:
        raise TooLarge
    decoded = decode(body, content_type)
    if decoded.text is None or not decoded.text.strip():
        return PageReading(PageState.UNREADABLE, signs=decoded.signs or ("no_body",))
    reading = reader(decoded.text)
    return replace(reading, signs=(*reading.signs, *decoded.signs))


def _read_text(text: str, url: str, today: date, hint: Hint | None) -> PageReading:
    data = islands.from_json_body(text, url, today) or islands.from_feed(text, url, today)
    if data is not None and data.items:
        return _of_data(data, today)
    if data is not None:
        text = islands.markup_in_json(text) or ""
        if not text:
            return _of_data(data, today)
    page = _Page(text, url, today)
    hinted = page.by_hint(hint) if hint and hint.items else None
    if hinted:
        return hinted
    reading = page.read()
    return replace(reading, signs=(*reading.signs, "hint_failed")) if hint else reading


def _of_data(data: islands.DataList, today: date) -> PageReading:
    bound = today + timedelta(days=1)
    dates = [item.date for item in data.items if item.date and item.date <= bound]
    if not data.items:
        return PageReading(PageState.UNREADABLE, signs=(data.sign,))
    signs = [data.sign] if dates else [data.sign, "undated"]
    confidence = of_list(len(dates), signs) if dates else 0.3
    return PageReading(
        PageState.LIST,
        max(dates, default=None),
        data.items,
        confidence=confidence,
        signs=tuple(signs),
    )


def _head_of(record: Record) -> int:
    """Where a record's own words begin: a box may hold sentences above its only link."""
    return record.first if record.link is None else record.link.start


class _Page:
    """One page on its way to a reading: its tree and facts, then the questions in order."""

    def __init__(self, text: str, url: str, today: date) -> None:
        self.text, self.url, self.today = text, url, today
        self.tree: Tree = parse(text)
        self.marks: Marks = mark(self.tree, today)
        self.facts: PageFacts = look(self.tree)
        self.main: MainList = find_main_list(self.tree, self.marks, url, today)
        self.listed: ListReading | None = None
        if self.main.chosen:
            self.listed = weigh(self.main, self.tree, self.marks, url, today)

    def by_hint(self, hint: Hint) -> PageReading | None:
        """The list that the operator's hint points at, or None if it points at nothing."""
        main = hinted_list(self.tree, self.marks, hint, self.today)
        if main is None:
            return None
        self.main = main
        self.listed = weigh(main, self.tree, self.marks, self.url, self.today)
        return self._list("hint_used") if self.listed.dated else None

    def read(self) -> PageReading:
        """The first answer that holds."""
        island = self._island()
        if island:
            return island
        article = articles.article_score(self.facts, self.url, self.marks, self._records())
        if self._convincing() and article < ARTICLE_FROM + self._list_strength():
            return self._list()
        if not self._convincing():
            said = states.state_by_signs(self.facts, self.text)
            if said and not self._asks_password(said[0]):
                return self._reading(said[0], 0.9, (said[1],))
            sent = shells.forward_of(self.facts, self.tree, self.url)
            if sent:
                return replace(
                    self._reading(PageState.FORWARD, 0.9, (sent.sign,)), forward=sent.target
                )
            if shells.is_bare_frame(self.facts, self.tree):
                return self._reading(PageState.FORWARD, 0.8, ("frame",))
            if self._asks_password(PageState.CHALLENGE):
                return self._reading(PageState.LOGIN, 0.85, ("password_field",))
        if article >= ARTICLE_FROM and self.facts.story_size >= STORY:
            return self._article()
        return self._thin(article)

    def as_entry(self, title: str) -> PageReading:
        """The answer where a list named this page by its title."""
        reading = self.read()
        doubtful = reading.state in (PageState.ARTICLE, PageState.LIST, PageState.UNREADABLE)
        if not doubtful or self._convincing() or self.facts.story_size < STORY:
            return reading
        return self._article() if self._is_titled(title) else reading

    def _is_titled(self, title: str) -> bool:
        head = "".join(title.split()).rstrip(".…")[:TITLE_HEAD]
        told = "".join((self.facts.title, *self.facts.texts)[:MOST_TEXTS]).split()
        return len(head) >= LEAST_TITLE and head in "".join(told)

    def _island(self) -> PageReading | None:
        inner = islands.from_xml_records(self.text)
        if inner:
            page = _Page(f"<html><body><ul>{inner}</ul></body></html>", self.url, self.today)
            if page.listed and page.listed.dated:
                page.facts = self.facts
                return page._list("xml_island")
        if self._convincing() or not self.facts.scripts:
            return None
        data = islands.from_scripts(self.facts.scripts, self.url, self.today)
        return _of_data(data, self.today) if data else None

    def _records(self) -> list[Record]:
        return [r for s in self.main.chosen if not s.aside for r in s.group.records]

    def _asks_password(self, instead: PageState) -> bool:
        """A log-in form, which often carries a captcha: it is no firewall's page."""
        few = self.facts.words < 800
        return instead is PageState.CHALLENGE and few and shells.has_password_field(self.tree)

    def _convincing(self) -> bool:
        listed = self.listed
        return bool(listed and (listed.dated >= 3 or (listed.dated and self.main.pager))) and (
            not self.main.chosen[0].aside
        )

    def _list_strength(self) -> float:
        dated = self.listed.dated if self.listed else 0
        return min(dated, 10) * 0.3 + (1.5 if self.main.pager else 0.0)

    def _list(self, *extra: str) -> PageReading:
        listed = self.listed
        assert listed is not None
        return PageReading(
            PageState.LIST,
            listed.newest,
            listed.items,
            self._column(),
            confidence=listed.confidence,
            signs=(*extra, *listed.signs),
        )

    def _article(self, most: float = 1.0) -> PageReading:
        found = articles.article_date(self.facts, self.tree, self.marks, self.today)
        signs = [found.sign]
        confidence = found.sure
        if found.meta and found.shown and found.meta != found.shown:
            signs.append("meta_differs")
            confidence -= 0.1
        if self._loose_dates() >= MANY_DATES:
            signs.append("many_dates")  # perhaps a list that was not seen as one
            confidence = min(confidence, DOUBTFUL)
        confidence = min(most, confidence)
        reading = self._reading(PageState.ARTICLE, bounded(confidence), tuple(signs))
        return replace(reading, newest=found.shown)

    def _any_dates(self) -> bool:
        return any(t.standing >= Standing.BRACKETED and t.written.date for t in self.marks.tokens)

    def _loads_scripts(self) -> bool:
        return self.tree.parser.css_first("script[src]") is not None

    def _loose_dates(self) -> int:
        """Dates that stand alone, outside the prose and outside every group found."""
        groups = (s.group for s in (*self.main.chosen, *self.main.others) if len(s.dated) >= 2)
        spans = Spans((g.container.start, g.container.end) for g in groups)
        loose = {
            t.place
            for t in self.marks.tokens
            if t.standing is Standing.ALONE
            and t.written.date
            and t.role not in USELESS
            and not spans.hold(t.place)
        }
        return len(loose)

    def _thin(self, article: float) -> PageReading:
        """No convincing list, no article: shell, empty, or a small list."""
        listed = self.listed
        if listed and listed.dated and "in_side" not in listed.signs:
            return self._beside_prose(article) if self._has_prose() else self._list()
        shell = shells.shell_signs(self.facts, self.tree, self.text)
        filled = shell or shells.holds_foreign(self.tree)
        if states.says_empty(self.tree) and not filled:
            return self._reading(PageState.EMPTY, 0.8, ("empty_words",))
        if shell and (not listed or len(listed.items) < 8):
            return self._reading(PageState.SCRIPT_SHELL, 0.8, tuple(shell))
        frame = shells.has_list_frame(self.tree, self.url)
        if frame:
            return replace(self._reading(PageState.FORWARD, 0.6, ("list_in_frame",)), forward=frame)
        dated = articles.article_date(self.facts, self.tree, self.marks, self.today)
        aside = listed is None or self.main.chosen[0].aside
        rivals = not aside and listed is not None and len(listed.items) >= FEW_LINKS
        if listed and rivals and article < LIKE_ARTICLE:
            return self._list()
        if dated.shown and dated.sign != "meta_date":
            return self._article(DOUBTFUL if rivals else 0.75)
        if listed and len(listed.items) >= 3 and not self.main.chosen[0].aside:
            return self._list()
        if self.facts.free_words >= 80 and self.facts.story_size >= 60:
            return self._article(DOUBTFUL)
        return self._nothing()

    def _has_prose(self) -> bool:
        """Whether whole sentences stand in the page that are no record's summary."""
        story, first = self.facts.story, self.facts.prose_start
        if story is None or self.facts.story_size < PROSE or first >= story.end:
            return False
        return not Spans((_head_of(r), r.last) for r in self._records()).hold(first)

    def _beside_prose(self, article: float) -> PageReading:
        """One or two dated links beside prose: neighbours of an article, or a list in doubt."""
        records, listed = self._records(), self.listed
        found = articles.article_date(self.facts, self.tree, self.marks, self.today)
        first = self.facts.prose_start
        after = all(_head_of(r) > first for r in records)
        own = {r.date for r in records if r.token and r.token.place > first}
        if after and found.shown and found.sign != "meta_date" and found.shown not in own:
            newer = listed is None or listed.newest is None or found.shown >= listed.newest
            sure = newer or article >= LIKE_ARTICLE or found.meta == found.shown
            return self._article(0.75 if sure else DOUBTFUL)
        reading = self._list("beside_prose")
        return replace(reading, confidence=min(reading.confidence, DOUBTFUL))

    def _nothing(self) -> PageReading:
        elements = sum(1 for node in self.tree.nodes if node.tag in ("div", "td", "ul", "li"))
        if elements < 8 and self.facts.words < 60 and self._loads_scripts():
            return self._reading(PageState.SCRIPT_SHELL, 0.6, ("few_words",))
        if elements >= 8 and self.facts.title and not self._any_dates() and self._is_bare():
            return self._reading(PageState.EMPTY, DOUBTFUL, ("empty_skeleton",))
        return self._reading(PageState.UNREADABLE, 0.1, ("few_words",))

    def _is_bare(self) -> bool:
        """No word outside links, nothing embedded, no link that leads anywhere.

        Around words or links the list may be a picture, a player or a script's work.
        """
        if self.facts.free_words or shells.holds_foreign(self.tree):
            return False
        hrefs = (link.get("href").strip().lower() for link in self.marks.links)
        return all(not href or href.startswith(("javascript:", "#")) for href in hrefs)

    def _reading(self, state: PageState, confidence: float, signs: tuple[str, ...]) -> PageReading:
        return PageReading(state, column_name=self._column(), confidence=confidence, signs=signs)

    def _column(self) -> str | None:
        return self.facts.meta(COLUMN_TAGS) or None
