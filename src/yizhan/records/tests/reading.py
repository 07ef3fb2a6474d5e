"""Reading the papers that the tests make, with a library that had no part in making them."""

from __future__ import annotations

import io

import pypdf
from pypdf.generic import ContentStream


def opened(content):
    return pypdf.PdfReader(io.BytesIO(content))


def text_of(pdf):
    return "\n".join(page.extract_text() for page in pdf.pages)


def characters_drawn_as_boxes(pdf):
    """How often glyph 0, .notdef, is drawn; all fonts of Typst are two bytes a glyph (Identity-H)."""
    boxes = 0
    for page in pdf.pages:
        for operands, operator in ContentStream(page.get_contents(), pdf).operations:
            if operator not in (b"Tj", b"TJ"):
                continue
            strings = operands[0] if operator == b"TJ" else operands
            raw = b"".join(s.original_bytes for s in strings if hasattr(s, "original_bytes"))
            boxes += sum(raw[at : at + 2] == b"\0\0" for at in range(0, len(raw), 2))
    return boxes
