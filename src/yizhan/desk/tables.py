"""Tables that are taken away as a file 下载表格."""

from __future__ import annotations

from django.http import HttpResponse


def csv_file(content: bytes, name: str) -> HttpResponse:
    """The answer that a browser keeps as a CSV file; ``name`` is of plain letters."""
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
