# ruff: noqa: E501 - tables, one row a line
"""Letters: that one waits is read off its own words, never off an answer that was not found."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.public_letters import SHOWN, Letter, LetterState, letter_of, waiting_letters
from tests.crawler.reading.pages import TODAY, URL, page, rows, ul

ASKED, ANSWERED = date(2022, 2, 1), date(2022, 2, 9)
REPLY = "您好，您反映的路灯不亮问题已由城管部门现场修复，感谢您的关注。"
HEAD = "<p>留言标题：路灯不亮</p><p>留言时间：2022-02-01 09:12</p><p>留言内容：小区门口路灯坏了多日，请尽快维修。</p>"


def letter(main: str) -> Letter | None:
    return letter_of(page(f"<h1>路灯不亮</h1>{main}", title="留言公开"), today=TODAY)


@pytest.mark.parametrize(
    "main",
    [
        f"{HEAD}<p>答复时间：2022-02-09</p><p>答复单位：市城管局</p><p>答复内容：{REPLY}</p>",
        f"<table><tr><td>来信标题</td><td>路灯不亮</td><td>来信日期</td><td>2022年2月1日</td></tr>"
        f"<tr><td>办理单位</td><td>市城管局</td><td>办结时间</td><td>2022.2.9</td></tr><tr><td>办理结果</td><td>{REPLY}</td></tr></table>",
        f"<dl><dt>提问时间：</dt><dd>2022/02/01</dd><dt>回复部门：</dt><dd>市城管局</dd><dt>回复日期：</dt><dd>2022-02-09</dd><dt>回复：</dt><dd>{REPLY}</dd></dl>",
    ],
)  # fmt: skip
def test_an_answered_letter_shows_all_four(main: str) -> None:
    assert letter(main) == Letter(LetterState.ANSWERED, ASKED, ANSWERED)


@pytest.mark.parametrize(
    "said",
    [
        "<p>办理状态：未答复</p>", "<p>状态：处理中</p>", "<p>信件状态：待回复</p>", "<p>答复内容：暂无回复</p>", "<p>办理状态：</p><p>【办理中】</p>",
        "<table><tr><td>办理状态</td><td>已受理</td></tr></table>",
    ],
)  # fmt: skip
def test_a_letter_that_says_so_waits(said: str) -> None:
    found = letter(HEAD + said)
    assert found is not None
    assert (found.state, found.asked) == (LetterState.WAITING, ASKED)


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("", LetterState.UNSAID),
        ("<p>答复内容：</p><p>状态：</p>", LetterState.UNSAID),
        ("<p>状态：不予受理</p>", LetterState.CLOSED),
        ("<p>办理状态：已办结</p>", LetterState.CLOSED),
        ("<p>状态：无效信件</p>", LetterState.CLOSED),
        (f"<p>状态：处理中</p><p>答复内容：{REPLY}</p>", LetterState.ANSWERED),
        ("<p>状态：办理中</p><p>答复时间：2022-02-09</p>", LetterState.ANSWERED),
        ("<p>状态：办理中</p><p>答复内容：对于正在办理中的事项我们将尽快回复您</p>", LetterState.ANSWERED),
    ],
)  # fmt: skip
def test_no_answer_found_is_not_a_letter_that_waits(said: str, state: LetterState) -> None:
    found = letter(HEAD + said)
    assert found is not None
    assert found.state is state


@pytest.mark.parametrize("name", SHOWN)
def test_a_field_that_is_not_shown_is_named(name: str) -> None:
    fields = dict(zip(SHOWN, ("2022-02-01", "2022-02-09", "市城管局", REPLY), strict=True))
    main = "".join(f"<p>{key}：{value}</p>" for key, value in fields.items() if key != name)
    found = letter(main)
    assert found is not None
    assert found.missing == (name,)


def test_articles_are_no_letters() -> None:
    text = "<p>发布时间：2022-02-01　来源：市政府办</p><p>关于近期群众来信较多的路灯问题，现答复如下，请广大市民知悉。</p>"
    assert letter(text) is None


def test_days_to_come_are_no_days_of_asking() -> None:
    found = letter(HEAD.replace("2022-02-01", "2023-02-01") + "<p>状态：未答复</p>")
    assert found is not None
    assert found.asked is None


TABLE = "<table><tr><th>编号</th><th>标题</th><th>来信时间</th><th>答复时间</th><th>状态</th></tr>{}</table>"
ROW = '<tr><td>1</td><td><a href="{u}">{t}</a></td><td>{a}</td><td>{b}</td><td>{s}</td></tr>'


def test_rows_that_wait_are_listed_with_their_day_of_asking() -> None:
    first = ROW.format(u="/l/1.html", t="路灯不亮", a="2022-02-01", b="", s="未答复")
    second = ROW.format(u="/l/2.html", t="道路积水", a="2022-05-01", b="2022-05-03", s="已办结")
    third = '<li><a href="/l/3.html">公交改线</a><span>2022-01-05</span><em>状态：办理中</em></li>'
    body = page(TABLE.format(first + second) + f"<ul>{third}</ul>", title="留言公开")
    found = waiting_letters(body, url=URL, today=TODAY)
    assert found is not None
    assert [(one.title, one.asked) for one in found] == [
        ("路灯不亮", ASKED),
        ("公交改线", date(2022, 1, 5)),
    ]
    assert found[0].url == "http://www.example.test/l/1.html"


@pytest.mark.parametrize(
    "row",
    [
        ROW.format(u="/l/1.html", t="问题未答复怎么办", a="2022-02-01", b="2022-02-03", s="已答复"),
        ROW.format(
            u="/l/1.html",
            t="办理中遇到的困难以及长期没有得到解决的问题",
            a="2022-02-01",
            b="",
            s="",
        ),
    ],
)
def test_titles_with_such_words_do_not_wait(row: str) -> None:
    assert waiting_letters(page(TABLE.format(row)), url=URL, today=TODAY) == ()


def test_a_row_with_two_days_tells_no_day_of_asking() -> None:
    row = ROW.format(u="/l/1.html", t="路灯", a="2022-02-01", b="2022-03-01", s="未答复")
    (one,) = waiting_letters(page(TABLE.format(row)), url=URL, today=TODAY) or ()
    assert one.asked is None


def test_ordinary_lists_hold_no_letter_that_waits() -> None:
    main = ul(rows('<li><a href="{u}">{t}</a><span>{d}</span></li>'))
    assert waiting_letters(page(main), url=URL, today=TODAY) == ()


@pytest.mark.parametrize(
    "body",
    [b"", b"<tr>" * 5_000, "<li><a href='/'>未答复</a>未答复</li>".encode() * 8_000, "<p>状态：".encode() * 9_000, bytes(range(256)) * 900],
)  # fmt: skip
def test_hostile_pages_are_done_with_quickly(body: bytes) -> None:
    start = time.process_time()
    waiting_letters(body, url=URL, today=TODAY)
    letter_of(body, today=TODAY)
    assert time.process_time() - start < 3


@given(st.binary(max_size=300))
def test_no_bytes_break_it(body: bytes) -> None:
    assert waiting_letters(body, url=URL, today=TODAY) in (None, ())
    assert letter_of(body, today=TODAY) is None
