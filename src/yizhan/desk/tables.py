"""Tables that are taken away as a file 下载表格."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.identity.actor import Actor
from yizhan.identity.directory.report import harmless
from yizhan.registry.purposes import Purpose


def csv_file(content: bytes, name: str) -> HttpResponse:
    """The answer that a browser keeps as a CSV file; ``name`` is of plain letters."""
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def taken_away(
    by: Actor, purpose: Purpose, head: Sequence[str], rows: Iterable[Sequence[object]], name: str
) -> HttpResponse:
    """Personal data as a table: its first line says who took it, when and why; no cell is a formula."""
    written = io.StringIO()
    table = csv.writer(written)
    who, when = f"{by.unit_name} {by.name}", clock.now().isoformat()
    table.writerow([_("导出人"), who, _("导出时间"), when, _("事由"), str(purpose)])
    table.writerow(head)
    for row in rows:
        table.writerow([harmless("" if cell is None else str(cell)) for cell in row])
    return csv_file(written.getvalue().encode("utf-8-sig"), name)
