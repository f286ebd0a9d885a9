"""What a written date is the date *of*: publication, an answer, a deadline, the document.

For lists and articles. Decided by the label before it, the words after it, or a table's heading.
A new label is a word in one row of LABELS.
"""

from __future__ import annotations

import re
from enum import StrEnum

from crawler.reading.dates import Written


class Role(StrEnum):
    """What a date is the date of."""

    PUBLISHED = "published"
    UPDATED = "updated"
    ANSWERED = "answered"  # a letter was answered: the column was added to on that day
    SUBMITTED = "submitted"  # a letter was sent
    PLAIN = "plain"  # nothing is said
    WRITTEN = "written"  # of the document, beside that of its publication
    CLOCK = "clock"  # today's date in a masthead
    OTHER = "other"  # deadline, event, effect, birth: never a date of publication


# Origins: standard.md 5.1 (截止, 成文, event dates), headings of disclosure tables and letters
# lists of the common systems, the saved pages (日间 is a slip for 时间 seen there).
LABELS: tuple[tuple[Role, str], ...] = (
    (Role.WRITTEN, r"成文|签发|印发|形成|生成|制定|发文|行文|落款|文件|生产|制作|颁布"),
    (
        Role.OTHER,
        r"截止|截至|有效|废止|失效|到期|结束|终止|开始|起始|施行|实施|生效|执行|开标|报名|考试|面试|举办|举行"
        r"|活动|会议|征集|投标|成立|出生|任职|公示期|开庭|施工|办公|工作|上班|服务|受理截止|上映|答辩"
        r"|立案|处罚|许可|决定|核准|审批|注册|登记|检查|抽样|检验|成交|中标|签订|合同|采购|竣工|开工|统计|数据",
    ),
    (Role.UPDATED, r"更新|修改|修订|编辑"),
    (Role.ANSWERED, r"回复|答复|办结|反馈|处理|办理|解答"),
    (Role.SUBMITTED, r"提交|来信|留言|写信|受理|咨询|提问|信访|诉求|投诉|来件|申请|写件"),
    (
        Role.PUBLISHED,
        r"发布|发表|上传|录入|添加|公布|刊发|发稿|稿件|上网|登载|刊登|公开|公示|信息|创建|日间|推送|转载",
    ),
)
# A label ends in 时间, 日期 or a colon; "…活动 2020-09-03" is a title and its date.
_TAIL = r"(?:的|人)?(?:(?:时间|日期|时刻|于)[\s\])】』>|]{0,8}:?|日?\s{0,20}:)[\s\[(【『<|]{0,8}$"
_LABELLED = tuple((role, re.compile(rf"(?:{words}){_TAIL}")) for role, words in LABELS)
_HEADED = tuple((role, re.compile(rf"(?:{words})")) for role, words in LABELS)
_BARE = re.compile(r"(?:时间|日期|Date|date|DATE|Time|time)[\s\])】|]{0,8}:?[\s\[(【]{0,8}$")
_FROM = re.compile(r"(?:自|从|至|到|以|~|截|由|在)\s{0,20}$")
_OTHER_AFTER = re.compile(
    r"^\s{0,20}(?:\d{1,2}[:时点]\d{0,2}分?\s{0,20})?(?:前|止|起|至|到|~|以前|之前|截止|施行|实施|生效|开始|召开|举行|举办)"
)
HEADING = re.compile(r"时间|日期|期[至限]|date", re.IGNORECASE)
TAIL_LENGTH = 16


# "当前位置：" and "您现在的位置" lead a breadcrumb, 今日要闻 and 今日某地 head a list: no clocks.
_CLOCK = re.compile(
    r"(?:(?:今天|今日|现在|当前)(?=$|[\s:,是为]|的?(?:日期|时间|日子)|星期|周[一二三四五六日]|农历)"
    r"|此刻|北京时间|日历|您好|欢迎).{0,12}$"
)
USELESS = frozenset({Role.OTHER, Role.CLOCK})


def role_of(written: Written, text: str, before: str = "") -> Role:
    """The role of `written` in its (normalised) `text`; `before` is the text that precedes it."""
    head = text[max(0, written.start - TAIL_LENGTH) : written.start]
    if not head.strip(" [(:") and len(before) <= TAIL_LENGTH:
        head = before + head
    if _CLOCK.search(head):
        return Role.CLOCK
    for role, pattern in _LABELLED:
        if pattern.search(head):
            return role
    if _BARE.search(head):
        return Role.PUBLISHED
    if _FROM.search(head) or _OTHER_AFTER.search(text[written.end : written.end + 12]):
        return Role.OTHER
    return Role.PLAIN


def role_of_heading(heading: str) -> Role:
    """The role that a table's column heading gives its dates."""
    if not HEADING.search(heading):
        return Role.PLAIN
    return next((role for role, words in _HEADED if words.search(heading)), Role.PUBLISHED)
