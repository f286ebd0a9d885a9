"""docs/indicators.zh-CN.md, made from the table of indicators: who decides each, and what shows it.

`python -m reports.indicators_page` writes it anew; a test makes it again and compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reports.score import points
from rules.indicators import Form, Indicator, Inner, Part, Times, indicators, unmapped
from rules.words import say

PAGE = Path("docs") / "indicators.zh-CN.md"


def page() -> str:
    """The whole page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield f"# {say('indicators_page.title')}"
    yield ""
    yield from say("indicators_page.intro").strip().splitlines()
    for part in Part:
        yield ""
        yield f"## {say(f'sheet_part.{part}')}"
        yield ""
        yield _cells(say("indicators_page.heads").split("、"))
        yield _cells(["---"] * len(say("indicators_page.heads").split("、")))
        yield from (_row(one) for one in indicators() if one.part is part)
    yield ""
    yield f"## {say('indicators_page.unmapped')}"
    yield ""
    yield from (f"- {code} {why}" for code, why in unmapped().items())


def _row(one: Indicator) -> str:
    name = f"{one.group}·{one.name}" if one.group else one.name
    return _cells(
        [
            one.code,
            name,
            say(f"indicators_page.on_{one.on}"),
            "<br>".join([one.rule, *map(_inner, one.inner)]),
            one.window or "—",
            one.threshold or "—",
            points(one.points) or "—",
            say(f"decides.{one.by}"),
            _form(one),
            "、".join([*(f"`{check}`" for check in one.checks), *one.problems]) or "—",
            one.firmness,
            f"`{one.test}`",
        ]
    )


def _inner(inner: Inner) -> str:
    """One inner amount: what, how much, who decides."""
    key = "indicators_page.once" if inner.times is Times.ONCE else "indicators_page.each"
    amount = say(key, points=points(inner.points))
    if inner.home is not None:
        amount = say("indicators_page.home", home=points(inner.home), amount=amount)
    told = {"what": inner.what, "amount": amount, "firmness": inner.firmness}
    return say("indicators_page.inner", by=say(f"decides.{inner.by}"), **told)


def _form(one: Indicator) -> str:
    """How a person's word comes in; what the machine decides is reviewed like everything."""
    return say(f"indicators_page.form_{one.form or Form.REVIEW}")


def _cells(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
