"""Pages that are not what was asked for: firewalls, log-in walls, errors, pages that send elsewhere."""

# ruff: noqa: E501 - markup reads better unbroken
from __future__ import annotations

from html import escape

JSL_COOKIE = "__jsl_clearance"
WAITING_COOKIE = "yunsuo_session_verify="


def jsl_challenge() -> str:
    """加速乐: a script that sets a cookie and comes again (standard, 5.3)."""
    return (
        "<script>document.cookie=('_')+('_')+('jsl_clearance')+('=1654480000.123|-1|')+"
        "'x%2BdQ%3D;max-age=3600;path=/';location.href=location.pathname+location.search;</script>"
    )


def rs_challenge() -> str:
    """瑞数: a meta with a token and a program nobody can read (standard, 5.3)."""
    noise = "".join(chr(97 + n * 7 % 26) for n in range(900))
    return (
        '<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; '
        f'charset=utf-8"><meta id="9DhefwqGPrzGxEp9hPaoag" content="{noise}" r="m">'
        '<script type="text/javascript" charset="utf-8" src="/4QbVtADbnLVIc/d.FxJzG50F.js"></script>'
        f'<script type="text/javascript" r="m">$_ts=window["$_ts"];if(!$_ts)$_ts={{}};$_ts.cd="{noise}";'
        "</script></head><body></body></html>"
    )


def shield_page(host: str) -> str:
    """A cloud shield's refusal."""
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>访问被拦截</title></head><body>'
        "<h1>403</h1><p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p>"
        f"<p>您的请求ID是：7b2a9d16544800001234e　站点：{escape(host)}　云防护</p></body></html>"
    )


def waiting_room() -> str:
    """A script check with a few words: a cookie is set, and the page comes again (standard, 5.3)."""
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>安全验证</title></head><body>'
        "<p>正在检查您的浏览器，请稍候……</p><noscript>请启用JavaScript和Cookie后重试</noscript><script>"
        f"setTimeout(function(){{document.cookie='{WAITING_COOKIE}5e1f'+(7*191)+';path=/';"
        "location.reload();},700);</script></body></html>"
    )


def maintenance() -> str:
    """What an old gateway tells whatever is no browser (standard, 5.3)."""
    return (
        '<html><head><meta charset="utf-8"><title>系统维护</title></head><body>'
        "<h1>500</h1><p>系统维护中，请稍后再访问。</p></body></html>"
    )


def plain_not_found() -> str:
    """A web server's own words."""
    return (
        "<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1>"
        "</center><hr><center>nginx</center></body></html>"
    )


def busy() -> str:
    """A server that asks to be left alone for a moment."""
    return (
        "<html><head><title>503 Service Temporarily Unavailable</title></head><body><center>"
        "<h1>503 Service Temporarily Unavailable</h1></center></body></html>"
    )


def too_many() -> str:
    """A server that was asked too often."""
    return (
        '<html><head><meta charset="utf-8"><title>429 Too Many Requests</title></head><body>'
        "<h1>访问过于频繁，请稍后再试</h1></body></html>"
    )


def parked(host: str) -> str:
    """What a resolver that has lost its way shows for a name: a domain for sale."""
    return (
        f'<html><head><meta charset="utf-8"><title>{escape(host)} - 域名出售</title></head><body>'
        f"<h1>{escape(host)}</h1><p>您访问的域名可以转让！This domain may be for sale.</p>"
        '<ul><li><a href="http://www.gov.cn/a">贷款</a></li><li><a href="http://www.gov.cn/b">'
        "旅游</a></li></ul><p>域名停放服务</p></body></html>"
    )


def renovating_main(name: str) -> str:
    """A column that is being rebuilt, by its own words (standard, P29)."""
    return f'<h2>{escape(name)}</h2><div class="tips"><p>本栏目正在升级改版中，敬请期待！</p></div>'


def login_page() -> str:
    """A log-in form."""
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>统一身份认证</title></head><body>'
        '<div class="login"><h2>用户登录</h2><form action="/login" method="post">用户名：'
        '<input name="username"><br>密码：<input type="password" name="password"><br>验证码：'
        '<input name="captcha"> <input type="submit" value="登录"></form>'
        "<p>请登录后查看留言办理情况</p></div></body></html>"
    )


def not_found_main() -> str:
    """What a site says of an address it does not know."""
    return (
        '<div class="error"><h2>404</h2><p>抱歉，您访问的页面不存在或已被删除！</p>'
        '<p><a href="/">返回首页</a></p></div>'
    )


def server_error() -> str:
    """A servlet container's trace."""
    return (
        "<!doctype html><html><head><title>HTTP Status 500 – Internal Server Error</title></head>"
        "<body><h1>HTTP Status 500 – Internal Server Error</h1><hr><p><b>Type</b> Exception Report</p>"
        "<p><b>Message</b> could not open JDBC connection</p><pre>java.sql.SQLException</pre>"
        "<hr><h3>Apache Tomcat/7.0.54</h3></body></html>"
    )


def empty_main(name: str) -> str:
    """A column whose rows are missing for a moment."""
    return f'<h2>{escape(name)}</h2><ul class="list"></ul><p>暂无信息</p>'


def meta_refresh(to: str) -> str:
    """A page that only sends on, by a meta element."""
    return (
        f'<html><head><meta http-equiv="refresh" content="0; url={escape(to)}"><title></title></head>'
        "<body></body></html>"
    )


def script_jump(to: str) -> str:
    """A page that only sends on, by a script."""
    return f'<html><head><script>window.location.href="{escape(to)}";</script></head><body></body></html>'


def frameset(to: str, title: str) -> str:
    """A page of frames, the list in one of them."""
    return (
        f'<html><head><title>{escape(title)}</title></head><frameset rows="110,*" frameborder=0>'
        f'<frame src="/top.html" name="top" scrolling="no"><frame src="{escape(to)}" name="main">'
        "</frameset></html>"
    )


def frame_in_page(to: str) -> str:
    """The main area of a page whose list stands in an inner frame."""
    return (
        f'<iframe src="{escape(to)}" width="100%" height="640" frameborder="0" scrolling="no">'
        "</iframe>"
    )


def frame_by_script(to: str) -> str:
    """The same frame, written by a script over what the template says of an empty column."""
    frame = frame_in_page(to).replace("/", "\\/")
    return (
        "<script>(function(){var p=document.getElementsByTagName('p');"
        "for(var i=0;i<p.length;i++)if(p[i].innerHTML=='暂无信息')p[i].style.display='none';"
        f"document.write('{frame}');}})();</script>"
    )


def outside_page(host: str) -> str:
    """A host outside the city."""
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>对照站点</title></head><body>'
        f'<h1>{escape(host)}</h1><p>本页面正常。</p><ul><li><a href="/a">要闻</a></li></ul></body></html>'
    )
