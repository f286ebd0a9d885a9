"""Links between policies and interpretations: in the page's main area, by their words."""

from __future__ import annotations

import pytest

from crawler.reading.policy_links import interprets, is_interpretation, policy_links
from tests.crawler.reading.pages import URL, page

HOST = "http://www.example.test"


def test_both_ways_are_read_from_the_main_area() -> None:
    main = (
        '<p>政策原文：<a href="/p/1.html">关于印发《示例市防汛方案》的通知</a></p>'
        '<p><a href="/j/1.html">《示例市防汛方案》政策解读</a></p>'
    )
    links = policy_links(page(main), url=URL)
    assert links is not None
    assert links.policies == (f"{HOST}/p/1.html",)
    assert links.interpretations == (f"{HOST}/j/1.html",)
    assert not links.has_files


def test_menus_do_not_count_and_files_are_told() -> None:
    main = '<div class="menu"><a href="/zcwj/">政策文件</a></div><a href="/f/1.docx">附件</a>'
    links = policy_links(page(main), url=URL)
    assert links is not None
    assert (links.policies, links.has_files) == ((), True)


def test_a_box_of_hot_titles_beside_the_text_links_to_no_policy() -> None:
    hot = '<div class="hot"><a href="/n/1.html">关于做好防汛工作的通知</a></div>'
    related = '<div class="related"><a href="/p/1.html">政策原文</a></div>'
    links = policy_links(page(hot + related), url=URL)
    assert links is not None
    assert links.policies == (f"{HOST}/p/1.html",)


@pytest.mark.parametrize(
    ("title", "policy", "is_it"),
    [
        ("《示例市防汛应急预案》政策解读", "关于印发示例市防汛应急预案的通知", True),
        ("一图读懂《示例市防汛应急预案》", "市政府办关于印发《示例市防汛应急预案》的通知", True),
        ("一图读懂：防汛", "关于印发示例市防汛应急预案的通知", False),
        ("《另一办法》解读", "关于印发示例市防汛应急预案的通知", False),
    ],
)
def test_an_interpretation_names_its_policy(title: str, policy: str, is_it: bool) -> None:
    assert is_interpretation(title)
    assert interprets(title, policy) is is_it


def test_pages_that_cannot_be_read_say_nothing() -> None:
    assert policy_links(b"", url=URL) is None
    assert policy_links(b"<div>" * 9_000, url=URL) is None
