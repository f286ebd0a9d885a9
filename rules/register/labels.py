"""The Chinese names of the words that rules.yaml takes, to suggest the word to write."""

from __future__ import annotations

from rules.kinds import ColumnKind
from rules.platforms import Platform
from rules.register.entries import AccountRole, SiteRole, Standing, UnitGroup
from rules.words import catalogue

GROUP_LABELS = {
    "县区": UnitGroup.COUNTY,
    "市直": UnitGroup.DEPARTMENT,
    "district": UnitGroup.COUNTY,
}
ROLE_LABELS = {
    "门户": SiteRole.PORTAL,
    "政府门户网站": SiteRole.PORTAL,
    "部门": SiteRole.DEPARTMENT,
    "部门网站": SiteRole.DEPARTMENT,
}
STANDING_LABELS = {
    "运行": Standing.RUNNING,
    "正常": Standing.RUNNING,
    "临时关停": Standing.SUSPENDED,
    "已关停": Standing.CLOSED,
    "关停": Standing.CLOSED,
    "已注销": Standing.CANCELLED,
    "注销": Standing.CANCELLED,
    "迁移": Standing.MOVED,
}
ACCOUNT_ROLE_LABELS = {
    "发布": AccountRole.PUBLISHING,
    "发布类": AccountRole.PUBLISHING,
    "服务": AccountRole.SERVICE,
    "服务类": AccountRole.SERVICE,
}
PLATFORM_LABELS = {platform.label: platform for platform in Platform} | {
    "微博": Platform.WEIBO,
    "微信": Platform.WECHAT,
    "weixin": Platform.WECHAT,
    "sina": Platform.WEIBO,
    "头条号": Platform.TOUTIAO,
    "快手号": Platform.KUAISHOU,
    "抖音号": Platform.DOUYIN,
    "客户端": Platform.APP,
}
KIND_LABELS = {
    label: kind
    for kind in ColumnKind
    for label in (catalogue()[f"kind.{kind.value}"], *catalogue()[f"kind.{kind.value}"].split("、"))
}
