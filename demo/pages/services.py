"""Pages that serve people: guides with elements, letters with answers; and what a page hides."""

from __future__ import annotations

from bisect import bisect_right
from html import escape

from demo.chance import chance
from demo.data import CityNames, survey_file
from demo.listing import Row, row_of
from demo.pages.frame import link
from demo.plan import Column, Site
from demo.surveying import asked_on, holds, waiting_serial

ANSWER = "您好，您反映的问题收悉。经核实，有关部门已经安排处理，感谢您的关注和支持。"


def service_text(city: CityNames, site: Site, column: Column, row: Row) -> str:
    """What a page of a column says beside its paragraphs: a guide's elements, a letter's fields,
    what a site hides or lends."""
    if column.concept.kind == "guide":
        return _guide(city, site, column, row)
    if column.concept.kind == "messages":
        return _letter(site, column, row)
    return _hidden(holds(site, column)) + _related(city, site, column, row)


# The two sides of 解读关联: the column that an item's page links to, and under which words.
RELATED = {"interpretation": ("policy", "政策原文"), "policy": ("interpretation", "相关解读")}


def _related(city: CityNames, site: Site, column: Column, row: Row) -> str:
    """A policy's interpretation, an interpretation's policy: the latest of the other's column."""
    key, words = RELATED.get(column.concept.key, ("", ""))
    other = next((one for one in site.columns if one.concept.key == key), None)
    if other is None or (key == "policy" and site.planted == "unlinked_interpretations"):
        return ""
    serial = max(0, bisect_right(other.days, row.day) - 1)  # or the first, from before our time
    return f"<p>{words}：{link(row_of(city, site, other, serial).href, words)}</p>"


def _guide(city: CityNames, site: Site, column: Column, row: Row) -> str:
    """The ten elements, under the names that this site gives them."""
    plant, data = holds(site, column), survey_file()
    if plant == "guides_in_files":
        return f'<p>办事指南全文：<a href="/files/{row.serial}.pdf">点击下载</a></p>'
    names = data["other_labels"] if plant == "other_labels" else {}
    left_out = data["left_out"] if plant == "short_guides" else ()
    theme = chance("guide", column.seed, column.identity, row.serial).choice(site.body.themes)
    values = {"theme": theme, "city": city.short, "unit": site.body.full_name}
    phone = f"{city.phone}-{3800000 + int(site.code) % 90000}"
    return "".join(
        f"<p>{names.get(name, name)}：{escape(words.format(**values, phone=phone))}</p>"
        for name, words in data["elements"].items()
        if name not in left_out
    )


def _letter(site: Site, column: Column, row: Row) -> str:
    asked = asked_on(row.serial, row.stated)
    head = f"<p>留言标题：{escape(row.title)}</p><p>留言时间：{asked}</p>"
    if row.serial == waiting_serial(site, column):
        return f"{head}<p>办理状态：办理中</p>"
    return (
        f"{head}<p>办理状态：已办结</p><p>答复单位：{escape(site.body.full_name)}</p>"
        f"<p>答复时间：{row.stated}</p><p>答复内容：{ANSWER}</p>"
    )


def _hidden(plant: str | None) -> str:
    data = survey_file()
    if plant == "hidden_links":
        sold = (link(f"http://www.bc{n}88.test/", words) for n, words in enumerate(data["sellers"]))
        return f'<div style="position:absolute;left:-9999px">{"".join(sold)}</div>'
    if plant == "hidden_news":
        news = (link(f"/topic/{n}.html", words) for n, words in enumerate(data["news"]))
        return f'<div class="tab" style="display:none">{"".join(news)}</div>'
    if plant == "lapsed_partner":
        partner = link(f"http://{data['lapsed_host']}/", "行业服务网")
        return f"<p>合作单位：{partner}</p>"
    return ""
