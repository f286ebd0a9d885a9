"""Hand-made pages that show no list: firewalls' answers, errors, shells, forms, forwards, blanks.

One row a documented sign (standard, section 5.3); the accepted states are a careful person's.
"""

# ruff: noqa: E501 - a row of markup stays on one line

from __future__ import annotations

from benchmarks.reading.making.shapes import Shape, page

NOISE = "".join(f"_${i * 37 % 256:02x}[{i}]^=0x{i * 7919:x};" for i in range(400))
HEX = "3B1E6E65D31E1A37F1D4DC1E7F7B0E6DBD6B9E0B"


def _plain(title: str, text: str) -> str:
    return (
        f"<html><head><meta charset='utf-8'><title>{title}</title></head><body>{text}</body></html>"
    )


def _shell(root: str, *scripts: str) -> str:
    tags = "".join(f"<script src='{script}'></script>" for script in scripts)
    return (
        "<!DOCTYPE html><html lang='zh'><head><meta charset='utf-8'><title>通知公告</title>"
        f"<link href='/css/app.8f3a.css' rel='stylesheet'></head><body>{root}{tags}</body></html>"
    )


CHALLENGES: tuple[tuple[str, str], ...] = (
    (
        "jsl-first",
        "<script>document.cookie=('_')+('_')+('j')+('s')+('l')+('_')+('c')+('l')+('e')+('a')+(-~[]+'')+';Max-age=3600;"
        "path=/';location.href=location.pathname+location.search</script>",
    ),
    (
        "jsl-second",
        f"<script>var _0x4b82=['\\x77','\\x41'];(function(_0x1,_0x2){{{NOISE}}})(_0x4b82,0xf3);function hash(_0x3){{}}"
        ';go({"bts":["1655712000.1|0|Pq","%2B8"],"chars":"abcdefgh","ct":"9d2c","ha":"md5","tn":"__jsl_clearance_s","vt":"3600","wt":"1500"})</script>',
    ),
    (
        "ruishu",
        "<!DOCTYPE html><html><head><meta http-equiv='Content-Type' content='text/html; charset=utf-8'><meta content='{qqhp1x5rqqcWf2}'>"
        f"<!--[if lt IE 9]><script r='m'>document.createElement('section')</script><![endif]--><script type='text/javascript' r='m'>$_ts=window['$_ts'];if(!$_ts)$_ts={{}};$_ts.nsd=64521;$_ts.cd='{NOISE[:900]}';</script>"
        "<script src='/4QbVtADbnLVIc/c.FxJzG50F.dfe1675.js' r='m'></script></head><body><form action='' method='post' id='_form'></form></body></html>",
    ),
    (
        "acw-sc-v2",
        f"<html><script>var arg1='{HEX}';var _0x4818=['\\x63\\x73'];(function(){{{NOISE[:1500]}}})();function setCookie(a,b){{document.cookie=a+'='+b}}"
        "function reload(x){setCookie('acw_sc__v2',x);document.location.reload();}</script></html>",
    ),
    (
        "aliyun-405",
        _plain("405", "<div class='main'><h1>405</h1><p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p><p>您的请求ID是: <strong>7b3f2e1a16557120001234567e</strong></p></div>"),
    ),
    (
        "aliyun-slider",
        "<html><head><title>滑动验证页面</title><meta name='aliyun_waf_aa' content='8a9b'></head><body><div id='nocaptcha'></div><script src='//g.alicdn.com/sd/ncpc/nc.js'></script></body></html>",
    ),
    (
        "yundun-page",
        _plain("网站防火墙", "<h3>网站防火墙</h3><p>您的请求带有不合法参数，已被网站管理员设置拦截！</p><p>可能原因：您提交的内容包含危险的攻击请求</p><p>如何解决：联系网站管理员</p>"),
    ),
    ("jiasule-403", _plain("访问被拦截！", "<p>当前访问疑似黑客攻击，已被网站管理员设置为拦截</p><p>知道创宇云防御 事件ID：5f3a-22</p>")),
    ("safeline", _plain("安全检测能力由 长亭雷池 WAF 提供", "<div>正在确认你是不是机器人</div><script>var slg_bg='x'</script><script src='/.safeline/challenge.js'></script>")),
    ("safeline-block", _plain("请求存在威胁，已被拦截", "<p>您的访问请求可能对网站造成安全威胁，请求已被 长亭 SafeLine WAF 阻断。</p><p>event_id: 1d3c</p>")),
    ("sangfor", _plain("温馨提示", "<p>您的访问行为异常，已被深信服下一代防火墙拦截，请联系管理员。</p>")),
    ("cloudflare", "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><div class='cf-browser-verification'>Checking your browser before accessing www.example.test.</div><script src='/cdn-cgi/challenge-platform/h/g/orchestrate/jsch/v1'></script></body></html>"),
    ("cookie-reload", "<html><body><script>document.cookie='yunsuo_session_verify=abc;path=/';self.location.href='/tzgg/?security_verify_data=313932';</script></body></html>"),
    ("slide-captcha", _plain("安全验证", "<div class='slide-verify'>请拖动滑块完成验证</div><img src='/captcha/img'>")),
    ("picture-captcha", _plain("访问验证", "<form><p>您的访问过于频繁，请输入验证码后继续访问</p><input name='captcha'><img src='/captcha.jpg'><button>提交</button></form>")),
    ("only-noise", f"<html><head></head><body><script>!function(){{{NOISE}}}();</script></body></html>"),
    ("bt-wait", _plain("检测中", "<p>正在检测浏览器环境，请稍候…</p><script>setTimeout(function(){location.reload()},1200)</script>")),
)  # fmt: skip

