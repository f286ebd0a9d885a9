"""One piece of content: whether a page is one, and when it was published.

The date shown counts first: behind a label, then bare at the head of the article. The standard
tags are a witness, and the answer where nothing is shown; a disagreement is a sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from crawler.reading.dates import Precision, find_dates
from crawler.reading.pagefacts import DATE_TAGS, TITLE_TAGS, PageFacts
from crawler.reading.records import Record
from crawler.reading.roles import Role
from crawler.reading.tokens import Marks, Spans, Standing, Token
from crawler.reading.tree import Node, Tree
from crawler.reading.zones import Zone, zone_of

INFO_WORDS = re.compile(
    r"来源|作者|编辑|责编|撰稿|供稿|点击|浏览|阅读|访问(?:次数|量)|字体|字号|打印|分享|【?大\s{0,20}中\s{0,20}小】?|发布(?:时间|日期|人|机构|单位)|信息来源|我要纠错"
)
NEIGHBOURS = re.compile(
    r"^[【\[]?(?:上一?[篇条则页]|下一?[篇条则页]|前一篇|后一篇|关闭(?:窗口|本页)?|打印(?:本页)?)"
)
ARTICLE_ADDRESS = re.compile(
    r"/t20\d{6}_\d+|/art_\w|/content[_/-]\d*|/info/\d+/\d+|/contents?/\d+/\d+|/c\d+/content|articleinfo|[?&](?:id|aid|infoid|articleid)=\w"
    r"|/(?:show|detail|view|article|news)[-_/][\w-]*\d{2,}|/20\d\d[-/]?\d\d[-/]?\d\d/|[Dd]etail|/\d{5,}\.s?html?"
)  # fmt: skip
LIST_ADDRESS = re.compile(
    r"/(?:index|list|col|channel|default)[\w-]*(?:\.\w{3,5})?$|/$", re.IGNORECASE
)
BREADCRUMB_END = re.compile(r"^[\s>»＞\-]{0,8}正文(?:内容|页)?$")
TODAY_WORDS = re.compile(r"今天|星期|农历|现在是|当前时间|北京时间")
HEAD_NODES = 400  # how far before the story the date may stand


@dataclass(frozen=True, slots=True)
class ArticleDate:
    """When an article says it was published, and how it says so."""

    shown: date | None
    sign: str
    sure: float
    meta: date | None = None


def article_score(facts: PageFacts, url: str, marks: Marks, listed: Sequence[Record]) -> float:
    """How much the page looks like one piece of content."""
    score = 0.0
    if facts.meta(TITLE_TAGS):
        score += 3
    if facts.story_size >= 120:
        score += 1.5
    if facts.story_size >= 400:
        score += 1
    short = [t for t in facts.texts if len(t) <= 60]
    info = sum(1 for t in short if INFO_WORDS.search(t) and len(t) <= 40)
    score += min(info, 3) * 0.7
    if any(
        NEIGHBOURS.search(t) and t[:2] in ("上一", "下一", "前一", "后一") and "页" not in t[:4]
        for t in short
    ):
        score += 1.5
    if any(BREADCRUMB_END.search(t) for t in short):
        score += 1.5
    if any(
        t.role is Role.PUBLISHED and _free(t) and t.standing >= Standing.BRACKETED
        for t in marks.tokens
    ):
        score += 0.8
    spans = Spans((r.first, r.last) for r in listed)
    if any(_heads_story(t, facts, spans) for t in marks.tokens):
        score += 1.2
    if ARTICLE_ADDRESS.search(url):
        score += 1
    if LIST_ADDRESS.search(url):
        score -= 1.5
    return score


HEAD_REACH = 14  # nodes between the line of the date and the first sentence


def _heads_story(token: Token, facts: PageFacts, listed: Spans) -> bool:
    """A labelled date right before the prose, outside the records of any list."""
    near = facts.story is not None and 0 < facts.prose_start - token.place <= HEAD_REACH
    if not near or token.role is not Role.PUBLISHED or not _free(token):
        return False
    return not listed.hold(token.place)


def article_date(facts: PageFacts, tree: Tree, marks: Marks, today: date) -> ArticleDate:
    """The publish date of a page that is an article."""
    meta = _meta_date(facts, today)
    shown = _shown(facts, tree, marks, today)
    if shown is None:
        return ArticleDate(
            meta, "meta_date" if meta else "no_publish_date", 0.7 if meta else 0.6, meta
        )
    token, sign, sure = shown
    return ArticleDate(token.written.date, sign, sure, meta)


def _meta_date(facts: PageFacts, today: date) -> date | None:
    bound = today + timedelta(days=1)
    for name in DATE_TAGS:
        for written in find_dates(facts.metas.get(name, "")[:40], today):
            if written.precision is Precision.FULL and written.date and written.date <= bound:
                return written.date
    return None


def _shown(
    facts: PageFacts, tree: Tree, marks: Marks, today: date
) -> tuple[Token, str, float] | None:
    bound = today + timedelta(days=1)
    tokens = [
        t
        for t in marks.tokens
        if t.written.date and t.written.date <= bound and not _masthead(t) and _free(t)
    ]
    first = facts.prose_start if facts.story else len(tree.nodes)
    last = facts.story.end if facts.story else len(tree.nodes)
    head = [t for t in tokens if first - HEAD_NODES <= t.place < first]
    labelled = [t for t in head if t.role in (Role.PUBLISHED, Role.UPDATED)]
    if labelled:
        return min(labelled, key=lambda t: _rank(t, first)), "labelled_date", 0.95
    bare = [t for t in head if t.role is Role.PLAIN and t.standing >= Standing.START]
    if bare:
        best = max(bare, key=lambda t: (_beside_info(t, tree), t.place))
        return best, "bare_date", 0.85 if _beside_info(best, tree) else 0.6
    foot = [t for t in tokens if t.place >= last - 30 and t.role is Role.PUBLISHED]
    if foot:
        return min(foot, key=lambda t: _rank(t, last)), "labelled_date", 0.8
    return None


PUBLISH_LABEL = re.compile(r"发布|发表|公布|发稿|上网|刊登")


def _rank(token: Token, place: int) -> tuple[int, int]:
    """发布时间 before a bare 时间, 更新时间 last; then the nearest to the story."""
    head = token.node.text[: token.written.start]
    kind = 2 if token.role is Role.UPDATED else 0 if PUBLISH_LABEL.search(head) else 1
    return (kind, abs(token.place - place))


def _masthead(token: Token) -> bool:
    return bool(TODAY_WORDS.search(token.node.text)) or zone_of(token.node) in (
        Zone.FOOT,
        Zone.NAVIGATION,
    )


def _free(token: Token) -> bool:
    """Not within a link, and not beside one in the same list entry: that is another article's."""
    for above in token.node.ancestors():
        if above.tag == "a":
            return False
        if above.tag in ("li", "dd", "tr"):
            return above.end - above.start > ROW_NODES or not _has_title(above)
    return True


TITLE_LETTERS = 8
ROW_NODES = 40  # a table row with more in it lays out the page


def _has_title(node: Node) -> bool:
    """Whether a link long enough for a title stands in the row; 打印 or 关闭 is none."""
    texts = (n for link in _links(node) for n in link.children if not n.tag)
    return any(len(text.text) >= TITLE_LETTERS for text in texts)


def _links(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.tag == "a":
            yield child
        yield from _links(child)


def _beside_info(token: Token, tree: Tree) -> bool:
    place = token.place
    near = tree.nodes[max(0, place - 8) : place + 12]
    return any(not n.tag and len(n.text) <= 80 and INFO_WORDS.search(n.text) for n in near)


def story_in(facts: PageFacts, node: Node) -> bool:
    """Whether the page's prose lies in `node`."""
    return bool(facts.story and node.start <= facts.story.start < node.end)
