"""The ink of a seal as pyHanko puts it on a page: an appearance that multiplies with what it covers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import ResourceType
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.stamp import BaseStampStyle
from pyhanko.stamp.base import BaseStamp

from yizhan.seals import ink
from yizhan.seals.shapes import Shape


@dataclass(frozen=True)
class Inked(BaseStampStyle):
    """How a seal looks: its shapes and nothing else, no frame, no words of a signer."""

    shape: Shape = field(default_factory=list)

    def create_stamp(
        self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: dict[str, Any]
    ) -> BaseStamp:
        """The shapes in a box."""
        return _Ink(writer, self, box, self.shape)


class _Ink(BaseStamp):
    def __init__(self, writer: BasePdfFileWriter, style: Inked, box: BoxConstraints, shape: Shape) -> None:
        super().__init__(writer, style, box)
        self._shape = shape

    def as_form_xobject(self) -> generic.StreamObject:
        """Packed: outlines of characters are long."""
        made: generic.StreamObject = super().as_form_xobject()
        made.compress()  # type: ignore[no-untyped-call]
        return made

    def render(self) -> bytes:
        """What stands beneath stays legible, as under real ink."""
        multiply = generic.DictionaryObject({pdf_name("/BM"): pdf_name("/Multiply")})  # type: ignore[no-untyped-call]
        self.set_resource(category=ResourceType.EXT_G_STATE, name=pdf_name("/Ink"), value=multiply)
        return b"q /Ink gs " + ink.operators(self._shape, size=float(self.box.width)) + b" Q"
