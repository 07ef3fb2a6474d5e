"""The ink of a seal 印迹: its shapes as operators of a PDF page and as SVG."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from yizhan.seals.shapes import DIAMETER, Shape

RED = (0.82, 0.05, 0.09)
"""The red of a seal, sRGB; over black letters it multiplies, so that they stay black."""
_FINE = 50
_PDF = {"M": "m", "L": "l", "C": "c", "Z": "h"}


def operators(shape: Shape, *, size: float) -> bytes:
    """A content stream that fills the shape in a box of this size in points, its origin in the middle.

    Coordinates are whole fiftieths of a millimetre, which no printer tells from finer ones and a file is shorter for.
    """
    red = " ".join(f"{part:g}" for part in RED)
    path = _path(shape, _PDF, scale=_FINE, middle=DIAMETER / 2, up=1, digits=0)
    unit = size / DIAMETER / _FINE
    return f"{unit:.6f} 0 0 {unit:.6f} 0 0 cm {red} rg\n{path}\nf".encode()


def svg(shape: Shape) -> Markup:
    """A picture for a page; it carries no words and no colours of its own but the ink.

    Only numbers and the letters of steps come into it, so it is markup as it is.
    """
    side = DIAMETER
    path = _path(shape, {name: name for name in _PDF}, scale=1, middle=side / 2, up=-1, digits=2)
    red = "#" + "".join(f"{round(part * 255):02x}" for part in RED)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" aria-hidden="true">'
        '<path fill="{red}" d="{path}"/></svg>'
    ).format(side=f"{side:g}", red=red, path=path)


def _path(shape: Shape, names: dict[str, str], *, scale: float, middle: float, up: int, digits: int) -> str:
    before = names["M"] == "M"
    return " ".join(
        _step(names[step[0]], _moved(step[1:], scale, middle, up, digits), before) for step in shape
    )


def _moved(numbers: Iterable[float], scale: float, middle: float, up: int, digits: int) -> list[str]:
    return [
        f"{round((middle + value * (up if place % 2 else 1)) * scale, digits or None):g}"
        for place, value in enumerate(numbers)
    ]


def _step(name: str, numbers: list[str], before: bool) -> str:
    return f"{name}{','.join(numbers)}" if before else " ".join([*numbers, name])
