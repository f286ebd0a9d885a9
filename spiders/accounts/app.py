"""App (移动客户端): its own list of content, as an operator configured it, and the store's entry.

Can prove that there is none: the App's own list interface, once it reaches past the window and a
control of it is alive. Can say that it is not there: the store, which knows nothing of content
(a new version is no update, and a withdrawn App is not 未更新 but a matter for a person). Without
a configured list an App is `unknown`.
"""

from __future__ import annotations

from rules.posts import FetchOutcome, FetchReason, Identity
from spiders.accounts.answers import Answer, Sought
from spiders.accounts.configured import read_list
from spiders.accounts.opening import Door, guarded, open_json
from spiders.accounts.pages import Page, Refusal, Refused
from spiders.accounts.payloads import Unreadable, at, count, entries, ident, words

__all__ = ["read_list", "read_store"]
DOOR = Door(())
WITHDRAWN = Refusal(FetchOutcome.GONE, FetchReason.NOT_FOUND, detail="not in the CN store")


@guarded
def read_store(answer: Answer, sought: Sought) -> Page:
    """The store's `lookup`: gone where it lists no such App; else nothing but its identity."""
    said = open_json(answer, DOOR)
    listed = count(said.get("resultCount"))
    results = entries(said.get("results") or [], "results")
    if listed == 0 and not results:
        raise Refused(WITHDRAWN)
    bundles = {ident(at(result, "bundleId")) for result in results}
    if sought.platform_id not in bundles:
        raise Unreadable("another App")
    version = words(at(results[0], "version"))
    return Page(identity=Identity(sought.platform_id), detail=f"version {version}")
