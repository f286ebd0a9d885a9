"""List pages whose list is not in their own bytes: the ground on which EMPTY must not be said.

The truth stays what a visitor sees: the list, filled by a script or in a frame. The dates are
hidden from the reader, so no answer is asked; an older one (from a sidebar) would accuse, and so
would EMPTY. Only the rows of BARE are empty columns indeed.
"""

# ruff: noqa: E501 - a row of markup stays on one line

from __future__ import annotations

from random import Random

from benchmarks.reading.making.template import Made, Mutation, Template, made

SEEN = ("SCRIPT_SHELL", "FORWARD", "LIST", "ARTICLE", "UNREADABLE", "CHALLENGE")
FILLED = {
    "filled/ajax": "<ul id='list'></ul><script>$.get('/api/list?cid=3',function(r){$('#list').html(tpl(r))})</script>",
    "filled/fetch": "<div id='newsbox'></div><script>fetch('/interface/list.do').then(r=>r.json()).then(show)</script>",
    "filled/no-data-hidden": "<ul id='l'></ul><div class='nodata' style='display:none'>暂无数据</div><script src='/js/list.js'></script><script>loadList(1)</script>",
    "filled/no-data-template": "<div id='l'></div><script type='text/html' id='t'>{{if list.length==0}}<p>暂无内容</p>{{/if}}</script><script>render('t','l')</script>",
    "filled/no-data-until-loaded": "<ul class='list'><li class='empty'>暂无数据</li></ul><script>var page=1;getData(page,'/module/web/jpage/dataproxy.jsp')</script>",
    "filled/vue": "<div id='app'><ul><li v-for='i in rows'><a :href='i.url'>{{i.title}}</a><span>{{i.date}}</span></li></ul><p v-if='!rows.length'>暂无内容</p></div>",
    "filled/frame": "<iframe id='main' src='/list/3.jsp' width='100%' height='800'></iframe>",
    "filled/frame-by-script": "<script>document.write('<iframe src=/list.jsp?id=3 width=700 height=900></iframe>')</script>",
    "filled/write": "<script src='/js/column_3.js'></script><script>writeList(3);</script>",
    "filled/jpage": "<div id='12706'></div><script src='/script/jpage.js'></script><script>$('#12706').jpage({totalRecord:120,proxyUrl:'/module/web/jpage/dataproxy.jsp',perPage:15})</script>",
    "filled/object": "<object data='/list.swf' type='application/x-shockwave-flash' width=700 height=500></object>",
    "filled/embed": "<embed src='/P020220601.pdf' type='application/pdf' width='100%' height='900'>",
    "filled/picture": "<p align='center'><img src='/W020220601_1.jpg' width='700'></p><p><img src='/W020220601_2.jpg'></p>",
    "filled/video": "<div id='player'></div><script>new Player({id:'player',source:'/v/1.m3u8'})</script>",
    "filled/module": "<div data-module='column-list' data-url='/zwdt/list.json'></div><script type='module' src='/assets/m.js'></script>",
    "filled/server-tag-left": "<trs_documents num='20'><trs_document field='doctitle'/></trs_documents><script src='/js/l.js'></script>",
    "filled/jumps-on": "<script>window.location.href='./xxgk/';</script>",
}
TEXTS = {
    "text/one-page": "<h2>机构职能</h2><p>一、贯彻落实上级关于统计工作的方针政策，拟订统计改革和发展规划。</p><p>二、组织实施普查，依法查处统计违法行为。暂无下属单位。</p><p>三、完成市委、市政府交办的其他任务。办公地址：示例市中山路1号，办公时间：工作日8:00-12:00。</p>",
    "text/table": "<table><tr><td>姓名</td><td>职务</td></tr><tr><td>张三</td><td>局长</td></tr><tr><td>李四</td><td>副局长</td></tr></table>",
    "text/links": "<ul><li><a href='/a/'>政府信息公开指南</a></li><li><a href='/b/'>政府信息公开制度</a></li><li><a href='/c/'>法定主动公开内容</a></li><li><a href='/d/'>政府信息公开年报</a></li></ul>",
    "text/form": "<form action='/mail/send'><input name='title'><textarea name='c'></textarea><input type='submit' value='我要写信'></form>",
    "text/download": "<p>附件下载：<a href='/P020220601.pdf'>示例市统计局2021年度部门决算</a></p>",
}
BARE = {
    "bare/words": "<ul></ul><p>暂无内容</p>",
    "bare/table": "<table><tr><th>标题</th><th>日期</th></tr></table><div>暂无相关信息</div>",
}


def _emptied(markup: str, states: tuple[str, ...], hides: str | None) -> Mutation:
    """The page with its list taken out and something else in its place."""

    def mutate(template: Template, _: Random) -> Made:
        html = template.head + markup + template.tail
        newest = template.newest if hides else None
        return made(template, html, newest=newest, count=None, states=states, hidden=hides)

    return mutate


def _widget(words: str) -> Mutation:
    """The whole list, and a widget beside it that has nothing to show."""

    def mutate(template: Template, _: Random) -> Made:
        return made(template, template.html().replace("</body>", f"<div>{words}</div></body>"))

    return mutate


BLANKS: dict[str, Mutation] = {
    **{name: _emptied(text, SEEN, "list filled elsewhere") for name, text in FILLED.items()},
    **{name: _emptied(text, SEEN, "no list at all") for name, text in TEXTS.items()},
    **{name: _emptied(text, ("EMPTY", "LIST", "UNREADABLE"), None) for name, text in BARE.items()},
    "widget/nothing-related": _widget("<h3>相关推荐</h3><p>暂无相关内容</p>"),
    "widget/no-comments": _widget("暂无评论，敬请期待"),
    "widget/no-results": _widget("<div class='tips' style='display:none'>没有找到相关数据</div>"),
}
