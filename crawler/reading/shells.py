# ruff: noqa: E501 - tables, one row a line
"""Pages that only send elsewhere, wait for a script, or hold a log-in form.

FORWARD by refresh, script jump, frameset or frame; SCRIPT_SHELL by an empty root, unfilled
template marks, a loading line, an empty list that a script of the page fills or fetching scripts;
LOGIN by a password field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

from crawler.reading.pagefacts import PageFacts
from crawler.reading.tree import Node, Tree

FEW_WORDS = 150  # a page that only forwards says hardly more
REFRESH = re.compile(
    r"^\s{0,20}(\d{1,4})?(?:\.\d+)?\s{0,20}[;,]?\s{0,20}url\s{0,20}=\s{0,20}['\"]?\s{0,20}([^'\">]{1,500})",
    re.IGNORECASE,
)
REFRESH_SECONDS = 15
_TARGET = r"\s{0,20}\(?\s{0,20}['\"]([^'\"\s<>]{1,500})['\"]"
JUMP = re.compile(
    r"(?:(?:window|self|top|parent|document|this)\s{0,20}\.\s{0,20})?location(?:\s{0,20}\.\s{0,20}(?:href|replace|assign))?\s{0,20}(?:=(?!=)|\()" + _TARGET
)  # fmt: skip
MOST_SCRIPT = 50_000
ROOT_IDS = re.compile(
    r"^(?:app|root|main-app|__next|__nuxt|vue-app|react-root|container-app)$", re.IGNORECASE
)
TEMPLATE = re.compile(r"\{\{[^{}]{1,80}\}\}|<%[=-]?[^%]{1,80}%>|\$\{[^{}]{1,60}\}")
LOADING = re.compile(
    r"(?:正在|数据|内容|页面|资源|努力|拼命).{0,6}加载(?:中|资源|数据)?|加载中|^loading\b|请稍[候后等]|please wait",
    re.IGNORECASE,
)
NEEDS_SCRIPT = re.compile(
    r"enable javascript|requires? javascript|without javascript|javascript (?:is )?(?:disabled|required)"
    r"|(?:启用|开启|打开|支持)\s{0,20}javascript|doesn't work properly without",
    re.IGNORECASE,
)
AJAX = re.compile(
    r"\$\.(?:ajax|get|post|getJSON)\s{0,20}\(|XMLHttpRequest|\bfetch\s{0,20}\(|axios|\.load\s{0,20}\(\s{0,20}['\"]|dataproxy\.jsp"
    r"|new\s+Vue\s{0,20}\(|createApp\s{0,20}\(|getList\s{0,20}\(|layui\.|laytpl|template\s{0,20}\(|angular\.module|React\.|\.bootstrapTable\s{0,20}\("
)

HOLDERS = frozenset({"ul", "ol", "dl", "table", "tbody", "div"})
LIST_IDS = re.compile(r"list|content|news|data|main|items|result|liebiao", re.IGNORECASE)
FILLS = re.compile(r"innerHTML|insertAdjacentHTML|append|prepend|replaceChildren|\.html\s{0,20}\(")


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a page sends its visitor, and by what."""

    target: str
    sign: str


def forward_of(facts: PageFacts, tree: Tree, url: str) -> Sent | None:
    """The page's own forwarding, if it does hardly anything else."""
    frames = tree.parser.css("frameset frame")
    for frame in sorted(frames, key=lambda f: -_frame_size(f.attributes)):
        target = _elsewhere(frame.attributes.get("src") or "", url)
        if target:
            return Sent(target, "frameset")
    refresh = _refresh(tree, url)
    if refresh and facts.words <= FEW_WORDS * 3:
        return Sent(refresh, "refresh")
    if facts.words <= FEW_WORDS:
        jump = _jump(facts, tree, url)
        if jump:
            return Sent(jump, "script_jump")
        frame_target = _only_frame(tree, url)
        if frame_target:
            return Sent(frame_target, "frame")
    return None


def _frame_size(attributes: dict[str, str | None]) -> int:
    name = f"{attributes.get('name')} {attributes.get('src')}".lower()
    return 1 if any(word in name for word in ("main", "content", "right", "body", "list")) else 0


def _elsewhere(target: str, url: str) -> str | None:
    """The absolute target, or None where it is no page, or this page itself."""
    target = target.strip()
    if not target or target.lower().startswith(("javascript:", "about:", "#", "data:", "mailto:")):
        return None
    try:
        absolute = urljoin(url, target)
    except ValueError:
        return None
    return None if urldefrag(absolute).url == urldefrag(url).url else absolute


def _refresh(tree: Tree, url: str) -> str | None:
    for meta in tree.parser.css("meta[http-equiv]"):
        attributes = meta.attributes
        if (attributes.get("http-equiv") or "").strip().lower() != "refresh":
            continue
        found = REFRESH.match(attributes.get("content") or "")
        if found and int(found.group(1) or 0) <= REFRESH_SECONDS:
            return _elsewhere(found.group(2), url)
    return None


