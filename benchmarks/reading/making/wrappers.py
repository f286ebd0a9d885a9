"""How a list may be laid out: one row a layout, as content systems and hand-made pages do it."""

# ruff: noqa: E501 - a row of markup stays on one line

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from benchmarks.reading.making.entries import Entry

Layout = Callable[[Sequence[Entry]], str]


@dataclass(frozen=True, slots=True)
class Wrapper:
    """One layout of a whole list. `hides` says what cannot be read off it."""

    name: str
    layout: Layout
    hides: str | None = None


def _each(pattern: str, around: str = "{}", gap: str = "\n") -> Layout:
    def layout(entries: Sequence[Entry]) -> str:
        rows = (_fill(pattern, number, entry) for number, entry in enumerate(entries, 1))
        return around.replace("{}", gap.join(rows))

    return layout


def _fill(pattern: str, number: int, entry: Entry) -> str:
    day = entry.date
    return pattern.format(
        n=number, t=entry.title, h=entry.href, d=day.isoformat(), y=day.year, m=day.month,
        dd=f"{day.day:02}", ym=f"{day:%Y-%m}", md=f"{day:%m-%d}", slash=f"{day:%Y/%m/%d}",
        short=entry.title[:12], older=(day - timedelta(days=3 + number % 5)).isoformat(),
        later=(day + timedelta(days=20)).isoformat(), dot=f"{day.year}.{day.month}.{day.day}",
    )  # fmt: skip


A = '<a href="{h}" target="_blank" title="{t}">{t}</a>'
SUMMARY = "为深入贯彻落实上级部署，{short}工作于近日全面展开，确保各项任务落到实处……"
TRS_GAP = '<li class="line"></li>'

