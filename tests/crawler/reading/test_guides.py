# ruff: noqa: E501 - tables, one row a line
"""Guides: an element counts by any of its names; what may stand elsewhere is never called missing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.guides import ELEMENTS, GuideReading, GuideState, guide_of
from tests.crawler.reading.pages import page

ALL = tuple(ELEMENTS)
TITLE = "食品经营许可证核发办事指南"
VALUE = "按照有关规定执行，具体以窗口公布的内容为准。"


def guide(main: str, title: str = TITLE) -> GuideReading:
    return guide_of(page(f"<h1>{title}</h1>{main}", title=title), title=title)


def paragraphs(names: tuple[str, ...]) -> str:
    return "".join(f"<p>{name}：{VALUE}</p>" for name in names)


@pytest.mark.parametrize(
    "row",
    [
        "<p>{name}：{value}</p>", "<p><b>{name}</b>：{value}</p>", "<p>一、{name}</p><p>{value}</p>",
        "<h3>（二）{name}</h3><div>{value}</div>", "<p>3.{name}：{value}</p>", "<p>【{name}】{value}</p>",
        "<table><tr><td>{name}</td><td>{value}</td></tr></table>", "<li><a href='#t'>{name}</a></li><div>{value}</div>",
        "<dl><dt>{name}：</dt><dd>{value}</dd></dl>", "<p>{wide}：{value}</p>",
    ],
)  # fmt: skip
def test_every_markup_of_a_label_is_read(row: str) -> None:
    main = "".join(row.format(name=n, wide="　".join(n), value=VALUE) for n in ALL)
    assert guide(main) == GuideReading(GuideState.GUIDE)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("设定依据", "法律依据"), ("设定依据", "实施依据"), ("设定依据", "办理依据"), ("申请条件", "受理条件"), ("申请条件", "服务对象"),
        ("申请条件", "适用范围"), ("办理材料", "申请材料"), ("办理材料", "所需材料"), ("办理材料", "提交材料"), ("办理材料", "材料清单"),
        ("办理地点", "办理地址"), ("办理地点", "受理地点"), ("办理地点", "办公地址"), ("办理机构", "实施主体"), ("办理机构", "受理单位"),
        ("办理机构", "承办科室"), ("收费标准", "是否收费"), ("收费标准", "收费情况"), ("收费标准", "收费依据"), ("办理时间", "承诺时限"),
        ("办理时间", "办理期限"), ("办理时间", "承诺办结时限"), ("办理时间", "办公时间"), ("联系电话", "咨询电话"), ("联系电话", "咨询方式"),
        ("联系电话", "监督投诉电话"), ("办理流程", "办理程序"), ("办理流程", "审批流程"), ("办理流程", "流程图"),
    ],
)  # fmt: skip
def test_other_names_of_an_element_count(name: str, other: str) -> None:
    names = tuple(other if one == name else one for one in ALL)
    assert guide(paragraphs(names)).missing == ()


def test_missing_elements_are_named_in_the_table_s_order() -> None:
    reading = guide(paragraphs(("联系电话", "申请条件", "办理材料")), "关于申报的服务指南")
    assert reading == GuideReading(
        GuideState.GUIDE, ("事项名称", "设定依据", "办理地点", "办理机构", "收费标准", "办理时间", "办理流程")
    )  # fmt: skip


def test_a_headline_that_names_the_matter_is_its_name() -> None:
    assert guide(paragraphs(ALL[1:])).missing == ()


def test_the_page_s_foot_gives_no_elements() -> None:
    foot = '<div class="footer"><p>联系电话：0378-1234567</p></div>'
    assert guide(paragraphs(ALL[:8]) + foot).missing == ("联系电话", "办理流程")


def test_words_within_a_sentence_are_no_label() -> None:
    text = "<p>申请条件不符合规定的，窗口工作人员应当一次性告知需要补正的全部材料和理由。</p>"
    assert "申请条件" in guide(text * 3).missing


@pytest.mark.parametrize(
    "holder",
    [
        '<p><a href="/files/1.docx">办事指南.docx</a></p>', '<p><a href="/f.pdf?x=1">附件</a></p>', '<p><img src="/a.jpg" width="700" height="900"></p>',
        '<p><img src="/a.jpg"></p>', '<iframe src="/inner.html"></iframe>', '<p><a href="https://www.hnzwfw.gov.cn/portal/guide/1">网上办事</a></p>',
        '<p><a href="/x">在线办理</a></p>',
    ],
)  # fmt: skip
def test_what_may_stand_in_a_file_a_picture_or_elsewhere_is_not_called_missing(holder: str) -> None:
    assert guide(paragraphs(ALL[:5]) + holder).state is GuideState.ELSEWHERE


def test_small_marks_hold_no_guide() -> None:
    mark = '<p><img src="/icon.gif" width="16" height="16"></p>'
    assert guide(paragraphs(ALL[:5]) + mark).state is GuideState.GUIDE


def test_a_page_that_says_next_to_nothing_may_have_its_guide_elsewhere() -> None:
    assert guide("<p>详见窗口。</p>").state is GuideState.ELSEWHERE


@pytest.mark.parametrize("title", ["关于调整公积金缴存比例的通知", "我市政务服务中心正式启用"])
def test_news_and_rules_among_guides_are_none(title: str) -> None:
    text = "<p>为深化放管服改革，进一步优化营商环境，现就有关事项通知如下，请认真贯彻执行。</p>" * 4
    assert guide(text, title).state is GuideState.NONE


def test_a_notice_that_ends_with_its_contacts_is_no_guide() -> None:
    text = "<p>为深化放管服改革，进一步优化营商环境，现就有关事项通知如下，请认真贯彻执行。</p>" * 4
    contacts = "<p>联系电话：0378-1234567</p><p>地址：市政府路1号</p>"
    assert guide(text + contacts, "关于调整窗口的通知").state is GuideState.NONE


@pytest.mark.parametrize(
    "body",
    [b"", b"<div>" * 5_000, "<p>申请条件：</p>".encode() * 20_000, b"<p>" + b"1" * 2_000_000, bytes(range(256)) * 500],
)  # fmt: skip
def test_hostile_pages_are_done_with_quickly(body: bytes) -> None:
    start = time.process_time()
    guide_of(body, title=TITLE)
    assert time.process_time() - start < 3


@given(st.binary(max_size=300), st.text(max_size=30))
def test_no_bytes_break_it(body: bytes, title: str) -> None:
    assert guide_of(body, title=title).state in GuideState
