"""What the whole page says of itself: tags, title, scripts, the amount and kind of its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crawler.reading.tree import INLINE, Node, Tree
from crawler.reading.zones import Zone, zone_of

TITLE_TAGS = ("articletitle",)
DATE_TAGS = (
    "pubdate", "publishdate", "pubtime", "publishtime", "publish_time", "article:published_time",
    "og:published_time", "dc.date", "dc.date.issued", "datepublished", "firstpublishedtime",
    "createdate", "og:release_date", "others",
)  # fmt: skip
COLUMN_TAGS = ("columnname", "channelname", "colname")
IMPRINT = re.compile(
    r"版权|备案|ICP|Copyright|地址[:：]|邮编|技术支持|主办|承办|建议使用|分辨率|标识码"
)
SENTENCE = 15  # characters from which a text outside links is prose


@dataclass(slots=True)
class PageFacts:
    """Facts of one page. `story` is the element that holds most prose, `story_size` how much."""

    title: str
    metas: dict[str, str]
    words: int  # visible characters
    free_words: int  # of these outside links
    script_list: list[str]  # the inline scripts
    script_count: int
    story: Node | None = None
    story_size: int = 0
    texts: list[str] = field(default_factory=list)
    prose_start: int = 0  # place of the story's first long sentence: the article's head is before

    @property
    def scripts(self) -> str:
        """All inline scripts together."""
        return "\n".join(self.script_list)

    def meta(self, names: tuple[str, ...]) -> str:
        """The first non-empty tag of these names."""
        return next((self.metas[name] for name in names if self.metas.get(name)), "")


def look(tree: Tree) -> PageFacts:
    """Gather the facts in two passes over the page."""
    metas = _metas(tree)
    title_node = tree.parser.css_first("title")
    title = " ".join(title_node.text().split()) if title_node is not None else ""
    scripts = [s.text() or "" for s in tree.parser.css("script")]
    facts = PageFacts(title, metas, 0, 0, [s for s in scripts if s.strip()], len(scripts))
    _weigh_texts(tree, facts)
    return facts


def _metas(tree: Tree) -> dict[str, str]:
    metas: dict[str, str] = {}
    for node in tree.parser.css("meta"):
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop")
        if name:
            metas.setdefault(name.lower(), " ".join((attributes.get("content") or "").split()))
    return metas


def _weigh_texts(tree: Tree, facts: PageFacts) -> None:
    link_end = 0
    prose: dict[int, int] = {}
    for node in tree.nodes:
        if node.tag == "a":
            link_end = max(link_end, node.end)
        elif not node.tag:
            size = len(node.text)
            facts.words += size
            facts.texts.append(node.text)
            if node.start >= link_end:
                facts.free_words += size
                if size >= SENTENCE and not IMPRINT.search(node.text):
                    _add_prose(node, size, prose)
    for place in sorted(prose, key=lambda p: -prose[p])[:4]:
        if zone_of(tree.nodes[place]) is not Zone.FOOT:
            facts.story, facts.story_size = tree.nodes[place], prose[place]
            facts.prose_start = _first_sentence(tree.nodes[place], tree, facts.title)
            break


LONG_SENTENCE = 36
# A long line under the headline that tells source, date and visits is no sentence.
INFO_LINE = re.compile(r"(?:发布|发表|更新)(?:时间|日期)|来源|浏览|阅读|点击|字体|字号|打印")
STOPS = re.compile(r"[，。；！？]")


def _first_sentence(story: Node, tree: Tree, title: str) -> int:
    for node in tree.nodes[story.start : story.end]:
        if len(node.text) < LONG_SENTENCE or node.text[:12] in title:
            continue
        if STOPS.search(node.text) or not INFO_LINE.search(node.text):
            return node.start
    return story.end


PARAGRAPH = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "section", "blockquote"})


def _add_prose(node: Node, size: int, prose: dict[int, int]) -> None:
    """Count a sentence for its block, or for the block's parent where the block is a paragraph."""
    here = node.parent
    while here is not None and here.tag in INLINE:
        here = here.parent
    while here is not None and here.tag in PARAGRAPH:
        here = here.parent
    if here is not None:
        prose[here.start] = prose.get(here.start, 0) + size
        above = here.parent
        if above is not None and here.tag in ("div", "td", "tr", "tbody"):
            prose[above.start] = prose.get(above.start, 0) + size // 2
