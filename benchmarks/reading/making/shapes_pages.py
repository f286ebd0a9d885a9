"""Hand-made lists and articles in shapes the corpus lacks: disclosure, letters, landing pages."""

# ruff: noqa: E501 - a row of markup stays on one line

from __future__ import annotations

from datetime import date

from benchmarks.reading.making.shapes import DAYS, NAMES, NEWEST, Shape, page, rows

PLAIN = "<li><a href='/tzgg/{n}.html' title='{t}'>{t}</a><span>{d}</span></li>"
DISCLOSURE = (
    "<tr><td>41020000/2022-0{n}</td><td><a href='/xxgk/{n}.html'>{t}</a></td><td>示例市政府办公室</td>"
    "<td>{d.year}-0{n}-28</td><td>{d}</td><td>有效</td></tr>"
)
LETTER = "<tr><td>20220000{n}</td><td><a href='/xx/{n}.html'>咨询{t}</a></td><td>咨询</td><td>{d}</td><td>已回复</td></tr>"
LETTER_BOX = (
    "<li><div><a href='/xx/{n}.html'>关于{t}的咨询</a></div><p>来信人：王** 来信时间：2022-05-0{n} 10:11</p>"
    "<p>答复单位：市教体局 答复时间：{d} 15:12</p></li>"
)
SUB = "<div class='box'><h3><a href='/{k}/'>{k}</a><a href='/{k}/'>更多&gt;&gt;</a></h3><ul>{rows}</ul></div>"
OLDER = "".join(
    f"<li><a href='/old/{n}.html'>往年历史工作通报文件之{n}</a><span>2021-0{n}-11</span></li>"
    for n in range(1, 7)
)
STATS = "".join(
    f"<li><a href='/bstj/{m}.html'>示例市2022年{m}月份政务服务办件统计</a><span>2022-0{m + 1}-03</span></li>"
    for m in range(5, 0, -1)
)
META = "<meta name='ArticleTitle' content='x'><meta name='PubDate' content='{}'>"
TEXT = (
    "<p>各县区人民政府，市直各部门：</p><p>　　为做好2022年度统计执法检查工作，根据《统计法》及2021年12月1日修订的办法，"
    "现就有关事项通知如下。请于2022年6月30日前将自查报告报送至市统计局，逾期按2022年7月5日会议要求处理。"
    "此项工作自2022年6月1日起开展，至2022年12月31日结束，各单位要加强组织领导，明确责任分工，确保检查工作取得实效。</p>"
)


def _article(info: str, scripts: str = "", tail: str = "") -> str:
    return page(
        f"<h1>关于开展2022年度统计执法检查的通知</h1><div class='info'>{info}</div><div class='content'>{TEXT}{tail}</div>",
        "关于开展2022年度统计执法检查的通知_示例市人民政府",
        scripts=scripts,
    )


def _list(name: str, main: str, count: int | None = len(DAYS), newest: date = NEWEST) -> Shape:
    return Shape(f"list/{name}", page(main), ("LIST",), newest, count)


def _one(name: str, text: str, newest: date | None = NEWEST, hidden: str | None = None) -> Shape:
    url = "http://www.example.test/tzgg/detail-3311.html"
    return Shape(f"article/{name}", text, ("ARTICLE",), newest, url=url, hidden=hidden)


SIGNED = "<p align='right'>示例市统计局</p><p align='right'>2022年6月8日</p>"

