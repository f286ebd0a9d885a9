"""The case as one HTML file that can be sent to the unit: no script, no address asked, printable.

Nothing of the fetched page is in it but its picture; every word is escaped.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from html import escape
from pathlib import Path

from reports.explanation import (
    Day,
    Explanation,
    arithmetic,
    controls_line,
    day_title,
    facts,
    otherwise,
    seen_lines,
)
from rules.words import say

PICTURES = frozenset({"page", "narrow", "screenshot"})
KINDS = {".png": "image/png", ".jpg": "image/jpeg"}
LARGEST_PICTURE = 12 << 20  # bytes; a larger one is named and not shown

_PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>
@page {{ size: A4; margin: 20mm 18mm }}
body {{ font: 16px/1.75 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif;
  color: #1a1a1a; max-width: 46em; margin: 2.5em auto; padding: 0 1.2em }}
h1 {{ font-size: 1.5em; margin: 0 0 .8em; padding-bottom: .4em; border-bottom: 3px solid #b3261e }}
h2 {{ font-size: 1.12em; margin: 2em 0 .5em }}
dl {{ display: grid; grid-template-columns: max-content 1fr; gap: .2em 1.2em; margin: 0 }}
dt {{ color: #666 }} dd {{ margin: 0; overflow-wrap: anywhere }}
.sum {{ background: #fbf1f0; border-left: 4px solid #b3261e; padding: .5em 1em; margin: .6em 0 }}
ul {{ padding-left: 1.3em; margin: .4em 0 }} li {{ overflow-wrap: anywhere }}
figure {{ margin: 1em 0; break-inside: avoid }} figcaption {{ color: #666; font-size: .85em }}
img {{ max-width: 100%; border: 1px solid #ccc; max-height: 230mm; object-fit: contain;
  object-position: top left }}
small {{ color: #666; overflow-wrap: anywhere }}
</style></head><body><h1>{title}</h1><dl>{facts}</dl>{days}
<h2>{otherwise_title}</h2><ul>{otherwise}</ul></body></html>
"""


def to_html(case: Explanation, folder: Path) -> str:
    """The case as a page; `folder` is where the evidence lies."""
    return _PAGE.format(
        title=escape(say("explain.title", id=case.id, month=case.month)),
        facts="".join(
            f"<dt>{escape(name)}</dt><dd>{escape(words)}</dd>" for name, words in facts(case)
        ),
        days="".join(_day(case, day, folder) for day in case.days),
        otherwise_title=escape(say("explain.otherwise")),
        otherwise=_list(otherwise(case)),
    )


def _day(case: Explanation, day: Day, folder: Path) -> str:
    heading = escape(day_title(day))
    total = arithmetic(case, day)
    profile = say("explain.profile", name=day.profile, hash=day.profile_hash[:12])
    controls = "" if case.account else f"{escape(controls_line(day))}<br>"
    return (
        f"<h2>{heading}</h2>"
        + (f'<p class="sum">{escape(total)}</p>' if total else "")
        + f"<ul>{_list(seen_lines(case, day))}</ul>"
        + f"<p>{controls}{escape(profile)}</p>"
        + "".join(_figures(day, folder))
        + "".join(
            f"<small>{escape(say('explain.proof'))} {escape(one.path)} · SHA-256 {one.sha256}"
            "</small><br>"
            for one in day.proofs
        )
    )


def _figures(day: Day, folder: Path) -> Iterator[str]:
    for one in day.proofs:
        if one.kind not in PICTURES or one.size > LARGEST_PICTURE:
            continue
        try:
            picture = b64encode((folder / one.path).read_bytes()).decode()
        except OSError:  # `evidence verify` says so; here it is only not shown
            continue
        kind = KINDS.get(Path(one.path).suffix, "image/png")
        yield (
            f'<figure><img src="data:{kind};base64,{picture}" alt="{escape(one.path)}">'
            f"<figcaption>{escape(one.path)}</figcaption></figure>"
        )


def _list(lines: Iterator[str]) -> str:
    return "".join(f"<li>{escape(line)}</li>" for line in lines)
