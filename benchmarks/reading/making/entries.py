"""Items of a made list: taking them out of a template, dating them anew, inventing more."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from benchmarks.reading.making.locating import WRITTEN
from benchmarks.reading.making.template import Cell, Template

COMPACT = re.compile(r"(?<!\d)(20\d\d)([01]\d)([0-3]\d)(?!\d)")

WHO = (
    "市政府办公室", "市市场监管局", "示例县人民政府", "城关镇", "市教育体育局", "县农业农村局",
    "市住房和城乡建设局", "市生态环境局示例分局", "区退役军人事务局", "市卫生健康委员会",
)  # fmt: skip
DID = (
    "召开安全生产工作推进会", "开展防汛应急演练", "组织集中学习会议精神", "扎实推进重点项目建设",
    "赴基层一线走访慰问困难群众", "举办优化营商环境专题培训班", "调研督导秸秆禁烧工作",
    "多措并举推进夏粮收购", "公布行政许可事项清单", "印发年度工作要点的通知",
)  # fmt: skip
PAPERS = (
    "关于印发《示例市城市更新实施方案》的通知", "关于公布2021年度考核结果的公告",
    "关于做好2022年度职称评审工作的通知", "示例政办〔2022〕28号：关于调整领导小组成员的通知",
    "示例市“十四五”（2021-2025年）发展规划", "关于对拟推荐对象的公示（公示期至2022年12月31日）",
    "关于征集意见的公告（电话：0378-23881234）", "2022年第3号公告", "一图读懂《管理办法》",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """An item without markup."""

    title: str
    href: str
    date: date


def title(rng: Random, number: int) -> str:
    """A title as offices write them; one in three is a paper with numbers and years in it."""
    if rng.random() < 1 / 3:
        return f"{rng.choice(PAPERS)}（{number + 1}）" if rng.random() < 0.3 else rng.choice(PAPERS)
    return f"{rng.choice(WHO)}{rng.choice(DID)}"


def href(rng: Random, day: date, number: int) -> str:
    """An address as one of the content systems writes it."""
    serial = 100000 + number * 131 + rng.randrange(100)
    return rng.choice(
        (
            f"./{day:%Y%m}/t{day:%Y%m%d}_{serial}.html",
            f"/art/{day.year}/{day.month}/{day.day}/art_1229_{serial}.html",
            f"../info/1024/{serial}.htm",
            f"/content/show-{serial}.html",
            f"/xxgk/{day:%Y-%m-%d}/{serial}.shtml",
            f"detail.aspx?id={serial}&cid=12",
        )
    )


def entries(template: Template) -> tuple[Entry, ...]:
    """The items of a template without their markup; a title that got lost is replaced."""
    return tuple(
        Entry(cell.title or f"{WHO[i % len(WHO)]}{DID[i % len(DID)]}", _address(cell, i), cell.date)
        for i, cell in enumerate(template.cells)
    )


def _address(cell: Cell, number: int) -> str:
    plain = cell.href and not cell.href.startswith("javascript")
    return cell.href if plain else f"{cell.date:%Y%m}/{5000 + number}.html"


def redate(cell: Cell, day: date) -> Cell:
    """The item with another date, written the same way, in its address too."""
    return replace(
        cell,
        before=_readdress(cell.before, cell.date, day),
        written=rewrite(cell.written, day),
        after=_readdress(cell.after, cell.date, day),
        href=_readdress(cell.href, cell.date, day),
        date=day,
    )


def rewrite(written: str, day: date) -> str:
    """`written` with the date in it replaced, digits padded as they were."""

    def put(match: re.Match[str]) -> str:
        year = str(day.year)[-len(match["y"]) :]
        text = match.group()
        for name, number in (("d", day.day), ("m", day.month)):
            start, end = (position - match.start() for position in match.span(name))
            text = f"{text[:start]}{number:0{end - start}}{text[end:]}"
        start = match.start("y") - match.start()
        return f"{text[:start]}{year}{text[start + len(year) :]}"

    fresh, count = WRITTEN.subn(put, written, count=1)
    return fresh if count else day.isoformat()


def _readdress(markup: str, old: date, new: date) -> str:
    for pattern in ("%Y%m/t%Y%m%d", "%Y%m%d", "%Y-%m-%d", "%Y/%m/%d", "%Y/%m%d", "%Y/%m-%d"):
        markup = markup.replace(old.strftime(pattern), new.strftime(pattern))
    loose = f"/{old.year}/{old.month}/{old.day}/"
    return markup.replace(loose, f"/{new.year}/{new.month}/{new.day}/")


def rename(cell: Cell, name: str, address: str) -> Cell:
    """The item with another title and address in the same markup."""

    def swap(markup: str) -> str:
        markup = markup.replace(cell.href, address) if len(cell.href) > 3 else markup
        return markup.replace(cell.title, name) if len(cell.title) > 3 else markup

    return replace(cell, before=swap(cell.before), after=swap(cell.after), title=name, href=address)


def shift_text(markup: str, days: int) -> str:
    """Every full date of a text moved by a number of days."""

    def put(match: re.Match[str]) -> str:
        day = _whole(match["y"], match["m"], match["d"])
        return rewrite(match.group(), day + timedelta(days=days)) if day else match.group()

    def put_compact(match: re.Match[str]) -> str:
        day = _whole(*match.groups())
        return f"{day + timedelta(days=days):%Y%m%d}" if day else match.group()

    return COMPACT.sub(put_compact, WRITTEN.sub(put, markup))


def _whole(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day)) if len(year) == 4 else None
    except ValueError:
        return None


def shift(template: Template, days: int) -> Template:
    """The whole page, its dates and its today, moved in time."""
    step = timedelta(days=days)
    shifted = template.dress(lambda _, cell: redate(cell, cell.date + step))
    return replace(
        shifted,
        head=shift_text(template.head, days),
        tail=shift_text(template.tail, days),
        today=template.today + step,
    )


def count_to(template: Template, number: int, rng: Random) -> Template:
    """The page with another number of items: the first ones, or more, ever older, behind them."""
    cells = list(template.cells[:number])
    if len(cells) < len(template.cells):
        best = max(template.cells, key=lambda cell: cell.date)
        cells[0] = best
    oldest = min(cell.date for cell in cells)
    while len(cells) < number:
        model = template.cells[len(cells) % len(template.cells)]
        oldest -= timedelta(days=rng.randrange(0, 9))
        serial = len(cells)
        fresh = rename(model, f"{title(rng, serial)}（{serial}）", href(rng, oldest, serial))
        cells.append(redate(fresh, oldest))
    return replace(template, cells=tuple(cells))