PAGE_SHAPES: tuple[Shape, ...] = (
    _list(
        "disclosure-table",
        "<table class='xxgk'><tr><th>索引号</th><th>名称</th><th>发布机构</th><th>成文日期</th><th>发布日期</th><th>有效性</th></tr>"
        + rows(DISCLOSURE) + "</table>",
    ),
    _list(
        "letters-table",
        "<table><tr><th>编号</th><th>标题</th><th>类型</th><th>回复日期</th><th>状态</th></tr>" + rows(LETTER) + "</table>",
    ),
    _list("letters-boxes", f"<ul class='letters'>{rows(LETTER_BOX)}</ul>"),
    _list("service-statistics", f"<ul>{STATS}</ul>", 5, date(2022, 6, 3)),
    _list(
        "landing-sub-lists",
        SUB.format(k="本年", rows=rows(PLAIN)) + SUB.format(k="往年", rows=OLDER),
        None,
    ),
    _list(
        "landing-newest-second",
        SUB.format(k="往年", rows=OLDER) + SUB.format(k="本年", rows=rows(PLAIN)),
        None,
    ),
    _list("year-tabs", f"<ul class='tab'><li>2022年</li><li>2021年</li></ul><ul>{rows(PLAIN)}</ul><ul style='display:none'>{OLDER}</ul>", None),
    _list("one-item", f"<ul class='list'>{rows(PLAIN).split('</li>')[0]}</li></ul>", 1),
    _list("two-items", "<ul class='list'>" + "</li>".join(rows(PLAIN).split("</li>")[:2]) + "</li></ul>", 2),
    _list("pictures", f"<div class='pic'>{rows('''<div class='p'><a href='/{n}.html'><img src='/{n}.jpg'></a><a href='/{n}.html'>{t}</a><p>{d}</p></div>''')}</div>"),
    _list("downloads", f"<ul>{rows('''<li><a href='/P0202206{n}.pdf'>{t}.pdf</a>（{n}25KB）<span>{d}</span></li>''')}</ul>"),
    _list("other-hosts", f"<ul>{rows('''<li><a href='https://mp.weixin.qq.com/s/{n}'>{t}</a><span>{d}</span></li>''')}</ul>"),
    Shape("list/gbk", page(f"<ul>{rows(PLAIN)}</ul>").replace("utf-8", "gb2312").encode("gb18030"), ("LIST",), NEWEST, len(DAYS), "text/html"),
    Shape("list/fragment", f"<ul>{rows(PLAIN)}</ul>", ("LIST",), NEWEST, len(DAYS)),
    Shape("list/xhtml", '<?xml version="1.0" encoding="utf-8"?>' + page(f"<ul>{rows(PLAIN)}</ul>"), ("LIST",), NEWEST, len(DAYS), "application/xhtml+xml"),
    Shape("list/undated", page(f"<ul>{rows('''<li><a href='/{n}.html'>{t}</a></li>''')}</ul>"), ("LIST",), None, len(DAYS)),
    Shape("list/dates-in-addresses-only", page(f"<ul>{rows('''<li><a href='./t{d:%Y%m%d}_{n}33.html'>{t}</a></li>''')}</ul>"), ("LIST",), NEWEST, len(DAYS), hidden="shown date"),
    _one("labelled", _article("发布时间：2022-06-15 09:30　来源：市统计局　浏览次数：20220618")),
    _one("labelled-apart", _article("<span>来源：市统计局</span><span>发布日期</span><b>2022年6月15日</b>")),
    _one("bare", _article("2022-06-15　市统计局　【字体：大 中 小】")),
    _one("slash", _article("时间:2022/6/15 点击:[1203]")),
    _one("signed-earlier", _article("发布时间：2022-06-15", tail=SIGNED)),
    _one("meta-agrees", _article("发布时间：2022-06-15", META.format("2022-06-15 09:30"))),
    _one("meta-only", _article("来源：市统计局", META.format("2022-06-15 09:30"))),
    _one("meta-disagrees", _article("发布时间：2022-06-15", META.format("2022-06-18 10:00"))),
    _one("meta-in-the-future", _article("来源：市统计局", META.format("2023-10-23 09:30")), None),
    _one("document-table", _article("<table><tr><td>索引号</td><td>4102/2022-11</td><td>成文日期</td><td>2022年06月08日</td></tr><tr><td>发文机关</td><td>市统计局</td><td>发布日期</td><td>2022年06月15日</td></tr></table>")),
    _one("published-below", _article("来源：市统计局", tail="<p>发布时间：2022-06-15</p>")),
    _one("undated", _article("来源：市统计局　作者：张三"), None),
    _one("signature-only", _article("来源：市统计局", tail=SIGNED), None, "shown date"),
    _one("with-related", _article("发布时间：2022-06-15", tail=f"<div class='xg'><h3>相关文章</h3><ul>{OLDER}</ul></div>")),
    _one("with-newer-related", _article("发布时间：2022-05-20", tail=f"<div class='xg'><h3>最新文章</h3><ul>{rows(PLAIN)}</ul></div>"), DAYS[-1]),
    _one("leader", page(f"<h2>市长 张三</h2><div>发布时间：2022-06-15</div><p>张三，男，汉族，1968年5月生，1990年7月参加工作，{NAMES[1]}。现任示例市人民政府市长，主持市政府全面工作，分管审计工作。</p>")),
)  # fmt: skip
