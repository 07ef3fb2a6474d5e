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


MM = 25.4 / 72


def pieces_of(page):
    """Text as it is drawn, face by face: (from the left, its baseline from the top, size, face, text); mm and points."""
    height = float(page.mediabox.height)
    found = []

    def note(text, cm, tm, font, size):
        if text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            face = str((font or {}).get("/BaseFont", "")).rpartition("+")[2]
            found.append((x * MM, (height - y) * MM, abs(size * tm[0] * cm[0]), face, text.strip("\n")))

    page.extract_text(visitor_text=note)
    return found


def lines_of(page):
    """The same by lines: (from the left, baseline from the top, text) in mm."""
    lines = {}
    for x, y, _size, _face, text in pieces_of(page):
        lines.setdefault(round(y, 1), []).append((x, text))
    return [
        (min(parts)[0], y, "".join(text for _, text in sorted(parts))) for y, parts in sorted(lines.items())
    ]


def lowest(page, words):
    """How far below the page's upper edge the last line with these words stands, in mm."""
    return max(y for _, y, text in lines_of(page) if words in text.replace(" ", ""))


def strokes_of(page):
    """Straight lines that are drawn: (x, y, x, y, thickness), mm from the left and from the top; down the page."""
    height = float(page.mediabox.height)
    matrix, thick, start, found, kept = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 1.0, None, [], []

    def at(x, y):
        a, b, c, d, e, f = matrix
        return ((a * x + c * y + e) * MM, (height - (b * x + d * y + f)) * MM)

    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        numbers = [float(one) for one in operands] if operator in (b"cm", b"w", b"m", b"l") else []
        if operator == b"q":
            kept.append((matrix, thick))
        elif operator == b"Q":
            matrix, thick = kept.pop()
        elif operator == b"cm":
            a, b, c, d, e, f = numbers
            g, h, i, j, k, l = matrix  # noqa: E741 (as the standard writes a matrix)
            matrix = (
                a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l,
            )  # fmt: skip
        elif operator == b"w":
            thick = numbers[0]
        elif operator == b"m":
            start = at(*numbers)
        elif operator == b"l" and start:
            found.append((*start, *at(*numbers), thick * MM))
            start = at(*numbers)
    return sorted(found, key=lambda line: (line[1], line[0]))
