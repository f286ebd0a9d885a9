"""The reader on hand-made pages of documented shapes: one case a shape."""

from __future__ import annotations

import pytest

from benchmarks.reading import running
from benchmarks.reading.making.handmade import SHAPES
from benchmarks.reading.making.shapes import Shape
from rules.facts import CONFIDENCE_FLOOR

DATED = [shape for shape in SHAPES if shape.newest is not None and shape.hidden is None]
UNDATED = [shape for shape in SHAPES if shape.newest is None]
COUNTED = [shape for shape in SHAPES if shape.count is not None]


def _named(shape: Shape) -> str:
    return shape.name


@pytest.mark.parametrize("shape", SHAPES, ids=_named)
def test_the_state_is_one_a_careful_person_accepts(shape: Shape) -> None:
    reading = running.look(shape.made())
    assert str(reading.state) in shape.states, reading.signs


@pytest.mark.parametrize("shape", DATED, ids=_named)
def test_the_newest_date_is_read_with_confidence(shape: Shape) -> None:
    reading = running.look(shape.made())
    assert (reading.newest, reading.confidence >= CONFIDENCE_FLOOR) == (shape.newest, True), reading


@pytest.mark.parametrize("shape", UNDATED, ids=_named)
def test_no_date_is_made_up_where_none_is(shape: Shape) -> None:
    reading = running.look(shape.made())
    assert reading.newest is None or reading.confidence < CONFIDENCE_FLOOR, reading


@pytest.mark.parametrize("shape", COUNTED, ids=_named)
def test_the_main_list_has_all_its_items_and_no_other(shape: Shape) -> None:
    assert len(running.look(shape.made()).items) == shape.count