_MORE: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("challenge/forbidden", "<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center><hr><center>nginx</center></body></html>", ("CHALLENGE", "SERVER_ERROR", "UNREADABLE")),
    ("challenge/access-denied", "<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You don't have permission to access this server.<P>Reference #18.2d5a</BODY></HTML>", ("CHALLENGE", "SERVER_ERROR", "UNREADABLE")),
    ("challenge/wechat", _plain("验证", "<h2>环境异常</h2><p>当前环境异常，完成验证后即可继续访问。</p><a id='js_verify'>去验证</a>"), ("CHALLENGE",)),
    ("challenge/too-often", _plain("提示", "<p>您的访问过于频繁，IP已被限制，请稍后再试。</p>"), ("CHALLENGE", "SERVER_ERROR")),
    ("challenge/foreign", _plain("访问受限", "<p>抱歉，您所在的地区暂不支持访问本网站，境外IP禁止访问。</p>"), ("CHALLENGE",)),
    ("challenge/cdn-block", _plain("访问禁止", "<p>您的请求疑似攻击行为！如果您是网站管理员，请登录云盾控制台查看。请求ID：62a8f1</p>"), ("CHALLENGE",)),
    ("login/authorization", "<html><head><title>401 Authorization Required</title></head><body><h1>401 Authorization Required</h1></body></html>", ("LOGIN",)),
    ("login/no-rights", _plain("提示", "<p>您没有权限访问该栏目，请先登录！</p><a href='/login.jsp'>登录</a>"), ("LOGIN", "CHALLENGE")),
    ("error/503", "<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>", ("SERVER_ERROR",)),
    ("error/504", "<html><head><title>504 Gateway Time-out</title></head><body><center><h1>504 Gateway Time-out</h1></center></body></html>", ("SERVER_ERROR",)),
    ("error/iis-500", "<html><head><title>500 - 内部服务器错误。</title></head><body><h1>服务器错误</h1><h2>500 - 内部服务器错误。</h2><h3>您查找的资源存在问题，因而无法显示。</h3></body></html>", ("SERVER_ERROR",)),
    ("error/asp-database", "<font face='宋体' size=2><p>Microsoft JET Database Engine</font> <font size=2>错误 '80004005'</font><p>不可识别的数据库格式。<p>/list.asp，行 12", ("SERVER_ERROR",)),
    ("error/thinkphp", _plain("系统发生错误", "<h1>页面错误！请稍后再试～</h1><p>ThinkPHP V5.0.24</p>"), ("SERVER_ERROR",)),
    ("error/trs-publish", _plain("提示", "<p>系统异常！[ERR-101] com.trs.infra.common.WCMException</p>"), ("SERVER_ERROR",)),
    ("suspended/nginx-welcome", "<html><head><title>Welcome to nginx!</title></head><body><h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed.</p></body></html>", ("SUSPENDED", "UNREADABLE")),
    ("suspended/arrears", _plain("站点已停止", "<h1>该站点已暂停服务</h1><p>可能原因：空间到期或欠费</p>"), ("SUSPENDED",)),
    ("suspended/moved-words", _plain("迁移公告", "<p>本网站已迁移至新网址 http://www.new.example.test，请更新您的收藏。</p>"), ("SUSPENDED", "FORWARD", "ARTICLE")),
    ("not-found/go-home", page("<p>您访问的页面已经飞走了，3秒后返回首页</p><script>setTimeout(function(){location.href='/'},3000)</script>", "404错误"), ("NOT_FOUND", "FORWARD")),
    ("not-found/unpublished", _plain("提示", "<p>对不起，该信息未发布或已被撤销！</p>"), ("NOT_FOUND",)),
    ("not-found/param", _plain("提示信息", "<p>参数错误！栏目ID不存在</p>"), ("NOT_FOUND", "SERVER_ERROR", "UNREADABLE")),
    ("unreadable/directory", "<html><head><title>Index of /tzgg/</title></head><body><h1>Index of /tzgg/</h1><hr><pre><a href='../'>../</a>\n<a href='index_1.html'>index_1.html</a>  12-Mar-2019 09:01  1024\n<a href='index_2.html'>index_2.html</a>  12-Mar-2019 09:01  1024\n</pre></body></html>", ("UNREADABLE", "NOT_FOUND")),
)  # fmt: skip

