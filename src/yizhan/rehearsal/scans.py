"""A sheet of paper as somebody would have scanned it 扫描件: one blank page with a frame, in a file of the PDF format."""

from __future__ import annotations

_DRAWN = b"1 w 60 60 475 722 re S 60 640 475 0.5 re S 60 420 475 0.5 re S 300 60 0.5 580 re S"


def page() -> bytes:
    """The bytes of a PDF with one A4 page."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(_DRAWN), _DRAWN),
    ]
    written, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(written)
    return (
        written
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table)
        + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start)
    )
