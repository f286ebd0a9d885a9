# ruff: noqa: E501 - tables, one row a line
"""The table of what error pages, firewalls, closed sites and log-in walls say, with origins.

A row: this pattern, seen there, on a page with at most so much visible text, means that state.
Rows are tried in order. A new error page or firewall is a new row with a page in its test.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rules.facts import PageState


@dataclass(frozen=True, slots=True)
class SignRow:
    """One sign. `where`: title, text (any short text), page (all its text), script, markup.

    `most` is the largest amount of visible text (characters) the page may have for the sign to
    count; it keeps an article *about* a firewall from being taken for one.
    """

    name: str
    state: PageState
    where: str
    most: int
    origin: str
    pattern: re.Pattern[str]


def _row(name: str, state: PageState, where: str, most: int, origin: str, *either: str) -> SignRow:
    return SignRow(name, state, where, most, origin, re.compile("|".join(either), re.IGNORECASE))


_CHALLENGE, _LOGIN = PageState.CHALLENGE, PageState.LOGIN
_NOT_FOUND, _SERVER_ERROR = PageState.NOT_FOUND, PageState.SERVER_ERROR
_SUSPENDED, _UNREADABLE = PageState.SUSPENDED, PageState.UNREADABLE

FIREWALLS: tuple[SignRow, ...] = (
    _row(
        "jsl_521", _CHALLENGE, "script", 500, "加速乐, answered with 521",
        r"__jsl_clearance|__jsluid",
        r"document\.cookie\s{0,20}=.{0,3000}location\.(?:href|replace|reload)",
    ),
    _row(
        "ruishu_412", _CHALLENGE, "script", 150, "瑞数, answered with 412 or 202",
        r"\$_ts\s{0,20}=|\$_ts\.cd|r2mKa|_\$[a-z0-9]{2,4}\s{0,20}=\s{0,20}window",
    ),
    _row(
        "ruishu_meta", _CHALLENGE, "markup", 150, "瑞数, its meta tag r=m",
        r"<meta[^>]{0,120}\br=['\"]m['\"]",
    ),
    _row(
        "coded_script", _CHALLENGE, "script", 20, "self-decoding scripts with nothing beside them",
        r"(?:_\$\w{2}\[\d+\].{1,30}){12}|(?:_0x[0-9a-f]{4,6}.{1,60}){12}|eval\(function\(p,a,c,k,e",
    ),
    _row(
        "cloudflare", _CHALLENGE, "markup", 1500, "Cloudflare",
        r"cf-browser-verification|challenge-platform|cf_chl_opt",
        r"Checking your browser before|Just a moment\.\.\.",
    ),
    _row(
        "aliyun_block", _CHALLENGE, "markup", 3000, "阿里云 WAF, answered with 405",
        r"errors\.aliyun\.com|aliyun_waf|acw_sc__v[23]|您的访问被阻断|waf-nc-",
    ),
    _row(
        "safeline", _CHALLENGE, "markup", 1500, "长亭雷池",
        r"/\.safeline/|SafeLine WAF|雷池\s{0,20}WAF|正在确认你是不是机器人",
    ),
    _row(
        "blocked_request", _CHALLENGE, "page", 1500, "安全狗, 云锁, 知道创宇, 网宿, 深信服, 安恒",
        r"您的(?:访问)?请求(?:疑似攻击行为|可能对网站造成安全威胁|带有不合法参数|存在威胁)",
        r"(?:访问|请求)被(?:拦截|阻断|拒绝|禁止)|疑似(?:黑客)?攻击|访问行为(?:异常|存在风险)",
        r"云防[护御]|网站防火墙|下一代防火墙|拦截提示|安全狗|已被(?:网站管理员设置为?)?(?:拦截|阻断)",
        r"触发了?(?:网站)?(?:安全|防护)(?:策略|规则)|创宇(?:盾|云)",
    ),
    _row(
        "waf_incident", _CHALLENGE, "page", 1500, "F5, FortiWeb, Imperva, Akamai, Cisco",
        r"This page can.t be displayed\. Contact support|The incident ID is|Your support ID is",
        r"The requested URL was rejected|Request unsuccessful\. Incapsula|Access Denied.{0,80}Reference",
        r"Web Application Firewall|blocked by .{0,30}(?:firewall|waf|security)",
    ),
    _row(
        "captcha", _CHALLENGE, "page", 800, "slider and captcha pages",
        r"(?:拖动|滑动|按住).{0,8}滑块|请完成(?:安全|下列|以下)?验证|安全验证|人机验证",
        r"环境异常.{0,40}验证|完成验证后即可|点击(?:按钮)?进行验证|访问(?:过于|太)频繁|请输入验证码(?:后|以|继续)",
        r"浏览器安全检查|正在(?:进行)?安全检[查测]|检测浏览器环境|浏览器(?:环境)?检测中",
        r"verify (?:that )?you are (?:a )?human|are you a robot",
    ),
    _row(
        "cookies_wanted", _CHALLENGE, "page", 400, "script and cookie checks of many firewalls",
        r"请(?:开启|启用|打开)\s{0,20}(?:浏览器的?)?\s{0,20}(?:javascript|cookie).{0,20}(?:刷新|重新|继续|后再)",
        r"enable cookies? and (?:javascript|reload)",
    ),
)  # fmt: skip

_PAGE = r"(?:页面|网页|文章|文件|信息|内容|栏目|文档|该页)"
_GONE = r"(?:不存在|被删除|已删除|找不到|未找到|没有找到|丢失|失效|已下线|已移除|不见|无法找到|飞走|走丢)"
NOT_FOUND: tuple[SignRow, ...] = (
    _row(
        "not_found_title", _NOT_FOUND, "title", 6000, "web servers, soft 404",
        r"^\W{0,8}(?:http\s{0,20})?(?:error\s{0,20})?404\b|404\W{0,3}(?:not found|错误|页面|error|找不到)",
        r"页面(?:不存在|未找到|没有找到|找不到)|找不到(?:页面|文件|网页)|^not\s?found$",
        r"(?:page|file|object) not found|无法找到(?:该|此)?(?:页|网页|资源)",
    ),
    _row(
        "not_found_text", _NOT_FOUND, "text", 2500, "soft 404",
        rf"(?:访问|查看|浏览|查找|请求|寻找|打开)的{_PAGE}.{{0,16}}{_GONE}",
        rf"{_PAGE}(?:已经?)?(?:不存在|找不到了?|没有找到|未找到|走丢了?|已(?:被)?删除)"
        r"(?:或|[,，。!！.、~]|$|了)",
        r"(?:对不起|抱歉|该|此).{0,6}(?:信息|文章|内容|稿件|页面)(?:尚)?未(?:发布|公开|审核|通过审核)",
        rf"找不到(?:该|此|您|你).{{0,8}}{_PAGE}|没有找到(?:站点|您要)",
        rf"(?:抱歉|对不起|很遗憾|sorry).{{0,14}}{_GONE}",
        r"page (?:you (?:requested|are looking for)|not found|cannot be found|can.t be found)",
        r"the requested (?:url|resource|page).{0,80}(?:not found|not available)",
        r"HTTP(?: Status)?(?: Error)? ?404|404 (?:-|–)? ?(?:not found|file or directory|找不到|页面)|^404$",
    ),
)  # fmt: skip
SERVER_ERRORS: tuple[SignRow, ...] = (
    _row(
        "server_error_title", _SERVER_ERROR, "title", 6000, "web servers",
        r"^\W{0,8}(?:http\s{0,20})?(?:error\s{0,20})?50[0-9]\b|HTTP Status 50\d",
        r"50[0-4]\W{0,3}(?:错误|error|bad gateway|internal|service|gateway)|internal server error",
        r"bad gateway|service (?:temporarily )?unavailable|gateway time-?out|运行时错误|runtime error",
        r"服务器错误|系统(?:发生)?错误|whitelabel error|^\w{0,12}cms error$",
    ),
    _row(
        "server_error_text", _SERVER_ERROR, "page", 2500, "web servers, frameworks, databases",
        r"HTTP Status 50\d|HTTP 错误 50\d|50[0-4] (?:-|–)? ?(?:internal|bad|service|gateway|server|服务器)",
        r"应用程序中的服务器错误|Server Error in .{0,60}Application|Exception report",
        r"\b(?:java|javax|org|com)\.[\w.]{2,60}Exception\b|Whitelabel Error Page",
        r"(?:Fatal|Parse) error\s?: |Warning\s?: mysqli?_|Uncaught (?:Error|Exception)",
        r"数据库(?:连接|链接)(?:失败|错误|出错)|Error establishing a database|ORA-\d{5}",
        r"Can.t connect to (?:local )?MySQL|Microsoft (?:VBScript|OLE DB|JET)|Too many connections",
        r"(?:服务器|系统)(?:内部错误|繁忙|出错|异常|开小差|错误)|service temporarily unavailable",
    ),
    _row(
        "bare_error", _SERVER_ERROR, "title", 500, "many systems",
        r"^(?:error|错误(?:信息|提示|页面)?|出错了?.{0,3}|系统提示)$",
    ),
    _row(
        "unauthorized", _LOGIN, "title", 1500, "web servers: 401",
        r"^\W{0,8}(?:http\s{0,20})?(?:error\s{0,20})?401\b|unauthorized|authorization required",
    ),
    _row(
        "forbidden_title", _CHALLENGE, "title", 1500, "web servers: up, but decline",
        r"^\W{0,8}(?:http\s{0,20})?(?:error\s{0,20})?40[35]\b|forbidden|access denied|禁止访问|拒绝访问",
    ),
    _row(
        "forbidden_text", _CHALLENGE, "text", 1000, "many systems",
        r"^403\b|HTTP 错误 403|403 (?:-|–)? ?(?:forbidden|禁止)|您(?:没有|无)(?:访问)?权限(?:访问)?",
        r"(?:IP|地址).{0,12}(?:被禁止|禁止访问|受限|已被封)|仅(?:限|允许)(?:内网|境内|大陆).{0,6}访问",
    ),
)  # fmt: skip
DIRECTORIES: tuple[SignRow, ...] = (
    _row("directory", _UNREADABLE, "title", 6000, "web servers: a folder's files", r"^Index of /"),
)
_SITE = r"(?:网站|站点|该站|本站|空间|虚拟主机|域名|主机)"
CLOSED: tuple[SignRow, ...] = (
    _row(
        "host_suspended", _SUSPENDED, "text", 1200, "hosting companies, notices of closing",
        rf"{_SITE}(?:已于.{{0,14}}|已经?|暂时|现|目前|正在|处于)?.{{0,6}}(?:暂停(?:服务|访问|使用)|停止(?:服务|访问|运行)"
        r"|关停|已?关闭(?!按)|下线|过期|到期|欠费|未备案|升级改版|改版中|维护中|升级中|建设中|停用|冻结|已迁移)",
        r"account (?:has been )?suspended|未备案.{0,20}(?:暂时)?(?:无法|不能)访问",
        r"网站(?:改版|升级|维护)(?:中|期间)|网站正在.{0,4}(?:建设|维护|升级|改版|整改)",
    ),
    _row(
        "maintenance", _SUSPENDED, "text", 600, "maintenance pages",
        r"(?:升级|维护|改版|调试|检修|建设)(?:和|与|、)?(?:升级|维护|改版|调试)?之?中(?:[,，。.!！…~]|$|请)",
        r"系统(?:升级|维护)|under (?:maintenance|construction)|正在建设|site is (?:down|offline)",
    ),
    _row(
        "maintenance_title", _SUSPENDED, "title", 2000, "maintenance pages",
        r"维护中|升级中|系统维护|网站维护|网站升级|建设中|under maintenance|under construction",
        r"域名.{0,6}(?:出售|转让|过期)|网站暂停|暂停访问",
    ),
    _row(
        "server_welcome", _SUSPENDED, "title", 1500, "a server without a site: nginx, Apache, IIS, 宝塔",
        r"^Welcome to (?:nginx|CentOS|OpenResty|tengine)|^Apache2? .{0,20}(?:Test|Default) Page",
        r"^IIS(?: Windows Server|\d)|^没有找到站点$|^恭喜，站点创建成功",
    ),
    _row(
        "coming_soon", _SUSPENDED, "text", 400, "placeholder pages",
        r"^.{0,12}敬请期待.{0,3}$|coming soon|即将(?:上线|开通|推出)",
        r"(?:栏目|页面|内容|功能)?正在?(?:建设|筹建|完善|整理|开发)中",
    ),
    _row(
        "parked", _SUSPENDED, "page", 1500, "parked and expired domains",
        r"(?:域名|网站|网址|domain)[^。]{0,20}(?:出售|转让|for sale|可售)|出售本(?:网站|域名|站)",
        r"buy this domain|domain (?:is )?(?:parked|expired)|parkingcrew|sedoparking",
        r"域名停放|域名已?经?(?:过期|到期)|购买(?:该|此|本)?域名",
    ),
    _row(
        "moved_notice", _SUSPENDED, "text", 800, "moved and merged sites",
        r"(?:网站|本站|站点|域名|栏目|页面)(?:已|已经|现已)(?:整体)?"
        r"(?:迁移|搬迁|迁往|迁至|整合|并入|移至|更换|更名|合并|归并|停止更新)",
    ),
)  # fmt: skip
WALLS: tuple[SignRow, ...] = (
    _row(
        "message_page", _UNREADABLE, "title", 400, "DedeCMS, Discuz: a message, then back",
        r"提示信息$|信息提示$",
    ),
    _row(
        "login_title", _LOGIN, "title", 1500, "log-in pages",
        r"^.{0,20}(?:登录|登陆|login|sign in)(?:页面|界面|系统|平台|入口)?.{0,6}$",
        r"统一身份认证|单点登录",
    ),
    _row(
        "login_text", _LOGIN, "text", 500, "log-in walls",
        r"(?:请|需要|您(?:尚未|还没有|还未|未)).{0,4}(?:登录|登陆)",
        r"登录(?:已)?(?:超时|过期|失效)|会话(?:已)?(?:超时|过期|失效)|session (?:has )?(?:expired|timed out)",
    ),
)  # fmt: skip
SIGN_ROWS: tuple[SignRow, ...] = (
    *FIREWALLS,
    *DIRECTORIES,
    *NOT_FOUND,
    *SERVER_ERRORS,
    *CLOSED,
    *WALLS,
)

# A column that says it is empty: the whole of a short text.
EMPTY_WORDS = re.compile(
    r"^[\s\W]{0,6}(?:对不起|抱歉|很抱歉|sorry)?[,，!！\s]{0,3}"
    r"(?:该|本|此|当前)?(?:栏目|频道|分类|目录|类别|页面|列表)?(?:下|中)?"
    r"(?:暂无|暂时没有|暂没有|还没有|尚无|没有找到|没有|目前没有|目前暂无|目前无|无|未找到|未查询到|查无|暂未(?:发布|添加))"
    r"(?:任何|相关|相应|符合条件的|更多|可显示的?|您要?查?找?的)?的?"
    r"(?:内容|信息|数据|记录|文章|公告|新闻|资料|文件|结果|文档|列表|资讯|公开信息|政策|稿件|通知|条目|留言|来信|信件)"
    r"(?:信息|内容|数据|记录|文章)?(?:发布|更新|可显示|显示|哦|了)?[\s\W]{0,8}$"
    r"|^\W{0,3}(?:no (?:data|records?|content|results?|articles?|items?)(?: found| available)?)\W{0,3}$"
    r"|^\W{0,4}(?:内容|栏目|信息|资料)(?:正在|还在)?(?:更新|整理|筹备|完善|建设|添加|录入)中\W{0,8}$"
    r"|^\W{0,3}共\s{0,20}[:：]?\s{0,20}0\s{0,20}(?:条|篇|个|项)(?:记录|信息|数据)?\W{0,6}$",
    re.IGNORECASE,
)
