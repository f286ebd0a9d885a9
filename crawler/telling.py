"""What a child tells its supervisor: one line of JSON an event, on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping


def tell(event: Mapping[str, object]) -> None:
    """Tell one event. If the supervisor is gone, this process has no business either."""
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()
