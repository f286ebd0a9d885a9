"""What a right register means: its keys, its folder, its snapshot, its targets."""

from __future__ import annotations

import contextlib
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import WrongFile
from rules.facts import Hint, TargetKind
from rules.kinds import ColumnKind
from rules.platforms import Platform
from rules.register import (
    Account,
    AccountRole,
    Column,
    Exemption,
    Letter,
    Register,
    Rounds,
    Site,
    SiteRole,
    Standing,
    Target,
    Unit,
    UnitGroup,
    load_register,
    targets,
)

WHOLE = """
city: 示例市
profile: kaifeng-2022            # built-in
rounds: {days: [13, 6], start: "09:30", timezone: Asia/Shanghai}
controls: [http://www.gov.cn/]
units:
  - {name: 市市场监管局, full_name: 市市场监督管理局, group: department, aliases: [市工商局]}
sites:
  - name: 鼓楼区人民政府
    unit: 鼓楼区人民政府
    role: portal
    code: 0102040003
    status: running
    robots: obey
    hosted_on: city-platform
    url: http://www.gulou.example.test/index.html
    columns:
      - {name: 基层动态, url: /jcdt/, kind: news, level: 1}
      - {name: 反馈统计, url: "?id=3", kind: mail_stats, limit: 366, id: fktj}
      - {name: 防汛, url: "http://fx.test/a", kind: topic, level: 2, was: 防汛专题,
         exempt: {reason: 汛期外, by: 张三, until: 2022-05-15}, hint: {items: "li > a", date: span}}
  - {name: 市场监管, unit: 市工商局, url: "HTTP://b.test", robots: {ignore: 办公室已书面告知},
     letter: {sent: 2022-06-10, until: 2022-09-10},
     status: suspended, columns: [{name: 动态, url: dt/, kind: news}]}
accounts:
  - {name: 开封交警, unit: 市市场监督管理局, platform: wechat, id: gh_0123456789ab, role: service,
     kind: 服务号, weekly_min: 1, window_days: 7,
     sources: [article_links, {wechat_album: {biz: MzA5==, album: 12}}, import],
     status: closed, aliases: [交警]}
"""


def written(tmp_path: Path, text: str, name: str = "rules.yaml") -> Path:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def whole(tmp_path: Path) -> Register:
    return load_register(written(tmp_path, WHOLE))


