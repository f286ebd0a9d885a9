"""Where an article says it comes from (来源): in its page's own tags, or in the line under its
headline. Pure; None where it says nothing, or only that it is the site's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.reading.opening import tree_of
from crawler.reading.pagefacts import look
from crawler.reading.tree import Tree

LONGEST = 60  # characters of a name
MOST_TEXTS = 4_000
TAGS = ("contentsource", "articlesource", "source")
_LABEL = re.compile(
    r"(?<!数据)(?<!资料)(?<!图片)(?<!资金)(?<!经费)(?:信息|稿件|文章|新闻)?来\s{0,4}源\s{0,2}[：:]\s{0,4}"
)
# What ends a name: a gap, a bracket, the next label of the line.
_END = re.compile(
    r"[\s\u3000|丨【】\[\]<>()（），,；;]|20\d\d|(?:发布|时间|日期|作者|编辑|浏览|点击|阅读|字[体号])"
)
# Marks that nobody sees: joiners, directions of writing, controls.
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_OWN = frozenset({"本站", "本网", "本网站", "原创", "网站", "无", "-", "--"})


def article_source(body: bytes, content_type: str | None = None) -> str | None:
    """The name that an article's page gives as its source. Never raises for what a page holds."""
    tree = tree_of(body, content_type)
    if tree is None:
        return None
    return _clean(look(tree).meta(TAGS)) or next(_shown(tree), None)


def _shown(tree: Tree) -> Iterator[str]:
    """The names behind labels, in the order of the page; one may stand in an element of its own."""
    texts = [node.text for node in tree.nodes if not node.tag][:MOST_TEXTS]
    for text, following in zip(texts, [*texts[1:], ""], strict=True):
        label = _LABEL.search(text)
        if label is None:
            continue
        name = _clean(text[label.end() :] or following)
        if name:
            yield name


def _clean(words: str) -> str | None:
    words = _UNSEEN.sub("", words).strip('《》“”" \t\r\n\u3000')
    end = _END.search(words)
    name = words[: end.start()] if end else words
    return None if name in _OWN or not 2 <= len(name) <= LONGEST else name
