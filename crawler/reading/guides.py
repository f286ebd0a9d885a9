# ruff: noqa: E501 - tables, one row a line
"""Which of the ten element classes a service guide (办事指南) shows (V6, P20). Pure; proposes only.

An element counts as shown by any of its names; what stands in an attachment, a picture or on the
service network is not read, and a page that may have its guide there is `elsewhere`, never short.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from crawler.reading.labelled import Labelled, label, labelled
from crawler.reading.opening import tree_of
from crawler.reading.pagefacts import look
from crawler.reading.tree import Node, Tree
from crawler.reading.zones import Zone, zone_of

# The ten classes (standard 2.1, V6) with the names under which service networks and offices print them.
ELEMENTS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "事项名称": label("事项名称|(?:子项|主项|项目|业务|服务|许可|职权)名称|(?:服务|办理|办事)事项|名称"),
        "设定依据": label("(?:设定|办理|法律|法规|法定|实施|政策|审批|许可|设立|事项|职权|文件)(?:的)?(?:法律|政策)?依据|法律法规|依据"),
        "申请条件": label("(?:申请|办理|受理|申报|准予|审批|许可|办事|享受|办结)(?:批准)?(?:的)?条件|申请人?资格|(?:适用|受理)范围|(?:服务|办理|申请|受理|适用)对象|条件"),
        "办理材料": label("(?:应?当?(?:申请|办理|申报|提交|提供|受理|办事|需要?|所需|需提[交供]的?|必备|报送))(?:的)?(?:材料|资料|要件|证件|手续)|(?:材料|资料)(?:清单|目录|要求|名称)?"),
        "办理地点": label("(?:办理|受理|服务|办公|办事|申请|窗口|现场)(?:地点|地址|窗口|场所|大厅)|窗口(?:位置|名称)|地址|地点"),
        "办理机构": label("(?:办理|实施|受理|审批|决定|承办|责任|主管|服务|执行|行使|办事|许可|牵头|所属)(?:机构|单位|部门|机关|主体|科室|处室|股室)"),
        "收费标准": label("(?:是否|有无)?收费(?:标准|情况|依据|项目|方式|金额|信息|及依据)?|(?:办理|服务)?费用"),
        "办理时间": label("(?:办理|承诺|法定|办结|审批|受理|办公|工作|服务|办事|许可|对外)(?:办结|办公|办理|服务)?(?:时限|期限|时间|时效|日)|时限|期限"),
        "联系电话": label("(?:联系|咨询|办公|服务|投诉|监督|受理|查询|举报)(?:投诉|监督)?(?:及[^:：]{0,4})?(?:电话|方式|热线|途径)|电话"),
        "办理流程": label("(?:办理|审批|申请|受理|办事|服务|工作|业务|审核|办件)(?:的)?(?:流程|程序|步骤|过程|环节|方式)图?|流程图?"),
    }
)  # fmt: skip
GUIDE_TITLE = re.compile(r"(?:办事|服务|办理|申请|申报|审批|业务)(?:指南|须知|流程)|^.{2,40}指南$")
SERVICE = re.compile(r"办理|申请|申领|登记|备案|许可|审批|核发|换发|补办|认定|缴纳|查询|转移|签发")
FILES = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|rar|zip)(?:$|[?#])", re.IGNORECASE)
# Hosts and words that lead to a guide on the service network.
NETWORK = re.compile(r"^https?://[^/]{0,80}(?:zwfw|banshi|tyrz|ywtb)", re.IGNORECASE)
LEADS_ON = re.compile(r"^(?:在线办理|立即办理|我要办|点击办理|查看(?:详细)?指南|指南详情)$")
LEAST_LABELS, LEAST_WORDS = 2, 40
LABELS_ALONE = 4  # labels that make a guide of a page whose title does not
MOST_LINKS = 2_000


class GuideState(StrEnum):
    """What a page in a column of guides is."""

    GUIDE = "guide"  # a guide, whose elements were read
    ELSEWHERE = "elsewhere"  # its guide may stand in a file, a picture or on another site
    NONE = "none"  # no guide: a rule, news
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class GuideReading:
    """What one page says as a guide. `missing` are the classes not shown, in the table's order."""

    state: GuideState
    missing: tuple[str, ...] = ()


def guide_of(body: bytes, *, title: str, content_type: str | None = None) -> GuideReading:
    """The elements of the guide `title` on its page. Never raises."""
    tree = tree_of(body, content_type)
    return GuideReading(GuideState.UNREADABLE) if tree is None else _read(tree, title)


def _read(tree: Tree, title: str) -> GuideReading:
    labels = labelled(tree, ELEMENTS)
    shown = set(labels)
    if len(shown) < LABELS_ALONE and not GUIDE_TITLE.search(title):
        return GuideReading(
            GuideState.ELSEWHERE if _is_elsewhere(tree, labels) else GuideState.NONE
        )
    if SERVICE.search(title):
        shown.add("事项名称")  # the headline names it
    missing = tuple(name for name in ELEMENTS if name not in shown)
    if missing and _is_elsewhere(tree, labels):
        return GuideReading(GuideState.ELSEWHERE, missing)
    return GuideReading(GuideState.GUIDE, missing)


def _is_elsewhere(tree: Tree, labels: Mapping[str, Labelled]) -> bool:
    """Whether the guide holds a file, a picture or a frame, or leads to the network; or says next
    to nothing by itself."""
    facts = look(tree)
    story = facts.story if facts.story_size >= LEAST_WORDS else None
    box = _box_of([one.node for one in labels.values()]) or story or tree.root
    nodes = tree.nodes[box.start : box.end]
    held = (node for node in nodes if node.tag in ("a", "img", "iframe", "embed", "object"))
    if any(_may_hold(node, tree) for _, node in zip(range(MOST_LINKS), held, strict=False)):
        return True
    return len(labels) < LEAST_LABELS and story is None


def _box_of(labels: list[Node]) -> Node | None:
    """The element around all labels, and what stands right beside it; None of fewer than two."""
    if len(labels) < LEAST_LABELS:
        return None
    first, last = min(node.start for node in labels), max(node.start for node in labels)
    around = (up for up in labels[0].ancestors() if up.start < first and last < up.end)
    box = next(around, None)
    return box.parent if box is not None and box.parent is not None else box


def _may_hold(node: Node, tree: Tree) -> bool:
    if not _is_main(node):
        return False
    if node.tag == "a":
        href = node.get("href")[:400].strip()
        is_led = NETWORK.search(href) or LEADS_ON.match(tree.text_of(node, 20))
        return bool(FILES.search(href) or is_led)
    return node.tag != "img" or _is_large(node)


SMALL = 120  # pixels: a mark, a button


def _is_large(node: Node) -> bool:
    """A picture that may hold a text; one in the main area that does not tell its size may."""
    sizes = [node.get(name).removesuffix("px") for name in ("width", "height")]
    told = [int(size) for size in sizes if size.isascii() and size.isdigit() and len(size) < 6]
    return not told or min(told) >= SMALL


def _is_main(node: Node) -> bool:
    return zone_of(node) is Zone.MAIN