_ROWS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    *((f"challenge/{name}", text, ("CHALLENGE",)) for name, text in CHALLENGES),
    ("not-found/nginx", "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n", ("NOT_FOUND",)),
    ("not-found/iis", _plain("404 - 找不到文件或目录。", "<div id='header'><h1>服务器错误</h1></div><h2>404 - 找不到文件或目录。</h2><h3>您要查找的资源可能已被删除，已更改名称或者暂时不可用。</h3>"), ("NOT_FOUND",)),
    ("not-found/soft", page("<div class='err'><h2>抱歉，您访问的页面不存在或已删除！</h2><p><a href='/'>返回首页</a></p></div>", "页面不存在"), ("NOT_FOUND",)),
    ("not-found/soft-joke", _plain("404", "<p>哎呀，页面走丢了~</p><p>5秒后自动返回首页</p>"), ("NOT_FOUND", "FORWARD")),
    ("not-found/tomcat", "<!doctype html><html><head><title>HTTP Status 404 – Not Found</title></head><body><h1>HTTP Status 404 – Not Found</h1><p><b>Message</b> /tzgg/index.jsp</p><h3>Apache Tomcat/8.5.50</h3></body></html>", ("NOT_FOUND",)),
    ("not-found/column-gone", _plain("提示信息", "<p>该栏目不存在或已被删除</p><script>setTimeout(\"history.back()\",3000)</script>"), ("NOT_FOUND",)),
    ("error/nginx-502", "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>", ("SERVER_ERROR",)),
    ("error/tomcat-500", "<html><head><title>HTTP Status 500 – Internal Server Error</title></head><body><h1>HTTP Status 500</h1><p>java.lang.NullPointerException at com.example.ListServlet.doGet(ListServlet.java:48)</p></body></html>", ("SERVER_ERROR",)),
    ("error/aspnet", "<html><head><title>运行时错误</title></head><body><h1>“/”应用程序中的服务器错误。</h1><h2><i>运行时错误</i></h2><p>说明: 服务器上出现应用程序错误。</p></body></html>", ("SERVER_ERROR",)),
    ("error/php", "<br />\n<b>Fatal error</b>:  Uncaught Error: Call to undefined function mysql_connect() in /www/wwwroot/inc/db.php:12<br />", ("SERVER_ERROR",)),
    ("error/database", _plain("DedeCMS Error", "<p>DedeCMS Error: (PHP 5.3 and above) Please check! Can't connect to MySQL database</p>"), ("SERVER_ERROR",)),
    ("error/busy", _plain("系统繁忙", "<p>系统繁忙，请稍后再试！</p>"), ("SERVER_ERROR", "CHALLENGE")),
    ("error/jsp-trace", "<pre>org.apache.jasper.JasperException: Unable to compile class for JSP\n\tat org.apache.jasper.compiler.DefaultErrorHandler.javacError(DefaultErrorHandler.java:84)</pre>", ("SERVER_ERROR",)),
    ("login/unified", page("<div class='login'><h2>统一身份认证</h2><form method=post action='/login'><input name=username placeholder='用户名'><input type=password name=password><button>登录</button></form></div>", "用户登录"), ("LOGIN",)),
    ("login/bare", _plain("后台管理系统", "<form action='login.php' method='post'><input type='text' name='user'><input type='password' name='pwd'><input name='yzm'><img src='yzm.php'><input type='submit' value='登 录'></form>"), ("LOGIN",)),
    ("login/sso-jump", "<html><head><script>top.location.href='http://sso.example.test/login?service=http%3A%2F%2Fwww.example.test%2Ftzgg%2F';</script></head></html>", ("FORWARD", "LOGIN")),
    ("suspended/upgrade", _plain("网站升级维护中", "<h1>网站正在升级维护，暂停服务，请稍后访问。</h1><p>示例市人民政府办公室 2022年6月1日</p>"), ("SUSPENDED",)),
    ("suspended/closed-approved", _plain("公告", "<p>根据集约化工作要求，本网站已于2022年5月31日关停，相关内容已迁移至示例市人民政府门户网站（www.example.test）。</p>"), ("SUSPENDED", "ARTICLE")),
    ("suspended/parked", _plain("example.test", "<p>This domain is for sale. 该域名出售，联系QQ 12345678</p><p>域名已过期</p>"), ("SUSPENDED",)),
    ("suspended/unfiled", _plain("温馨提示", "<p>您访问的网站未备案或备案信息有误，已被阻断访问。</p>"), ("SUSPENDED", "CHALLENGE")),
    ("suspended/coming", page("<div style='text-align:center'>栏目建设中，敬请期待！</div>"), ("SUSPENDED", "EMPTY")),
    ("suspended/no-site", _plain("没有找到站点", "<h1>没有找到站点</h1><p>您的请求在Web服务器中没有找到对应的站点！</p>"), ("SUSPENDED", "NOT_FOUND")),
    ("forward/meta", "<html><head><meta http-equiv='refresh' content='0;url=/zwgk/tzgg/index.html'></head><body></body></html>", ("FORWARD",)),
    ("forward/script", "<script language='javascript'>window.location.href=\"index.html\";</script>", ("FORWARD",)),
    ("forward/replace", "<html><body><script>location.replace('./tzgg_1/')</script></body></html>", ("FORWARD",)),
    ("forward/frameset", "<html><frameset rows='80,*'><frame src='top.html'><frame src='list.asp?id=3'></frameset></html>", ("FORWARD",)),
    ("forward/iframe-list", page("<iframe src='/zfxxgk/list.jsp?col=3' width='100%' height='900' frameborder='0'></iframe>"), ("FORWARD", "SCRIPT_SHELL")),
    ("forward/mobile-script", "<html><head><script>if(/Android|iPhone/i.test(navigator.userAgent)){location.href='/m/'}else{location.href='/pc/'}</script></head><body></body></html>", ("FORWARD",)),
    ("shell/vue", _shell("<noscript><strong>We're sorry but this app doesn't work properly without JavaScript enabled.</strong></noscript><div id='app'></div>", "/js/chunk-vendors.1a2b.js", "/js/app.3c4d.js"), ("SCRIPT_SHELL",)),
    ("shell/vite", _shell("<div id='app'></div>", "/assets/index-4f5e.js"), ("SCRIPT_SHELL",)),
    ("shell/jquery-list", page("<ul class='list' id='newsList'></ul><div id='pager'></div><script>$.ajax({url:'/api/news/list',data:{page:1},success:function(r){render(r.data)}})</script>"), ("SCRIPT_SHELL",)),
    ("shell/template", page("<ul id='ul'></ul><script type='text/html' id='tpl'>{{each list}}<li><a href='{{$value.url}}'>{{$value.title}}</a><span>{{$value.date}}</span></li>{{/each}}</script><script>getList(1)</script>"), ("SCRIPT_SHELL",)),
    ("shell/angular", page("<div ng-app='app' ng-controller='L'><ul><li ng-repeat='x in list'><a href='{{x.url}}'>{{x.title}}</a><span>{{x.date}}</span></li></ul></div>"), ("SCRIPT_SHELL",)),
    ("shell/vue-template", page("<div id='app'><ul><li v-for='item in list' :key='item.id'><a :href='item.url'>{{item.title}}</a><em>{{ item.pubDate }}</em></li></ul></div><script>new Vue({el:'#app'})</script>"), ("SCRIPT_SHELL",)),
    ("shell/loading", page("<div id='content'>正在加载，请稍候...</div><script src='/js/list.js'></script>"), ("SCRIPT_SHELL",)),
    ("shell/gkmlpt", "<!DOCTYPE html><html><head><meta charset='utf-8'><title>示例市人民政府 政府信息公开目录</title><script>var _CONFIG = {SID: '755031', ID: 1, SCROLL: 0, BASE_URL: '/gkmlpt', TREE: [{id:5,name:'通知公告',children:[]}]}</script></head><body><div id='app'></div><script src='/gkmlpt/assets/index.js'></script></body></html>", ("SCRIPT_SHELL",)),
    ("shell/jpage-no-rows", page("<div id='12706'></div><script src='/script/jpage/jquery.jpage.js'></script><script>$('#12706').jpage({proxyUrl:'/module/web/jpage/dataproxy.jsp',totalRecord:347})</script>"), ("SCRIPT_SHELL",)),
    ("empty/words", page("<div class='list'><ul></ul><p class='none'>暂无内容</p></div>"), ("EMPTY",)),
    ("empty/no-data", page("<table><tr><th>标题</th><th>发布日期</th></tr><tr><td colspan='2'>暂无数据</td></tr></table>"), ("EMPTY",)),
    ("empty/zero-records", page("<ul class='news'></ul><div class='page'>共0条记录 第1/0页</div>"), ("EMPTY", "UNREADABLE")),
    ("empty/silent", page("<ul class='news'></ul>"), ("EMPTY", "UNREADABLE")),
    ("empty/no-information", page("<div>该栏目暂无信息！</div>"), ("EMPTY",)),
    ("unreadable/nothing", "", ("UNREADABLE", "EMPTY")),
    ("unreadable/spaces", " \r\n\t ", ("UNREADABLE", "EMPTY")),
    ("unreadable/html-only", "<html></html>", ("UNREADABLE", "EMPTY")),
    ("unreadable/word", "ok", ("UNREADABLE",)),
)  # fmt: skip

STATE_SHAPES: tuple[Shape, ...] = (
    *(Shape(name, text, states) for name, text, states in (*_ROWS, *_MORE)),
    Shape("unreadable/pdf", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\n" + bytes(range(256)) * 40, ("UNREADABLE",), kind="application/pdf"),
    Shape("unreadable/gzip", b"\x1f\x8b\x08\x00" + bytes(range(255, 0, -1)) * 20, ("UNREADABLE",), kind="text/html"),
    Shape("unreadable/png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, ("UNREADABLE",), kind="image/png"),
)  # fmt: skip
