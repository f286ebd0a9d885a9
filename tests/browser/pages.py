"""Pages that say nothing, or something else, without a browser."""

from __future__ import annotations

from collections.abc import Mapping

ROWS = "".join(
    f'<li><a href="/art/{n}.html">关于做好第{n}项重点工作的通知</a>'
    f"<span>2022-06-{18 - n:02}</span></li>"
    for n in range(1, 11)
)
LIST = f"<ul class='list'>{ROWS}</ul>"
SHELL = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>动态</title></head>"
    "<body>{}</body></html>"
)


def page(body: str) -> str:
    return SHELL.format(body)


def script(code: str) -> str:
    return page(f"<h1>部门动态</h1><div id='box'></div><script>{code}</script>")


OLD_LIST = LIST.replace("2022-06", "2021-06")


def tabs(first: str, second: str, shown: str) -> str:
    """A page of two tabs, with what each does when it is clicked, and what it shows at first."""
    return page(
        "<h1>部门动态</h1><div class='tab-head'>"
        f"<a href='javascript:;' onclick=\"go(0)\">本级动态</a>"
        f"<a href='javascript:;' onclick=\"go(1)\">基层动态</a></div><div id='box'></div>"
        "<form><button onclick=\"fetch('/pressed')\">我要写信</button></form>"
        "<script>const show = html => { document.getElementById('box').innerHTML = html };"
        f"const old = () => {{ {shown} }};"
        f"const go = n => {{ if (n) {{ {second} }} else {{ {first} }} }}; old();</script>"
    )


FILL = f"document.getElementById('box').innerHTML = `{LIST}`;"

# path -> status, headers, body; {port} stands for the server's own.
PAGES: Mapping[str, tuple[int, Mapping[str, str], str]] = {
    "/plain": (200, {}, page(LIST)),
    "/script": (200, {}, script(f"setTimeout(() => {{ {FILL} }}, 3000);")),
    "/says-nothing": (200, {}, page("<h1>部门动态</h1>")),
    "/says-nothing-with-a-script": (200, {}, script("document.title = '动态';")),
    "/told-by-a-line": (
        200,
        {},
        script(
            f"new WebSocket(`ws://${{location.host}}/line`);setTimeout(() => {{{FILL}}}, 4000);"
        ),
    ),
    "/call": (
        200,
        {},
        script(
            "fetch('/data').then(r => r.text())"
            ".then(t => document.getElementById('box').innerHTML = t);"
        ),
    ),
    "/data": (200, {}, LIST),
    "/shadow": (
        200,
        {},
        script(
            f"document.getElementById('box').attachShadow({{mode: 'open'}}).innerHTML = `{LIST}`;"
        ),
    ),
    "/framed": (200, {}, page("<h1>动态</h1><iframe src='/plain' width=800 height=600></iframe>")),
    "/alert": (200, {}, script(f"alert('欢迎访问'); {FILL}")),
    "/popup": (200, {}, script(f"window.open('/plain'); {FILL}")),
    "/broken-after": (200, {}, script(f"{FILL} nothing.here();")),
    "/broken-before": (200, {}, script(f"nothing.here(); {FILL}")),
    "/download": (
        200,
        {"Content-Type": "application/zip", "Content-Disposition": "attachment; filename=a.zip"},
        "PK",
    ),
    "/jump": (200, {}, page("<script>location.href = '/plain'</script>")),
    "/inside": (302, {"Location": "http://localhost:{port}/plain"}, ""),
    "/reaches-inside": (
        200,
        {},
        page(f"{LIST}<script src='http://localhost:{{port}}/secret.js'></script>"),
    ),
    "/secret.js": (200, {"Content-Type": "text/javascript"}, "document.body.innerHTML = ''"),
    "/pictures": (200, {}, page(f"{LIST}<img src='/logo.png'>")),
    "/ie": (
        200,
        {},
        page(
            "<p>请使用IE浏览器访问本栏目</p><object classid='clsid:1'></object>"
            "<script language='vbscript'>MsgBox 1</script><div id='list'></div>"
        ),
    ),
    # An old list behind the first tab, a fresh one behind the second, by a script or by a call.
    "/tabs": (200, {}, tabs("old()", f"show(`{LIST}`)", f"show(`{OLD_LIST}`)")),
    "/tabs-call": (
        200,
        {},
        tabs("old()", "fetch('/data').then(r => r.text()).then(show)", f"show(`{OLD_LIST}`)"),
    ),
    "/tabs-empty": (200, {}, tabs("old()", f"show(`{LIST}`)", "show('暂无内容')")),
    "/tabs-old": (200, {}, tabs("old()", "show('暂无内容')", f"show(`{OLD_LIST}`)")),
    "/tabs-away": (200, {}, tabs("old()", "location.href = '/plain'", f"show(`{OLD_LIST}`)")),
    "/narrow": (
        200,
        {},
        page(f"<style>@media (max-width: 600px) {{ body {{ display: none }} }}</style>{LIST}"),
    ),
    "/hang": (200, {}, script("while (true) {}")),
    "/cookie": (200, {"Set-Cookie": "seen=1"}, script("document.title = document.cookie; " + FILL)),
}
