"""Whose posts a list holds: the account's own are kept, the others' are not.

A list may show what the account liked or passed on whole. Where not one post is its own, the
list is another account's, and `joining` says so by the identity given here.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

from rules.posts import Identity, Post
from spiders.accounts.answers import Answer, Sought
from spiders.accounts.pages import NOBODY
from spiders.accounts.payloads import ident


def owner(
    sought: Sought, found: Sequence[tuple[Identity, Post]]
) -> tuple[tuple[Post, ...], Identity]:
    """The posts that name the account or nobody, and the identity that the list shows.

    The identity has no id where no post names anybody: the list then proves nothing by itself.
    """
    named = [(who, post) for who, post in found if who.platform_id is not None]
    own = [who for who, _ in named if who.platform_id == sought.platform_id]
    if named and not own:
        return (), named[0][0]
    posts = tuple(post for who, post in found if who.platform_id in (None, sought.platform_id))
    shown = own[0] if own else next((who for who, _ in found if who.name_seen), NOBODY)
    return posts, shown


def asked_for(identity: Identity, answer: Answer, *names: str) -> Identity:
    """The identity; where the answer names nobody, the one that its question was about.

    `names`: the fields of the address's query that hold an account's id.
    """
    if identity.platform_id is not None:
        return identity
    values = (ident(asked(answer, name)) for name in names)
    return Identity(next(filter(None, values), None), identity.name_seen)


def asked(answer: Answer, name: str) -> str | None:
    """What the question put into a field of its address's query; None: it has no such field."""
    for address in (answer.final_url, answer.asked_url):
        try:
            query = parse_qs(urlsplit(address).query, keep_blank_values=True, max_num_fields=100)
        except ValueError:
            continue
        if name in query:
            return query[name][0]
    return None
