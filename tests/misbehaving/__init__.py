"""A misbehaving web server: every behaviour is a few lines and a row of what must be seen of it."""

from tests.misbehaving import catchalls, hostile, pages, public, statuses, wire
from tests.misbehaving.lists import TODAY, list_page
from tests.misbehaving.rows import BEHAVIOURS, PUBLIC, Row
from tests.misbehaving.secure import OLD_TLS, SECURE
from tests.misbehaving.server import Fault, Misbehaving, misbehaving_server

# The modules register their rows when they are imported.
FAMILIES = (wire, statuses, pages, hostile, public, catchalls)

__all__ = [
    "BEHAVIOURS",
    "FAMILIES",
    "OLD_TLS",
    "PUBLIC",
    "SECURE",
    "TODAY",
    "Fault",
    "Misbehaving",
    "Row",
    "list_page",
    "misbehaving_server",
]
