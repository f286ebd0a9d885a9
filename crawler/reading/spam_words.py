# ruff: noqa: E501 - tables, one row a line
"""What hidden links advertise: gambling, pornography, quackery, forbidden trades. For `hidden_links`.

Words are those of a seller (a brand, an invitation, a price), never of a bare thing: 彩票, 赌博 and 娱乐城
stand in honest titles every day. A new word is a word in one row of WORDS with a line in its test.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

MOST_WORDS = 200  # characters of an anchor or a title that are looked at


def _either(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


WORDS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "gambling": _either(
            r"新葡京|葡京(?:娱乐|赌场|官网)|澳门(?:赌场|威尼斯人(?:娱乐|官网)|(?:金沙|永利|银河)(?:娱乐|赌场|官网)|百家乐|太阳城|博彩)",
            r"威尼斯人(?:娱乐|赌场|官网|注册)|金沙(?:娱乐城|赌场)|太阳城(?:娱乐|官网|申博)|申博(?:太阳城|官网)",
            r"皇冠(?:体育|足球|投注|现金)网?|bet ?365|365(?:体育)?投注|亚博(?:体育|官网|app)|开云(?:体育|app)|华体会",
            r"乐鱼(?:体育|app)|米乐(?:体育|m6)|万博(?:体育|manbetx)|manbetx|sunbet|必赢(?:亚洲|国际)",
            r"博彩(?:公司|平台|官网|导航|评级|开户)|(?:网上|在线|线上)(?:赌场|博彩|真钱|真人)|真人(?:百家乐|荷官|视讯|棋牌)",
            r"百家乐(?:平台|官网|网址|技巧|app|开户)|时时彩(?:平台|计划|投注)|北京赛车(?:pk10|开奖|计划)|pk10(?:投注|开奖|计划)",
            r"六合彩(?:开奖|资料|特码)|特码资料|彩票(?:投注平台|计划软件|app下载|平台注册)|购彩大厅",
            r"棋牌(?:游戏平台|娱乐官网|送金|下载官网)|老虎机(?:平台|下载|娱乐)|电子游艺|娱乐城(?:开户|官网|注册)",
            r"注册(?:即|就)?送(?:彩金|体验金|现金)|送彩金|赌球(?:网站?|平台)|(?:足球|体育|外围)投注(?:网|平台)",
        ),
        "porn": _either(
            r"成人(?:视频|电影|影院|小说网|直播)|黄色(?:视频|电影|小说网)|色情(?:视频|直播|电影)|毛片|无码(?:视频|在线|av)",
            r"(?<![a-z])av(?:在线|女优|视频|天堂)|裸聊(?:平台|app|直播)|同城约炮|约炮(?:app|平台|网)|一夜情(?:网|app)",
            r"小姐上门|楼凤|国产精品(?:在线|视频)|激情视频(?:在线|聊天)|三级片(?:在线|免费)",
        ),
        "medical": _either(
            r"无痛人流|人流(?:医院|手术)?(?:多少钱|哪家好|费用)|(?:白癜风|癫痫病?|牛皮癣|尖锐湿疣)(?:专科)?医院(?:哪|排|最|$)",
            r"(?:男科|妇科|不孕不育|包皮|早泄|阳痿)(?:专科)?(?:医院)?(?:哪家好|哪里好|多少钱|排名)",
            r"壮阳药|伟哥(?:专卖|官网|购买)|催情(?:药|水)(?:购买|专卖|哪里)|(?:春药|迷药)(?:购买|专卖|货到付款|网)|代孕(?:公司|中介|价格|网)",
        ),
        "trade": _either(
            r"代开(?:增值税)?发票(?:联系|公司|电话|加)|发票代开(?:联系|公司|电话)|刻章办证|办证刻章|(?:办|做)假证",
            r"(?:买|办理)(?:毕业证|文凭)(?:联系|公司|价格)|传奇(?:私服|sf)|私服(?:发布|大全)|(?:气枪|仿真枪|枪支)(?:出售|专卖|配件)",
            r"论文(?:代写|代发)(?:网|公司|价格)?|黑客接单|私家侦探(?:公司|联系)|讨债公司(?:哪|联系|$)",
        ),
    }
)  # fmt: skip
# Who writes against it writes the same words: news of the police, warnings, rules.
AGAINST = re.compile(
    r"打击|整治|严厉|严[查惩打]|查[处获办扣]|举报|防范|防止|警惕|谨防|提醒|反诈|禁[毒赌]|扫黄|打非|[破侦]获|侦破|案|犯罪"
    r"|诈骗|骗局|违法|违规|非法|处罚|团伙|通报|专项|行动|抓获|拘留|宣传|远离|拒绝|抵制|禁止|取缔|涉[赌黄毒]|检察|法院"
    r"|公安|[警判罚]|治理|清理|曝光|监管|执法|公告|通知|办法|意见|规定|条例|答复|提案|体彩|福彩|体育彩票|福利彩票"
)
# Whole labels of hosts. 彩票 hosts of the state end in gov.cn and are never asked about.
HOSTS = re.compile(
    r"(?:^|\.)(?:\d{2,4}bet\w{0,3}|bet\d{2,5}\w{0,3}|casino\w{0,10}|\w{0,8}casino|porn\w{0,10}|\w{0,8}porn|xxx\w{0,6}"
    r"|bocai\w{0,6}|caipiao\w{0,8}|baijiale\w{0,6}|manbetx\w{0,4}|sunbet\w{0,4}|yabo\d{1,6}|hth\d{2,5}|pk10\w{0,4}"
    r"|liuhecai\w{0,4}|laohuji\w{0,4}|xinpujing\w{0,4}|pujing\d{1,6})\."
)
OFFICIAL = (".gov.cn", ".edu.cn", ".mil.cn")


def topic_of_words(words: str) -> str:
    """What a title or an anchor advertises (a key of WORDS), or "": nothing, or it writes against."""
    said = "".join(words[:MOST_WORDS].split())
    topic = next((name for name, pattern in WORDS.items() if pattern.search(said)), "")
    return "" if topic and AGAINST.search(said) else topic


def topic_of_host(host: str) -> str:
    """What a host's name advertises, or "". Hosts of the state advertise nothing."""
    if host.endswith(OFFICIAL) or not HOSTS.search(host):
        return ""
    return "porn" if "porn" in host or "xxx" in host else "gambling"
