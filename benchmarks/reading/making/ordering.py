"""Mutations of the list itself: forms of its dates, layout, order, pins, length, odd items."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from benchmarks.reading.making.entries import count_to, entries, redate, rename, shift
from benchmarks.reading.making.entries import title as new_title
from benchmarks.reading.making.forms import FORMS, Form, relative
from benchmarks.reading.making.template import Cell, Made, Mutation, Template, made
from benchmarks.reading.making.wrappers import WRAPPERS, Wrapper


def in_form(form: Form) -> Mutation:
    """Every date of the list written in another form."""

    def mutate(template: Template, _: Random) -> Made:
        dressed = template.dress(lambda i, c: replace(c, written=form.write(c.date, i)))
        return made(dressed, hidden=form.hides)

    return mutate


def in_relative(template: Template, rng: Random) -> Made:
    """Dates as 今天, 昨天, 3天前, read on the day of the newest or a few days later."""
    today = template.newest + timedelta(days=rng.choice((0, 0, 1, 2, 5, 25)))
    dressed = template.dress(lambda i, c: replace(c, written=relative(c.date, today, i)))
    return made(dressed, today=today)


def in_wrapper(wrapper: Wrapper) -> Mutation:
    """The list laid out anew, inside the page's own surroundings."""

    def mutate(template: Template, _: Random) -> Made | None:
        if template.cells[0].before.lstrip().lower().startswith(("<tr", "<td", "<dd", "<dt")):
            return None  # other markup inside a table's body would be moved out of it
        html = template.head + wrapper.layout(entries(template)) + template.tail
        return made(template, html, hidden=wrapper.hides)

    return mutate


def _reordered(order: Callable[[list[Cell], Random], Sequence[Cell]]) -> Mutation:
    def mutate(template: Template, rng: Random) -> Made:
        return made(replace(template, cells=tuple(order(list(template.cells), rng))))

    return mutate


def _ascending(cells: list[Cell], _: Random) -> Sequence[Cell]:
    return sorted(cells, key=lambda cell: cell.date)


def _shuffled(cells: list[Cell], rng: Random) -> Sequence[Cell]:
    return rng.sample(cells, len(cells))


def _newest_last(cells: list[Cell], _: Random) -> Sequence[Cell]:
    best = max(range(len(cells)), key=lambda i: cells[i].date)
    return [*cells[:best], *cells[best + 1 :], cells[best]]


