"""The city's accounts: 311, each with a unit, an identity of its platform's form, a quota."""

import re

import pytest

from demo.accounts import accounts_of
from demo.data import default_seed
from demo.founding import city_of

FORMS = {"wechat": r"gh_[0-9a-f]{12}", "weibo": r"\d{10}", "douyin": r"MS4wLjABAAAA\w+"}


@pytest.mark.parametrize("seed", [default_seed(), 6])
def test_24_accounts_are_planted_among_311_and_no_name_stands_twice_on_a_platform(
    seed: int,
) -> None:
    accounts = accounts_of(city_of(seed))
    assert len(accounts) == 311
    assert len({(account.platform, account.name) for account in accounts}) == 311
    assert [account.problem for account in accounts].count("week") == 23
    assert [account.problem for account in accounts].count("stale") == 1


def test_identities_have_their_platforms_forms() -> None:
    for account in accounts_of(city_of(default_seed())):
        assert re.fullmatch(FORMS.get(account.platform, r"[\w.]+"), account.ident)


def test_a_countys_accounts_belong_to_its_office() -> None:
    accounts = {account.name: account for account in accounts_of(city_of(default_seed()))}
    assert accounts["和美邢庄"].unit == "尉氏县人民政府办公室"
    assert accounts["新区文化"].unit == "城乡一体化示范区"
    assert accounts["开封交警"].weekly_min == 1
    assert accounts["兰考交警"].weekly_min == 2
