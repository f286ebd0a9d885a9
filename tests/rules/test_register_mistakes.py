"""Every way a rules.yaml can be wrong: told with its place, and with what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.errors import Mistake, WrongFile
from rules.notes import SIZE_LIMIT
from rules.register import load_register
from rules.words import say

HEAD = "city: 示例市\n"
SITE = HEAD + (
    "sites:\n  - name: 示例区\n    unit: 示例区政府\n    url: http://www.example.test/\n"
)


def column(text: str) -> str:
    return f"{SITE}    columns:\n      - {text}\n"


def account(text: str) -> str:
    return f"{HEAD}accounts:\n  - {text}\n"


def mistakes(tmp_path: Path, text: str | bytes, name: str = "rules.yaml") -> tuple[Mistake, ...]:
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(WrongFile) as caught:
        load_register(file)
    assert {one.file for one in caught.value.mistakes} == {str(file)}
    return caught.value.mistakes


GOOD = "{name: 动态, url: /dt/, kind: news}"

WEIBO_ACCOUNT = "{name: 甲, unit: 乙, platform: weibo, id: a"

APP_ACCOUNT = (
    "{name: 甲, unit: 乙, platform: app, id: a,"
    " sources: [{app_list: {url: 'http://a.test/', items: d, time: t,"
)

# What is written; line and column of the mistake; what its words must hold.
ROWS: list[tuple[str, str, int, int, str]] = [
    ("unknown key", f"{HEAD}sitse: []\nsites: []\n", 2, 1, "sites"),
    ("unknown key of a site", SITE + "    unitt: 乙\n", 6, 5, "unit"),
    ("unknown key of a column", column("{name: 动态, url: /, kind: news, lim: 1}"), 7, 40, "limit"),
    ("unknown kind", column("{name: 动态, url: /dt/, kind: newz}"), 7, 37, "news"),
    ("kind in Chinese", column("{name: 动态, url: /dt/, kind: 动态要闻}"), 7, 37, "news"),
    ("unknown role", SITE + "    role: portel\n", 6, 11, "portal"),
    ("role in Chinese", SITE + "    role: 门户\n", 6, 11, "portal"),
    ("unknown status", SITE + "    status: runing\n", 6, 13, "running"),
    ("status in Chinese", SITE + "    status: 已关停\n", 6, 13, "closed"),
    ("unknown platform", account("{name: 甲, unit: 乙, platform: weixin, id: a}"), 3, 34, "wechat"),
    (
        "platform in Chinese",
        account("{name: 甲, unit: 乙, platform: 抖音, id: a}"),
        3,
        34,
        "douyin",
    ),
    (
        "unknown kind of account",
        account("{name: 甲, unit: 乙, platform: wechat, id: a, kind: 公众号}"),
        3,
        55,
        "服务号",
    ),
    ("robots without reason", SITE + "    robots: ignore\n", 6, 13, "ignore: 理由"),
    ("robots neither", SITE + "    robots: no\n", 6, 13, "obey"),
    (
        "address without scheme",
        HEAD + "sites:\n  - {name: 甲, unit: 乙, url: www.a.test/}\n",
        3,
        29,
        "http",
    ),
    (
        "column address without scheme",
        column("{name: 动态, url: www.a.gov.cn/dt/, kind: news}"),
        7,
        25,
        "http",
    ),
    (
        "another scheme",
        column("{name: 动态, url: 'javascript:void(0)', kind: news}"),
        7,
        25,
        "http",
    ),
    ("full-width colon", column("{name: 动态, url: 'http：//a.test/', kind: news}"), 7, 25, "http"),
    ("space in an address", column("{name: 动态, url: '/d t/', kind: news}"), 7, 25, "空格"),
    (
        "address without host",
        SITE.replace("http://www.example.test/", "http:///dt/"),
        5,
        10,
        "网址",
    ),
    ("control without scheme", SITE + "controls: [www.gov.cn]\n", 6, 12, "http"),
    ("letter as text", SITE + "    letter: 已发函\n", 6, 13, "sent"),
    ("letter without an end", SITE + "    letter: {sent: 2022-06-10}\n", 6, 13, "until"),
    (
        "letter that ends before it is sent",
        SITE + "    letter: {sent: 2022-06-10, until: 2022-06-09}\n",
        6,
        39,
        "早于",
    ),
    (
        "letter that never ends",
        SITE + "    letter: {sent: 2022-06-10, until: 2032-06-10}\n",
        6,
        39,
        "2022-12-11",
    ),
    ("limit zero", column("{name: 动态, url: /, kind: news, limit: 0}"), 7, 47, "36600"),
    ("limit negative", column("{name: 动态, url: /, kind: news, limit: -3}"), 7, 47, "36600"),
    ("limit in words", column("{name: 动态, url: /, kind: news, limit: 两周}"), 7, 47, "整数"),
    ("level three", column("{name: 动态, url: /, kind: news, level: 3}"), 7, 47, "2"),
    (
        "no such day",
        column("{name: 动态, url: /, kind: news, exempt: {reason: 汛期, until: 2022-06-31}}"),
        7,
        68,
        "2022-05-15",
    ),
    (
        "exempt without reason",
        column("{name: 动态, url: /, kind: news, exempt: {by: 张三}}"),
        7,
        48,
        "reason",
    ),
    ("exempt as text", column("{name: 动态, url: /, kind: news, exempt: 汛期外}"), 7, 48, "reason"),
    ("day 31", SITE + "rounds: {days: [6, 31]}\n", 6, 20, "28"),
    ("day 32", SITE + "rounds: {days: [32]}\n", 6, 17, "28"),
    ("no days", SITE + "rounds: {days: []}\n", 6, 16, "[6, 13, 20, 27]"),
    ("a day twice", SITE + "rounds: {days: [6, 6]}\n", 6, 16, "一次"),
    ("no such hour", SITE + 'rounds: {start: "25:00"}\n', 6, 17, "08:00"),
    ("another time zone", SITE + "rounds: {timezone: UTC}\n", 6, 20, "Asia/Shanghai"),
    ("no city", SITE.replace(HEAD, ""), 0, 0, "city"),
    ("no sites", HEAD, 0, 0, "sites"),
    ("site without url", HEAD + "sites:\n  - {name: 甲, unit: 乙}\n", 3, 5, "url"),
    ("column without kind", column("{name: 动态, url: /dt/}"), 7, 9, "kind"),
    (
        "site without a name's value",
        HEAD + "sites:\n  - {name: , unit: 乙, url: http://a.test/}\n",
        3,
        5,
        "name",
    ),
    ("doubled column", column(GOOD) + f"      - {GOOD}\n", 8, 16, "第 7 行"),
    ("doubled site", SITE + SITE.removeprefix(HEAD + "sites:\n"), 6, 11, "rules.yaml:3"),
    (
        "doubled id",
        column("{name: 甲, url: /, kind: news, id: x}")
        + "      - {name: 乙, url: /, kind: news, id: x}\n",
        8,
        43,
        "rules.yaml:7",
    ),
    (
        "a former name that is taken",
        column(GOOD) + "      - {name: 新, url: /, kind: news, was: 动态}\n",
        8,
        9,
        "rules.yaml:7",
    ),
    (
        "doubled account",
        account("{name: 甲, unit: 乙, platform: weibo, id: a}")
        + "  - {name: 丙, unit: 乙, platform: weibo, id: a}\n",
        4,
        45,
        "rules.yaml:3",
    ),
    (
        "doubled unit name",
        SITE + "units:\n  - {name: 甲}\n  - {name: 乙, aliases: [甲]}\n",
        8,
        5,
        "rules.yaml:7",
    ),
    ("doubled key", SITE + "    unit: 另一个\n", 6, 5, "第 4 行"),
    ("doubled key at the top", SITE + "city: 另一市\n", 6, 1, "第 1 行"),
    ("sites as mapping", HEAD + "sites: {name: 甲}\n", 2, 8, "- "),
    ("columns as text", SITE + "    columns: 无\n", 6, 14, "- "),
    ("city as list", "city: [甲]\nsites: []\n", 1, 1, "city"),
    (
        "text as list",
        HEAD + "sites:\n  - {name: [甲], unit: 乙, url: http://a.test/}\n",
        3,
        12,
        "文字",
    ),
    ("a site as text", HEAD + "sites:\n  - 甲\n", 3, 5, "columns"),
    ("top as list", "- city\n", 1, 1, "city"),
    ("second document", SITE + "---\ncity: 乙\n", 6, 1, "---"),
    ("a tag", HEAD + "sites: []\nprofile: !!python/name:os.system national\n", 3, 10, "标签"),
    ("an alias of nothing", HEAD + "sites: []\nprofile: *base\n", 3, 10, "base"),
    ("bad syntax", HEAD + "sites:\n  - {name: 甲, unit: 乙\n", 4, 1, "语法"),
    ("a colon in a value", HEAD + "sites:\n  - name: 甲: 乙\n", 3, 12, "语法"),
    ("a tab", HEAD + "sites:\n\t- {name: 甲}\n", 3, 1, "空格"),
    ("a control character", HEAD + "sites: []\nprofile: a\x00b\n", 3, 11, "0x00"),
    (
        "hint unknown key",
        column("{name: 动态, url: /, kind: news, hint: {item: li}}"),
        7,
        47,
        "items",
    ),
    (
        "weekly_min below zero",
        account("{name: 甲, unit: 乙, platform: weibo, id: a, weekly_min: -1}"),
        3,
        60,
        "整数",
    ),
    (
        "sources as text",
        account("{name: 甲, unit: 乙, platform: weibo, id: a, sources: import}"),
        3,
        57,
        "[甲, 乙]",
    ),
    *(
        (f"source: {what}", account(f"{WEIBO_ACCOUNT}, sources: {text}}}"), 3, place, words)
        for what, text, place, words in (
            ("unknown", "[weibo_timelin]", 58, "weibo_timeline"),
            ("of another platform", "[douyin_page]", 58, "weibo_timeline"),
            ("twice", "[import, import]", 66, "一次"),
            ("a list", "[[import]]", 58, "名称"),
            ("two in one", "[{import: , rsshub: }]", 58, "名称"),
            ("without what it needs", "[feed]", 58, "url"),
            ("without what it needs, in options", "[{feed: {}}]", 65, "url"),
            ("an unknown option", "[{rsshub: {rout: /a}}]", 68, "route"),
            ("options where none are", "[{weibo_api: {a: b}}]", 70, "weibo_api"),
            ("an address without scheme", "[{feed: {url: a.test}}]", 71, "http"),
        )
    ),
    (
        "source: an unknown form of times",
        account(f"{APP_ACCOUNT} form: isoo}}}}]}}"),
        3,
        116,
        "iso",
    ),
    (
        "source: a pattern that is none",
        account(f"{APP_ACCOUNT} pattern: '(('}}}}]}}"),
        3,
        119,
        "正则",
    ),
    (
        "source of no platform",
        account("{name: 甲, unit: 乙, platform: other, id: a, sources: [import]}"),
        3,
        58,
        "删去",
    ),
]


@pytest.mark.parametrize(
    ("text", "line", "place", "words"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_a_mistake_is_told_with_its_place_and_what_to_write(
    tmp_path: Path, text: str, line: int, place: int, words: str
) -> None:
    found = mistakes(tmp_path, text)
    assert len(found) == 1, "\n".join(map(str, found))
    assert (found[0].line, found[0].column) == (line, place), str(found[0])
    assert words in f"{found[0].what} {found[0].write}"
    assert found[0].what
    assert found[0].write


def test_all_mistakes_are_told_at_once_in_the_files_order(tmp_path: Path) -> None:
    text = (
        "sites:\n"
        "  - name: 甲\n"
        "    url: www.a.test\n"
        "    columns:\n"
        "      - {name: 动态, url: /dt/, kind: newz}\n"
        "      - {name: 动态, url: /, kind: news, limit: 0, exempt: {}}\n"
        "  - {name: 乙, unit: 丙, url: http://b.test/, role: x}\n"
        "bogus: 1\n"
    )
    found = mistakes(tmp_path, text)
    assert [(one.line, one.column) for one in found] == [
        (0, 0),
        (2, 5),
        (3, 10),
        (5, 37),
        (6, 47),
        (6, 58),
        (7, 51),
        (8, 1),
    ]


def test_a_file_in_gbk_is_named_so_and_its_other_mistakes_are_told_too(tmp_path: Path) -> None:
    text = column("{name: 动态, url: /dt/, kind: newz}")
    found = mistakes(tmp_path, text.encode("gbk"))
    assert [one.line for one in found] == [1, 7]
    assert "GBK" in found[0].what
    assert "UTF-8" in found[0].write


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le"])
def test_a_file_in_utf16_is_no_utf8(tmp_path: Path, charset: str) -> None:
    assert "UTF-8" in str(mistakes(tmp_path, SITE.encode(charset))[0])


@pytest.mark.parametrize("text", ["", "\n\n", "# 只有注释\n", "---\n", "~\n"])
def test_an_empty_file_is_told_so(tmp_path: Path, text: str) -> None:
    (found,) = mistakes(tmp_path, text)
    assert found.what == say("mistake.empty_file")


def test_every_tab_in_an_indent_is_told(tmp_path: Path) -> None:
    found = mistakes(tmp_path, HEAD + "sites:\n\t- name: 甲\n\t  unit: 乙\n")
    assert [one.line for one in found] == [3, 4]


def test_a_tab_that_yaml_allows_is_allowed(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(SITE + "    code:\t'4102000001'\t# 注释\n", encoding="utf-8")
    assert load_register(file).sites[0].code == "4102000001"


@pytest.mark.parametrize("levels", [9, 90])
def test_an_alias_bomb_is_refused_at_once(tmp_path: Path, levels: int) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"a{level}: &a{level} {{k: [{', '.join([f'*a{level - 1}'] * 9)}]}}"
        for level in range(1, levels + 1)
    ]
    bomb = HEAD + "sites: []\nbomb:\n" + "".join(f"  {line}\n" for line in lines)
    assert any("别名" in one.what for one in mistakes(tmp_path, bomb))


def test_a_hundred_aliases_are_enough(tmp_path: Path) -> None:
    def text(count: int) -> str:
        names = ", ".join(["*u"] * count)
        return f"{SITE}    role: portal\nunits:\n  - {{name: &u 甲, aliases: [{names}]}}\n"

    file = tmp_path / "rules.yaml"
    file.write_text(text(100), encoding="utf-8")
    load_register(file)
    assert any("100" in one.write for one in mistakes(tmp_path, text(101)))


def test_a_recursive_alias_is_refused(tmp_path: Path) -> None:
    (found,) = mistakes(tmp_path, HEAD + "sites: []\nunits:\n  - &u {name: 甲, aliases: [*u]}\n")
    assert "u" in found.what


@pytest.mark.parametrize("opening", ["[", "{a: "])
def test_a_hundred_thousand_brackets_are_refused(tmp_path: Path, opening: str) -> None:
    found = mistakes(tmp_path, HEAD + "sites: []\nunits: " + opening * 100_000)
    assert len(found) == 1


def test_a_file_over_the_limit_is_not_even_read(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    with file.open("wb") as handle:
        handle.truncate(SIZE_LIMIT + 1)
    with pytest.raises(WrongFile) as caught:
        load_register(file)
    assert "64 MiB" in str(caught.value)


def test_a_file_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(WrongFile) as caught:
        load_register(tmp_path / "rules.yaml")
    assert len(str(caught.value).splitlines()) == 1


def test_a_mistake_reads_as_one_line(tmp_path: Path) -> None:
    (found,) = mistakes(tmp_path, column("{name: 动态, url: /dt/, kind: newz}"))
    assert str(found).startswith(f"{tmp_path}/rules.yaml:7:37: ")
    assert "\n" not in str(found)
