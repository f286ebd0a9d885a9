"""Pages of one piece: articles behind lists, and columns that are one page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from html import escape
from types import MappingProxyType

from demo.chance import chance
from demo.data import CityNames
from demo.listing import Row
from demo.pages.dates import padded_chinese_date, time_of_day
from demo.pages.frame import Page, link
from demo.pages.services import service_text
from demo.pages.skins import dressed
from demo.plan import Column, Site
from demo.titles import clicks_of, paragraphs_of


def _info_plain(row: Row, source: str, clicks: int) -> str:
    return (
        f"发布时间：{row.stated} {time_of_day(row.serial)[:5]}　来源：{source}　浏览次数：{clicks}"
    )


def _info_chinese(row: Row, source: str, clicks: int) -> str:
    return (
        f"{padded_chinese_date(row.stated)}　来源：{source}　点击：{clicks} 次　【字体：大 中 小】"
    )


def _info_slashes(row: Row, source: str, _: int) -> str:
    return f"信息来源：{source} 　日期：{row.stated:%Y/%m/%d} {time_of_day(row.serial)}"


INFO: tuple[Callable[[Row, str, int], str], ...] = (_info_plain, _info_chinese, _info_slashes)


def article_page(city: CityNames, site: Site, column: Column, row: Row, today: date) -> str:
    """One article: heading, day of publication, text, attachment, neighbours."""
    info = INFO[int(site.code) % len(INFO)]
    named = column.source(row.serial) or site.body.short
    source = escape(named)
    text = "\n".join(
        f"<p>{escape(line)}</p>"
        for line in paragraphs_of(column, site.body, city, row.serial, row.stated)
    )
    annex = (
        f'<p>附件：<a href="/files/{row.serial}.pdf">{escape(row.title)}.pdf</a></p>'
        if column.concept.kind in ("policy", "notice", "budget")
        else ""
    )
    main = (
        f'<h1>{escape(row.title)}</h1><div class="info">'
        f"{info(row, source, clicks_of(column, row.serial))}</div>\n"
        f'<div class="text" id="zoom">{_letterhead(city, column, row)}{text}{annex}'
        f"{service_text(city, site, column, row)}</div>"
        '<p class="right"><a href="javascript:window.print()">打印本页</a> '
        '<a href="javascript:window.close()">关闭窗口</a></p>'
    )
    meta = (
        ("ArticleTitle", row.title),
        ("PubDate", f"{row.stated} {time_of_day(row.serial)[:5]}"),
        ("ContentSource", named),
    )
    return dressed(Page(city, site, today, row.title, main, column, meta))


def _letterhead(city: CityNames, column: Column, row: Row) -> str:
    """Documents show when they were signed, which is not when they were published."""
    if column.concept.kind != "policy":
        return ""
    return (
        f"<p>发文字号：{city.letter}政办〔{row.written.year}〕{row.serial % 60 + 1}号　"
        f"成文日期：{padded_chinese_date(row.written)}</p>"
    )


def _office_text(site: Site) -> list[str]:
    name = site.body.full_name
    return [
        f"{name}贯彻落实党中央、国务院和省委、市委有关方针政策，主要职责如下：",
        *(
            f"（{n}）负责{theme}有关工作，组织拟订规划并监督实施。"
            for n, theme in enumerate(site.body.themes, 1)
        ),
        "内设机构：办公室、政策法规科、人事科。办公时间：周一至周五8:30-12:00，15:00-18:00。",
    ]


def _leaders_text(site: Site) -> list[str]:
    draw = chance("leaders", site.seed, site.host)
    names = draw.sample(["王建国", "李红梅", "张志强", "刘海涛", "陈丽娟", "赵永刚"], 4)
    return [
        f"{name}　{post}　主持或协助分管{theme}等工作。"
        for name, post, theme in zip(
            names,
            ("主要负责人", "分管负责人", "分管负责人", "四级调研员"),
            site.body.themes,
            strict=False,
        )
    ]


def _guide_text(site: Site) -> list[str]:
    name = site.body.full_name
    return [
        f"为方便公民、法人和其他组织获得{name}的政府信息，特编制本指南。",
        "一、公开内容：主动公开的政府信息范围参见本机关法定主动公开内容。",
        "二、公开形式：通过政府网站、新闻发布会以及报刊、广播、电视等方式公开。",
        f"三、依申请公开：申请人可向{name}办公室提出申请，自收到申请之日起二十个工作日内答复。",
        "四、监督方式：公民认为本机关未依法履行政府信息公开义务的，可以向上级机关投诉举报。",
    ]


def _profile_text(site: Site) -> list[str]:
    return [
        f"{site.body.short}历史悠久，交通便利，总面积{400 + int(site.code) % 900}平方公里，"
        f"总人口{30 + int(site.code) % 60}万。",
        "境内河流纵横，物产丰富，是全国粮食生产先进县区，近年来经济社会保持平稳较快发展。",
    ]


def _links_text(_: Site) -> list[str]:
    return []


SINGLE_TEXT: Mapping[str, Callable[[Site], list[str]]] = MappingProxyType(
    {
        "org": _office_text,
        "leaders": _leaders_text,
        "guide_doc": _guide_text,
        "profile": _profile_text,
        "links": _links_text,
    }
)
SERVICES = (
    "社会保障卡制卡进度查询",
    "住房公积金账户查询",
    "机动车交通违法处理",
    "企业开办一件事",
    "不动产登记信息查询",
    "生育登记服务",
    "异地就医备案",
    "人才引进补贴申领",
    "工程建设项目审批",
    "纳税服务网上大厅",
    "灵活就业社保缴费",
    "车船购置税查询",
)


def single_page(city: CityNames, site: Site, column: Column, today: date) -> str:
    """A column that is one page. With `image_only` it is a picture, and blank to a hasty look."""
    heading = f"<h2>{escape(column.name)}</h2>"
    if column.twist == "image_only":
        body = '<p align="center"><img src="/images/jgt.jpg" width="760" height="420"></p>'
    elif column.twist == "one_line":
        body = f'<div class="text"><p>{_one_line(site)}</p></div>'
    elif column.concept.key == "links":
        body = _service_links()
    else:
        lines = SINGLE_TEXT[column.concept.key](site)
        body = f'<div class="text">{"".join(f"<p>{escape(line)}</p>" for line in lines)}</div>'
    return dressed(Page(city, site, today, column.name, heading + body, column))


def _one_line(site: Site) -> str:
    """A page that is done with a sentence and a file."""
    return f'详见附件：<a href="/files/{int(site.code) % 9973}.pdf">{escape(site.body.short)}</a>'


def _service_links() -> str:
    rows = "".join(
        f"<li>{link(f'http://www.gov.cn/fuwu/{n}.htm', name)}</li>"
        for n, name in enumerate(SERVICES)
    )
    return f'<ul class="fuwu">{rows}</ul>'