_ROWS: tuple[tuple[str, str, str, str], ...] = (
    ("ul-after", f"<li>{A}<span>{{d}}</span></li>", "<ul>{}</ul>", "\n"),
    ("ul-before", f"<li><span>{{d}}</span>{A}</li>", "<ul class='list'>{}</ul>", "\n"),
    ("ul-in-link-front", '<li><a href="{h}">{d} {t}</a></li>', "<ul>{}</ul>", ""),
    ("ul-in-link-back", '<li><a href="{h}">{t}（{d}）</a></li>', "<ul>{}</ul>", ""),
    ("ul-in-link-span", '<li><a href="{h}"><em>{d}</em><p>{t}</p></a></li>', "<ul>{}</ul>", ""),
    ("ul-separators", f"<li>{A}<span>{{d}}</span></li>", "<ul>{}</ul>", TRS_GAP),
    ("ul-unclosed", '<li><a href="{h}">{t}</a> <span>{d}</span>', "<ul>{}</ul>", "\n"),
    ("upper-case", '<LI><A HREF="{h}">{t}</A> <FONT>{d}</FONT></LI>', "<UL>{}</UL>", "\n"),
    ("ol", f"<li>{A} <small>{{d}}</small></li>", "<ol>{}</ol>", "\n"),
    ("alternating-li", f"<li>{A}</li><li class='rq'>{{slash}}</li>", "<ul>{}</ul>", ""),
    ("category", '<li>[<a href="../">要闻</a>] <a href="{h}">{t}</a><i>{d}</i></li>', "<ul>{}</ul>", ""),
    ("attachment", f"<li>{A}<a href='{{n}}.pdf'>下载</a><span>{{d}}</span></li>", "<ul>{}</ul>", ""),
    ("bullet-image", f"<li><img src='dot.gif' width=6>{A}<span>[{{d}}]</span></li>", "<ul>{}</ul>", ""),
    ("new-icon", f"<li>{A}<img src='/images/new.gif'><span>{{d}}</span></li>", "<ul>{}</ul>", ""),
    ("table-rows", f"<tr><td>{A}</td><td width=80>{{d}}</td></tr>", "<table>{}</table>", "\n"),
    (
        "table-headings",
        f"<tr><td>{{n}}</td><td>{A}</td><td>{{d}}</td></tr>",
        "<table><tr><th>序号</th><th>标题</th><th>发布日期</th></tr>{}</table>",
        "\n",
    ),
    (
        "table-made-and-published",
        f"<tr><td>示政〔{{y}}〕{{n}}号</td><td>{A}</td><td>{{older}}</td><td>{{d}}</td></tr>",
        "<table><tr><th>文号</th><th>名称</th><th>成文日期</th><th>发布日期</th></tr>{}</table>",
        "\n",
    ),
    (
        "table-published-and-deadline",
        f"<tr><td>{A}</td><td>{{d}}</td><td>{{later}}</td></tr>",
        "<table><tr><td>征集主题</td><td>发布时间</td><td>截止时间</td></tr>{}</table>",
        "\n",
    ),
    (
        "table-letters",
        f"<tr><td>{{y}}00{{n}}</td><td>{A}</td><td>{{older}}</td><td>{{d}}</td><td>已办结</td></tr>",
        "<table><tr><td>编号</td><td>信件标题</td><td>来信时间</td><td>回复时间</td><td>状态</td></tr>{}</table>",
        "\n",
    ),
    (
        "table-each",
        f"<table width='100%'><tr><td width=20>·</td><td>{A}</td><td align=right>{{dot}}</td></tr></table>",
        "<div>{}</div>",
        "\n",
    ),
    ("table-nested", f"<tr><td><table><tr><td>{A}</td></tr><tr><td>{{d}}</td></tr></table></td></tr>", "<table>{}</table>", ""),
    ("dl-pairs", f"<dt>{A}</dt><dd>{{d}}</dd>", "<dl>{}</dl>", "\n"),
    ("dl-each", f"<dl><dt>{A}</dt><dd>{SUMMARY}</dd><dd>{{d}}</dd></dl>", "<div>{}</div>", "\n"),
    ("div-rows", f"<div class='row'><div>{A}</div><div>{{d}}</div></div>", "<div>{}</div>", "\n"),
    (
        "cards",
        "<div class='card'><a href='{h}'><img src='/upload/{n}.jpg' alt='{t}'></a><h3><a href='{h}'>{t}</a></h3>"
        f"<p>{SUMMARY}</p><span>{{d}}</span><a href='{{h}}'>[详细]</a></div>",
        "<div class='grid'>{}</div>",
        "\n",
    ),
    (
        "date-box",
        f"<li><div class='rq'><b>{{dd}}</b><span>{{ym}}</span></div><div class='bt'>{A}<p>{SUMMARY}</p></div></li>",
        "<ul>{}</ul>",
        "\n",
    ),
    ("link-around", "<li><a href='{h}'><h4>{t}</h4><p>" + SUMMARY + "</p><i>{d}</i></a></li>", "<ul>{}</ul>", ""),
    ("article-elements", f"<article><h2>{A}</h2><time>{{d}}</time></article>", "<section>{}</section>", ""),
    ("break-text", f"·{A}&nbsp;&nbsp;{{d}}<br>", "<div>{}</div>", "\n"),
    ("break-date-first", f"{{d}}&nbsp;{A}<br/>", "<td>{}</td>", ""),
    ("paragraphs", f"<p>{A}<span style='float:right'>{{d}}</span></p>", "<div>{}</div>", ""),
    ("dotted-leaders", f"<p>{A}………………{{dot}}</p>", "<div>{}</div>", ""),
    ("flat-spans", f"<span class='t'>{A}</span><span class='d'>{{d}}</span>", "<div>{}</div>", ""),
    ("custom-elements", f"<x-item>{A}<x-date>{{d}}</x-date></x-item>", "<x-list>{}</x-list>", ""),
    ("on-click", "<li onclick=\"window.open('{h}')\"><div>{t}</div><div>{d}</div></li>", "<ul>{}</ul>", ""),
    ("dead-links", "<li><a href='javascript:;'>{t}</a><span>{d}</span></li>", "<ul>{}</ul>", ""),
    ("deep", f"<li><div><div><div><h3>{A}</h3></div></div><div><p><em>{{d}}</em></p></div></div></li>", "<ul>{}</ul>", ""),
    ("two-links-dates", "<li><a href='{h}'>{t}</a><a href='{h}'>{d}</a></li>", "<ul>{}</ul>", ""),
    ("form-around", f"<tr><td><input type=checkbox value={{n}}></td><td>{A}</td><td>{{d}}</td></tr>", "<form><table>{}</table></form>", ""),
)  # fmt: skip
_MORE: tuple[tuple[str, str, str, str], ...] = (
    ("index-number", f"<li><em>{{n}}</em>{A}<span>{{d}}</span></li>", "<ul>{}</ul>", ""),
    ("item-per-list", f"<ul><li>{A}</li><li>{SUMMARY}</li><li>{{d}}</li></ul>", "<div>{}</div>", ""),
    ("title-without-link", "<li><b>{t}</b><span>{d}</span><a href='{h}'>查看详情</a></li>", "<ul>{}</ul>", ""),
    ("department-column", f"<tr><td>{A}</td><td>市统计局</td><td>{{d}}</td><td>1{{n}}7</td></tr>", "<table>{}</table>", ""),
    ("table-valid-until", f"<tr><td>{A}</td><td>{{d}}</td><td>2099-12-31</td></tr>", "<table><tr><td>文件名称</td><td>发布日期</td><td>有效期至</td></tr>{}</table>", ""),
    ("table-effective", f"<tr><td>{A}</td><td>{{d}}</td><td>{{later}}</td></tr>", "<table><tr><td>文件名称</td><td>公布日期</td><td>施行日期</td></tr>{}</table>", ""),
    ("table-accepted", f"<tr><td>{A}</td><td>{{older}}</td><td>{{d}}</td></tr>", "<table><tr><td>事项</td><td>受理日期</td><td>公示日期</td></tr>{}</table>", ""),
    ("bootstrap-rows", f"<div class='row'><div class='col-md-10'>{A}</div><div class='col-md-2 text-right'>{{slash}}</div></div>", "<div class='container'>{}</div>", "<hr/>"),
    ("pre-text", "<a href='{h}'>{t}</a>    {d}", "<pre>{}</pre>", "\n"),
    ("summary-dated", f"<li>{A}<p>{{y}}年{{m}}月，{{short}}工作自2019年3月1日起开展……</p><span>{{d}}</span></li>", "<ul>{}</ul>", ""),
)  # fmt: skip
_HIDING: tuple[tuple[str, str, str], ...] = (
    (
        "title-attribute-only",
        '<li><a href="{h}" title="标题：{t}&#10;发布时间：{d}">{t}</a></li>',
        "shown date",
    ),
    (
        "script-written",
        f"<li>{A}<script>document.write(fmt('{{d}} 09:00'))</script></li>",
        "shown date",
    ),
    ("commented-out", f"<li>{A}<!--<span>{{d}}</span>--></li>", "shown date"),
    ("undated", f"<li>{A}</li>", "every date"),
)