def test_every_key_reaches_the_register(whole: Register) -> None:
    portal = "鼓楼区人民政府"
    assert whole == Register(
        city="示例市",
        profile="kaifeng-2022",
        rounds=Rounds(days=(6, 13), start=time(9, 30)),
        controls=("http://www.gov.cn/",),
        units=(Unit("市市场监管局", "市市场监督管理局", UnitGroup.DEPARTMENT, ("市工商局",)),),
        sites=(
            Site(
                portal,
                portal,
                "http://www.gulou.example.test/index.html",
                role=SiteRole.PORTAL,
                code="0102040003",
                hosted_on="city-platform",
                columns=(
                    Column(
                        f"{portal}/基层动态",
                        "基层动态",
                        "http://www.gulou.example.test/jcdt/",
                        ColumnKind.NEWS,
                    ),
                    Column(
                        "fktj",
                        "反馈统计",
                        "http://www.gulou.example.test/index.html?id=3",
                        ColumnKind.MAIL_STATS,
                        limit=366,
                    ),
                    Column(
                        f"{portal}/防汛专题",
                        "防汛",
                        "http://fx.test/a",
                        ColumnKind.TOPIC,
                        level=2,
                        exempt=Exemption("汛期外", "张三", date(2022, 5, 15)),
                        was="防汛专题",
                        hint=Hint("li > a", "span"),
                    ),
                ),
            ),
            Site(
                "市场监管",
                "市市场监管局",
                "HTTP://b.test",
                status=Standing.SUSPENDED,
                robots_ignored="办公室已书面告知",
                letter=Letter(date(2022, 6, 10), date(2022, 9, 10)),
                columns=(Column("市场监管/动态", "动态", "http://b.test/dt/", ColumnKind.NEWS),),
            ),
        ),
        accounts=(
            Account(
                "开封交警",
                "市市场监管局",
                Platform.WECHAT,
                "gh_0123456789ab",
                role=AccountRole.SERVICE,
                kind="服务号",
                weekly_min=1,
                window_days=7,
                sources=("article_links", "wechat_album", "import"),
                options={"wechat_album": {"biz": "MzA5==", "album": "12"}},
                status=Standing.CLOSED,
                aliases=("交警",),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("on", "is_open"),
    [("2022-06-09", False), ("2022-06-10", True), ("2022-09-10", True), ("2022-09-11", False)],
)
def test_a_letter_is_open_from_its_first_day_to_its_last(on: str, is_open: bool) -> None:
    letter = Letter(date(2022, 6, 10), date(2022, 9, 10))
    assert letter.is_open(date.fromisoformat(on)) is is_open


def test_little_is_needed(tmp_path: Path) -> None:
    text = "city: 示例市\nsites:\n  - {name: 甲, unit: 乙, url: http://a.test/}\n"
    register = load_register(written(tmp_path, text))
    assert register == Register("示例市", sites=(Site("甲", "乙", "http://a.test/"),))
    assert register.rounds == Rounds((6, 13, 20, 27), time(8, 0), "Asia/Shanghai")


def test_a_byte_order_mark_and_windows_lines_are_welcome(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    assert len(load_register(file).sites) == 2


@pytest.mark.parametrize(
    ("robots", "reason"),
    [
        ("obey", None),
        ("{ignore: 已书面告知}", "已书面告知"),
        ("ignore, 已书面告知", "已书面告知"),
        ("ignore（已书面告知）", "已书面告知"),
        ("'ignore: 已书面告知'", "已书面告知"),
    ],
)
def test_robots_are_obeyed_unless_a_reason_is_given(
    tmp_path: Path, robots: str, reason: str | None
) -> None:
    text = (
        "city: 示例市\nsites:\n  - name: 甲\n    unit: 乙\n    url: http://a.test/\n"
        f"    robots: {robots}\n    columns: [{{name: 动态, url: /, kind: news}}]\n"
    )
    register = load_register(written(tmp_path, text))
    assert register.sites[0].robots_ignored == reason
    (target,) = targets(register, date(2022, 6, 6))
    assert target.robots_obey is (reason is None)


@pytest.mark.parametrize(
    ("base", "url", "absolute"),
    [
        ("http://a.test", "/dt/", "http://a.test/dt/"),
        ("http://a.test:8080/x/", "/dt/", "http://a.test:8080/dt/"),
        ("http://a.test/x/", "dt/", "http://a.test/x/dt/"),
        ("http://a.test/x", "../dt/", "http://a.test/dt/"),
        ("http://a.test/", "/x/../dt/", "http://a.test/dt/"),
        ("http://a.test/", "//b.test/dt/", "http://b.test/dt/"),
        ("https://a.test/", "//b.test/dt/", "https://b.test/dt/"),
        ("http://a.test/", "index.html", "http://a.test/index.html"),
        ("http://a.test/", "dt.jsp?id=1&p=a:b", "http://a.test/dt.jsp?id=1&p=a:b"),
        ("http://a.test/", "/#/list/3", "http://a.test/#/list/3"),
        ("http://a.test/", "https://b.test", "https://b.test"),
        ("http://a.test/", "http://网站.中国/栏目/", "http://网站.中国/栏目/"),
    ],
)
def test_a_columns_address_is_made_absolute(
    tmp_path: Path, base: str, url: str, absolute: str
) -> None:
    text = (
        f"city: 示例市\nsites:\n  - {{name: 甲, unit: 乙, url: '{base}', "
        f"columns: [{{name: 动态, url: '{url}', kind: news}}]}}\n"
    )
    assert load_register(written(tmp_path, text)).sites[0].columns[0].url == absolute


def test_two_columns_on_one_address_are_both_due(tmp_path: Path) -> None:
    text = (
        "city: 示例市\nsites:\n  - {name: 甲, unit: 乙, url: http://a.test/, columns: ["
        "{name: 动态, url: /dt/, kind: news}, {name: 要闻, url: /dt/, kind: news}]}\n"
    )
    due = targets(load_register(written(tmp_path, text)), date(2022, 6, 6))
    assert [target.id for target in due] == ["甲/动态", "甲/要闻"]
    assert {target.url for target in due} == {"http://a.test/dt/"}


def test_only_running_sites_are_due_in_the_registers_order(whole: Register) -> None:
    due = targets(whole, date(2022, 6, 6))
    assert [target.column for target in due] == ["基层动态", "反馈统计", "防汛"]
    assert due[2] == Target(
        "鼓楼区人民政府/防汛专题",
        TargetKind.COLUMN,
        "鼓楼区人民政府",
        "防汛",
        "http://fx.test/a",
        hosted_on="city-platform",
        hint=Hint("li > a", "span"),
    )
    assert [target.id for target in targets(whole, date(2022, 6, 6), only={"fktj"})] == ["fktj"]


def test_a_renamed_column_or_site_keeps_its_identity(tmp_path: Path) -> None:
    before = "city: 示例市\nsites:\n  - {name: 甲, unit: 乙, url: http://a.test/, "
    old = f"{before}columns: [{{name: 动态, url: /, kind: news}}]}}\n"
    new = f"{before}columns: [{{name: 要闻, was: 动态, url: /, kind: news}}]}}\n"
    site = new.replace("name: 甲,", "name: 甲区, was: 甲,")
    ids = {
        load_register(written(tmp_path, text)).sites[0].columns[0].id for text in (old, new, site)
    }
    assert ids == {"甲/动态"}


def test_units_that_are_not_listed_are_told_but_no_mistake(whole: Register) -> None:
    assert whole.unlisted_units() == ("鼓楼区人民政府",)


def test_a_merge_key_lends_what_is_not_written(tmp_path: Path) -> None:
    text = (
        "city: 示例市\nsites:\n"
        "  - &a {name: 甲, unit: 乙, url: http://a.test/, role: portal}\n"
        "  - {<<: *a, name: 丙}\n"
    )
    first, second = load_register(written(tmp_path, text)).sites
    assert (second.name, second.unit, second.role) == ("丙", "乙", SiteRole.PORTAL)
    assert first.name == "甲"


def test_a_folder_is_one_register(tmp_path: Path) -> None:
    written(tmp_path, "city: 示例市\nprofile: kaifeng-2022\nunits: [{name: 乙}]\n", "a.yaml")
    written(tmp_path, "sites:\n  - {name: 甲, unit: 乙, url: http://a.test/}\n", "b.yml")
    written(tmp_path, "sites:\n  - {name: 丙, unit: 乙, url: http://c.test/}\n", "c.yaml")
    written(tmp_path, "not: yaml: [", "README.txt")
    register = load_register(tmp_path)
    assert [site.name for site in register.sites] == ["甲", "丙"]
    assert register.profile == "kaifeng-2022"


def test_a_folder_tells_the_mistakes_of_all_its_files(tmp_path: Path) -> None:
    written(
        tmp_path, "city: 示例市\nsites: [{name: 甲, unit: 乙, url: http://a.test/}]\n", "a.yaml"
    )
    written(
        tmp_path, "city: 另一市\nsites: [{name: 甲, unit: 乙, url: http://a.test/}]\n", "b.yaml"
    )
    written(tmp_path, "bogus: 1\n", "c.yaml")
    with pytest.raises(WrongFile) as caught:
        load_register(tmp_path)
    places = [(Path(one.file).name, one.line) for one in caught.value.mistakes]
    assert places == [("b.yaml", 1), ("b.yaml", 2), ("c.yaml", 1)]


def test_a_folder_without_a_file_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(WrongFile, match=r"rules\.yaml"):
        load_register(tmp_path)


def test_a_snapshot_gives_the_register_back_and_equal_registers_equal_text(
    whole: Register, tmp_path: Path
) -> None:
    text = whole.to_snapshot()
    assert Register.from_snapshot(text) == whole
    assert Register.from_snapshot(text).to_snapshot() == text
    other = written(tmp_path, f"# 注释不算\n{WHOLE.replace('kind: news, level: 1', 'kind: news')}")
    assert load_register(other).to_snapshot() == text


def test_a_snapshot_from_before_sources_had_options_is_still_read() -> None:
    account = '{"id":"a","name":"甲","platform":"weibo","sources":["import"],"unit":"乙"}'
    (found,) = Register.from_snapshot(f'{{"city":"示例市","accounts":[{account}]}}').accounts
    assert (found.sources, found.options) == (("import",), {})
    assert account in Register(accounts=(found,)).to_snapshot()


@pytest.mark.parametrize(
    ("platform", "text", "names", "options"),
    [
        ("weibo", "[weibo_timeline, rsshub]", ("weibo_timeline", "rsshub"), {}),
        (
            "weibo",
            "[{feed: {url: 'https://a.test/rss'}}]",
            ("feed",),
            {"url": "https://a.test/rss"},
        ),
        ("wechat", "[{werss: {feed: MP_1}}]", ("werss",), {"feed": "MP_1"}),
        ("weibo", "[{rsshub: }, import]", ("rsshub", "import"), {}),
        (
            "app",
            "[{app_list: {url: 'http://a.test/l', items: data.list, time: ts, html: FALSE}}]",
            ("app_list",),
            {"url": "http://a.test/l", "items": "data.list", "time": "ts", "html": "false"},
        ),
        ("wechat", "[{wechat_daily: {piloted: 2026-9-1}}]", ("wechat_daily",), "2026-09-01"),
        ("weibo", "[]", (), {}),
        ("weibo", "", (), {}),
    ],
)
def test_sources_are_names_and_names_with_options(
    tmp_path: Path, platform: str, text: str, names: tuple[str, ...], options: object
) -> None:
    entry = f"{{name: 甲, unit: 乙, platform: {platform}, id: a, sources: {text}}}"
    (found,) = load_register(written(tmp_path, f"city: 示例市\naccounts: [{entry}]\n")).accounts
    assert found.sources == names
    wanted = {"piloted": options} if isinstance(options, str) else options
    assert found.options == ({names[0]: wanted} if wanted else {})


names = st.text(min_size=1, max_size=12)
columns = st.builds(
    Column,
    id=names,
    name=names,
    url=names,
    kind=st.sampled_from(ColumnKind),
    level=st.integers(1, 2),
    limit=st.none() | st.integers(1, 400),
    exempt=st.none() | st.builds(Exemption, names, st.none() | names, st.none() | st.dates()),
    was=st.none() | names,
    hint=st.none() | st.builds(Hint, st.none() | names, st.none() | names),
)
sites = st.builds(
    Site,
    name=names,
    unit=names,
    url=names,
    role=st.sampled_from(SiteRole),
    code=st.none() | names,
    status=st.sampled_from(Standing),
    robots_ignored=st.none() | names,
    hosted_on=st.none() | names,
    services=st.booleans(),
    adopts=st.lists(names, max_size=2).map(tuple),
    was=st.none() | names,
    columns=st.lists(columns, max_size=3).map(tuple),
)


@given(st.lists(sites, max_size=3), names)
def test_any_register_survives_its_snapshot(found: list[Site], city: str) -> None:
    register = Register(city=city, sites=tuple(found))
    assert Register.from_snapshot(register.to_snapshot()) == register


@given(st.binary(max_size=300))
def test_any_bytes_are_a_register_or_mistakes(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    file = tmp_path_factory.mktemp("any") / "rules.yaml"
    file.write_bytes(data)
    with pytest.raises(WrongFile):
        load_register(file)


@given(st.text(alphabet="abc:-[]{}&*#!|>'\"%@`,?~ \n\t=<", max_size=200))
def test_any_yaml_soup_is_told_without_a_crash(
    tmp_path_factory: pytest.TempPathFactory, soup: str
) -> None:
    file = tmp_path_factory.mktemp("soup") / "rules.yaml"
    file.write_text(f"city: 示例市\nsites:\n{soup}\n", encoding="utf-8")
    with contextlib.suppress(WrongFile):
        load_register(file)