def _jump(facts: PageFacts, tree: Tree, url: str) -> str | None:
    """A jump that runs when the page loads: not one that waits for an answer or a click."""
    body = tree.parser.css_first("body[onload]")
    onload = (body.attributes.get("onload") or "") if body is not None else ""
    for script in (onload, *facts.script_list):
        for found in JUMP.finditer(script[:MOST_SCRIPT]):
            if _runs_at_once(script[: found.start()], script, onload):
                target = _elsewhere(found.group(1), url)
                if target:
                    return target
    return None


STEP = re.compile(r"(?:function(?:\s{1,8}([\w$]{1,60}))?\s{0,8}\([^)]{0,200}\)|=>)\s{0,20}\{|[{}]")
AT_ONCE = re.compile(
    r"(?:setTimeout|onload\s{0,20}=|ready|DOMContentLoaded['\"],?|\$|^|[;(!+}])\s{0,20}\(?\s{0,20}$"
)


def _runs_at_once(head: str, script: str, onload: str) -> bool:
    """Whether the functions open at the end of `head` are called by the page itself."""
    open_functions: list[tuple[str, str] | None] = []
    for step in STEP.finditer(head):
        if step.group() == "}":
            if open_functions:
                open_functions.pop()
        elif step.group() == "{":
            open_functions.append(None)
        else:
            before = head[max(0, step.start() - 30) : step.start()].rstrip()
            open_functions.append((step.group(1) or "", before))
    return all(_is_called(*f, script + onload) for f in open_functions if f)


def _is_called(name: str, before: str, script: str) -> bool:
    if name:
        return len(re.findall(rf"(?<![\w$]){re.escape(name)}\s*\(", script)) >= 2
    return bool(AT_ONCE.search(before))


def _only_frame(tree: Tree, url: str) -> str | None:
    for frame in tree.parser.css("iframe[src]"):
        attributes = frame.attributes
        if "none" in (attributes.get("style") or "") or attributes.get("width") in ("0", "1"):
            continue
        target = _elsewhere(attributes.get("src") or "", url)
        if target:
            return target
    return None


def is_bare_frame(facts: PageFacts, tree: Tree) -> bool:
    """A page that is nothing but one large frame, wherever that leads."""
    frame = tree.parser.css_first("iframe")
    if frame is None or facts.words:
        return False
    return _large(frame.attributes.get("width") or "", frame.attributes.get("height") or "")


def shell_signs(facts: PageFacts, tree: Tree, markup: str) -> list[str]:
    """Every sign that a script is to fill the page."""
    signs: list[str] = []
    if any(
        _is_empty_root(node) for node in tree.nodes if node.tag in ("div", "app-root", "section")
    ):
        signs.append("empty_root")
    unseen = " ".join(n.text() or "" for n in tree.unseen if n.tag == "noscript")
    if NEEDS_SCRIPT.search(unseen) or any(
        NEEDS_SCRIPT.search(t) for t in facts.texts if len(t) < 200
    ):
        signs.append("needs_script")
    if any(LOADING.search(t) for t in facts.texts if len(t) <= 30):
        signs.append("loading")
    if (
        any(TEMPLATE.search(t) for t in facts.texts)
        or " v-for=" in markup
        or " ng-repeat=" in markup
    ):
        signs.append("template")
    if AJAX.search(facts.scripts):
        signs.append("ajax_list")
    if _fills_a_list(facts.scripts, tree):
        signs.append("script_filled")
    return signs


def _fills_a_list(scripts: str, tree: Tree) -> bool:
    """Whether an element made for a list is empty, and a script of the page knows its id."""
    if not FILLS.search(scripts):
        return False
    empty = (n for n in tree.nodes if n.tag in HOLDERS and _is_empty(n))
    names = (n.get("id") for n in empty if n.tag != "div" or LIST_IDS.search(n.get("id")))
    forms = ("'{}'", '"{}"', "#{}")
    return any(name and any(form.format(name) in scripts for form in forms) for name in names)


def _is_empty(node: Node) -> bool:
    """Whether nothing is in an element but, say, the body of an empty table."""
    return node.end - node.start <= 2 and all(child.tag for child in node.children)


def _is_empty_root(node: Node) -> bool:
    return bool(ROOT_IDS.match(node.get("id")) or node.tag == "app-root") and not any(
        not n.tag for n in node.children
    ) and node.end - node.start <= 12  # fmt: skip


def holds_foreign(tree: Tree) -> bool:
    """Whether the page holds a frame, an object or a picture map that may be its list."""
    return tree.parser.css_first("iframe, object, embed, frame, area") is not None


def has_password_field(tree: Tree) -> bool:
    """Whether the page asks for a password."""
    return tree.parser.css_first('input[type="password" i]') is not None


def has_list_frame(tree: Tree, url: str) -> str | None:
    """The frame that takes the place of a list, in a page with chrome around it."""
    for frame in tree.parser.css("iframe[src]"):
        attributes = frame.attributes
        size = (attributes.get("width") or "", attributes.get("height") or "")
        target = _elsewhere(attributes.get("src") or "", url)
        if target and _large(*size) and "weather" not in target and "tianqi" not in target:
            return target
    return None


def _large(width: str, height: str) -> bool:
    def size(text: str) -> int:
        digits = re.match(r"\s*(\d{1,5})", text)
        return 2000 if "%" in text or not digits else int(digits.group(1))

    return size(width) >= 400 and size(height) >= 200
