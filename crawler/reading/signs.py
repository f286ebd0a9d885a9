"""The vocabulary of signs: every short reason a reading may carry, in one table.

The crawler, the judge and the docs refer to these names. `read_page` uses no other.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from crawler.reading.errorpages import SIGN_ROWS

SIGNS: Mapping[str, str] = MappingProxyType(
    {
        # decoding
        "not_text": "the body is a file of another kind (PDF, archive, picture)",
        "undecodable": "no encoding makes the bytes a text",
        "mixed_bytes": "some bytes fit no encoding",
        "charset_lie": "the page declares another encoding than its bytes have",
        "too_large": "more tags, or deeper nested, than any honest page",
        "no_body": "nothing, or nothing but blanks",
        "reader_fault": "the reader itself failed on the page",
        # where the list comes from
        "json": "the body is data, not a page",
        "feed": "the body is an RSS or Atom feed",
        "xml_island": "the list stands in an XML island (Hanweb jpage)",
        "inline_data": "the list stands in the data of an inline script",
        "hint_used": "the operator's hint found the items",
        "hint_failed": "the operator's hint found nothing",
        # the list and its dates
        "undated": "the items carry no dates",
        "some_undated": "some items of the main list carry no date",
        "impossible_date": "the first item shows a date that no calendar has",
        "undated_on_top": "the first item carries no date though others do",
        "year_inferred": "the year of the newest date is not written",
        "year_confirmed": "an address, a title or a neighbour confirms the year not written",
        "year_ambiguous": "the years not written can be filled in in two ways",
        "future_date": "a date later than tomorrow was left out",
        "pinned_old": "pinned items older than the newest stand on top",
        "ascending": "the list runs from old to new: the newest may be on its last page",
        "unordered": "the dates are in no order",
        "many_blocks": "several dated lists were read together",
        "newer_elsewhere": "a newer date stands in the main area outside the list",
        "beside_prose": "one or two dated links beside sentences: perhaps not the page's own list",
        "rival_list": "another list of the page is nearly as strong",
        "rival_dates": "the records carry two kinds of dates and nothing tells which counts",
        "document_dates": "the dates read as dates of the documents, not of publication",
        "weak_form": "the newest date is written in a form that may mean something else",
        "few_items": "one or two dated items only",
        "address_agrees": "dates in the items' addresses agree with the list",
        "address_differs": "dates in the items' addresses are newer than the list's",
        "addresses_moved": "all addresses are newer than the list: it was moved from elsewhere",
        "later_page": "by its address perhaps not the first page of its list",
        "in_side": "the list found stands in a side column or under a heading of hot items",
        "undated_rival": "a longer list without dates stands in the main area",
        # articles
        "labelled_date": "the date stands behind a label such as 发布时间",
        "bare_date": "the date stands unlabelled at the head of the article",
        "meta_date": "only the page's tags say when it was published",
        "meta_differs": "the tags and the date shown disagree",
        "many_dates": "dates stand about the page as in a list: it may be no article",
        "no_publish_date": "the article shows no date of publication",
        # states
        "refresh": "a meta refresh sends elsewhere",
        "script_jump": "a script sends elsewhere at once",
        "frameset": "the page is a frameset",
        "frame": "the page's content comes from a frame",
        "list_in_frame": "the place of the list is taken by a frame",
        "empty_root": "an empty root element waits for a script",
        "loading": "the page says that it is loading",
        "needs_script": "the page says that it needs scripts",
        "script_filled": "an element made for a list is empty, and a script of the page fills it",
        "ajax_list": "scripts fetch what the page should show",
        "template": "unfilled template marks stand in the page",
        "password_field": "the page asks for a password",
        "few_words": "hardly any visible text",
        "empty_words": "the page says that there is nothing yet",
        "empty_skeleton": "a list's frame without a single entry",
    }
)


def names() -> tuple[str, ...]:
    """All signs a reading may carry: those above and the rows of error pages."""
    return (*SIGNS, *(row.name for row in SIGN_ROWS))