def _newest_in_the_middle(cells: list[Cell], _: Random) -> Sequence[Cell]:
    *rest, best = _newest_last(cells, Random(0))  # noqa: S311
    return [*rest[: len(rest) // 2], best, *rest[len(rest) // 2 :]]


MARKS = {
    "plain": "{}",
    "word": "【置顶】{}",
    "image": '<img src="/images/top.gif" alt="置顶">{}',
    "badge": '<span class="badge">置顶</span>{}',
    "red": '<font color="red">{}</font>',
}


def _pinned(mark: str, newer: bool = False) -> Mutation:
    """One to three older items on top (or the newest itself pinned), marked or not."""

    def mutate(template: Template, rng: Random) -> Made:
        cells = sorted(template.cells, key=lambda cell: cell.date, reverse=True)
        pins = cells[:1] if newer else [_old(cells, i, rng) for i in range(rng.randrange(1, 4))]
        rest = [cell for cell in cells if cell not in pins]
        marked = [_marked(cell, MARKS[mark]) for cell in pins]
        return made(replace(template, cells=(*marked, *rest)))

    return mutate


def _old(cells: list[Cell], number: int, rng: Random) -> Cell:
    day = cells[-1].date - timedelta(days=rng.randrange(100, 1500))
    name = f"{new_title(rng, number)}（长期有效{number}）"
    return redate(rename(cells[number % len(cells)], name, f"top/{number}.html"), day)


def _marked(cell: Cell, mark: str) -> Cell:
    if not cell.title:
        return cell
    before, after = (
        part.replace(f">{cell.title}<", f">{mark.format(cell.title)}<")
        for part in (cell.before, cell.after)
    )
    return replace(cell, before=before, after=after)


def _counted(number: int) -> Mutation:
    def mutate(template: Template, rng: Random) -> Made:
        return made(count_to(template, number, rng))

    return mutate


def _shifted(days: int) -> Mutation:
    def mutate(template: Template, _: Random) -> Made | None:
        if _has_twin(template):
            return None  # its other copy, in a form of its own, would stay behind
        return made(shift(template, days))

    return mutate


def _has_twin(template: Template) -> bool:
    title = max((cell.title for cell in template.cells), key=len)
    return title in template.head or title in template.tail


def _read_on_the_eve(template: Template, _: Random) -> Made:
    """A clock a day off: tomorrow's date is still a date (standard, section 5.1)."""
    return made(template, today=template.newest - timedelta(days=1))


def _read_on_the_day(template: Template, _: Random) -> Made:
    return made(template, today=template.newest)


def _read_years_later(template: Template, _: Random) -> Made:
    return made(template, today=template.newest + timedelta(days=900))


def _titled(name: Callable[[date, int], str]) -> Mutation:
    """Titles with a date in them that is not the item's."""

    def mutate(template: Template, _: Random) -> Made | None:
        if not all(len(cell.title) > 3 for cell in template.cells):
            return None
        return made(
            template.dress(lambda i, c: rename(c, f"{name(c.date, i)}{c.title}", c.href)),
        )

    return mutate


def _in_force(day: date, number: int) -> str:
    return f"（{(day + timedelta(days=30 + number)).strftime('%Y年%-m月%-d日')}起施行）"


def _held(day: date, number: int) -> str:
    return f"{(day - timedelta(days=2 + number % 4)).strftime('%-m月%-d日')}"


def _until(day: date, _: int) -> str:
    return f"公示（{day:%Y.%m.%d}-{(day + timedelta(days=7)):%Y.%m.%d}）"


def _period(day: date, number: int) -> str:
    return f"{day.year}年第{number + 1}期{day.year - 1}年度"


def _tail_dated(day: date, number: int) -> str:
    return f"(截至{(day - timedelta(days=400 + number)).strftime('%Y-%m-%d')})"


def _odd_item(day_of: Callable[[Template], str]) -> Mutation:
    """One more item on top whose date is no date: of the far future, or of no calendar."""

    def mutate(template: Template, rng: Random) -> Made:
        model = max(template.cells, key=lambda cell: cell.date)
        odd = rename(model, f"{new_title(rng, 0)}（预告）", "odd/1.html")
        odd = replace(odd, written=day_of(template))
        return made(
            template,
            template.head + template.gap.join([odd.html(), *(c.html() for c in template.cells)])
            + template.tail,
            count=len(template.cells) + 1,
        )  # fmt: skip

    return mutate


def _far_future(template: Template) -> str:
    return (template.today + timedelta(days=400)).isoformat()


def _no_day(template: Template) -> str:
    return f"{template.today.year}-06-31"


def _zero_day(_: Template) -> str:
    return "0000-00-00"


LISTS: dict[str, Mutation] = {
    **{f"form/{form.name}": in_form(form) for form in FORMS},
    "form/relative": in_relative,
    **{f"wrapper/{wrapper.name}": in_wrapper(wrapper) for wrapper in WRAPPERS},
    "order/ascending": _reordered(_ascending),
    "order/shuffled": _reordered(_shuffled),
    "order/newest-last": _reordered(_newest_last),
    "order/newest-in-the-middle": _reordered(_newest_in_the_middle),
    **{f"pinned/older-{mark}": _pinned(mark) for mark in MARKS},
    "pinned/newest": _pinned("word", newer=True),
    **{f"count/{number}": _counted(number) for number in (1, 2, 3, 5, 40, 100)},
    **{f"shift/{days}": _shifted(days) for days in (1, 20, 300, 1500, -90, -1000)},
    "today/eve": _read_on_the_eve,
    "today/same-day": _read_on_the_day,
    "today/years-later": _read_years_later,
    "titles/in-force": _titled(_in_force),
    "titles/event-held": _titled(_held),
    "titles/notice-period": _titled(_until),
    "titles/issue-of-year": _titled(_period),
    "titles/as-of": _titled(_tail_dated),
    "odd/future": _odd_item(_far_future),
    "odd/june-31": _odd_item(_no_day),
    "odd/zeros": _odd_item(_zero_day),
}
