"""All hand-made pages, one table for tests and benchmark."""

from __future__ import annotations

from benchmarks.reading.making.shapes import Shape
from benchmarks.reading.making.shapes_data import DATA_SHAPES
from benchmarks.reading.making.shapes_pages import PAGE_SHAPES
from benchmarks.reading.making.shapes_states import STATE_SHAPES

SHAPES: tuple[Shape, ...] = (*DATA_SHAPES, *PAGE_SHAPES, *STATE_SHAPES)
