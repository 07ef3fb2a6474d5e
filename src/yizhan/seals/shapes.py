"""Shapes 图形: paths in millimetres, the origin in the middle of the seal, y upwards."""

from __future__ import annotations

from typing import Any, TypeAlias

DIAMETER = 42.0

Shape: TypeAlias = list[list[Any]]
"""Path steps: ``["M", x, y]``, ``["L", x, y]``, ``["C", x1, y1, x2, y2, x, y]``, ``["Z"]``."""