def _groups_of_five(entries: Sequence[Entry]) -> str:
    inner = _each(f"<li>{A}<span>{{d}}</span></li>", "<ul class='five'>{}</ul>")
    parts = [inner(entries[i : i + 5]) for i in range(0, len(entries), 5)]
    return f"<div>{'<hr>'.join(parts)}</div>"


def _two_in_a_row(entries: Sequence[Entry]) -> str:
    cells = [_fill(f"<td>{A}</td><td>{{d}}</td>", n, entry) for n, entry in enumerate(entries)]
    rows = [f"<tr>{''.join(cells[i : i + 2])}</tr>" for i in range(0, len(cells), 2)]
    return f"<table>{''.join(rows)}</table>"


def _parallel_columns(entries: Sequence[Entry]) -> str:
    titles = _each(f"<li>{A}</li>", "<ul class='l'>{}</ul>")(entries)
    return f"<div>{titles}{_each('<li>{d}</li>', '<ul class=r>{}</ul>')(entries)}</div>"


def _two_lists_abreast(entries: Sequence[Entry]) -> str:
    inner = _each(f"<li>{A}<span>{{d}}</span></li>", "<ul>{}</ul>")
    half = (len(entries) + 1) // 2
    return f"<div>{inner(entries[:half])}</div><div>{inner(entries[half:])}</div>"


def _day_headings(entries: Sequence[Entry]) -> str:
    return _headed(entries, "%Y-%m-%d", f"<li>{A}</li>")


def _day_rows(entries: Sequence[Entry]) -> str:
    ordered = sorted(entries, key=lambda entry: entry.date, reverse=True)
    rows = ""
    for day, part in groupby(ordered, key=lambda entry: entry.date):
        first, *rest = [_fill(f"<td>{A}</td></tr>", 1, entry) for entry in part]
        rows += f"<tr><td rowspan={len(rest) + 1}>{day}</td>{first}" + "".join(
            f"<tr>{r}" for r in rest
        )
    return f"<table>{rows}</table>"


def _month_headings(entries: Sequence[Entry]) -> str:
    return _headed(entries, "%Y年%m月", f"<li><b>{{dd}}日</b>{A}</li>")


def _year_headings(entries: Sequence[Entry]) -> str:
    return _headed(entries, "%Y年", f"<li>{A}<span>{{md}}</span></li>")


def _headed(entries: Sequence[Entry], heading: str, pattern: str) -> str:
    ordered = sorted(entries, key=lambda entry: entry.date, reverse=True)
    parts = groupby(ordered, key=lambda entry: entry.date.strftime(heading))
    return "\n".join(
        f"<h4>{name}</h4>{_each(pattern, '<ul>{}</ul>')(list(part))}" for name, part in parts
    )


WRAPPERS: tuple[Wrapper, ...] = (
    *(Wrapper(name, _each(row, around, gap)) for name, row, around, gap in (*_ROWS, *_MORE)),
    *(Wrapper(name, _each(row, "<ul>{}</ul>"), hides) for name, row, hides in _HIDING),
    Wrapper("groups-of-five", _groups_of_five),
    Wrapper("two-in-a-row", _two_in_a_row),
    Wrapper("parallel-columns", _parallel_columns),
    Wrapper("two-lists-abreast", _two_lists_abreast),
    Wrapper("day-headings", _day_headings),
    Wrapper("day-rows", _day_rows),
    Wrapper("month-headings", _month_headings),
    Wrapper("year-headings", _year_headings),
)
