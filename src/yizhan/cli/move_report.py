"""The report of a move 改用结果: every case with its result, as a table, as JSON, or to be read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from yizhan.cli.speech import Fault, tell

if TYPE_CHECKING:
    from yizhan.cases.move_lines import Line
    from yizhan.releases.models import Release


def write(path: Path, lines: Sequence[Line], to: Release) -> None:
    """Write every case; what the file is follows from its name: ``.csv``, ``.json``, else plain text.

    Raises:
        Fault: the file cannot be written.
    """
    made = _FORMS.get(path.suffix.lower(), _text)(lines, to)
    try:
        path.write_text(made, encoding="utf-8", newline="")
    except OSError as fault:
        raise Fault(
            en=f"{path} cannot be written: {fault.strerror}.", zh=f"写不了 {path}：{fault.strerror}。"
        ) from fault


def _table(lines: Sequence[Line], to: Release) -> str:
    """For a spreadsheet; the mark at its beginning tells it that this is UTF-8."""
    heads = [
        tell(en="number", zh="受理编号"),
        tell(en="item", zh="事项"),
        tell(en="from", zh="原版"),
        tell(en="to", zh="改用"),
        tell(en="place", zh="所在环节"),
        tell(en="result", zh="结果"),
        tell(en="why", zh="原因"),
    ]
    made = io.StringIO()
    table = csv.writer(made)
    table.writerow(heads)
    for one in lines:
        table.writerow(
            [one.number, one.item, one.version, to.version, one.place, _result(one), str(one.why or "")]
        )
    return f"\ufeff{made.getvalue()}"


def _json(lines: Sequence[Line], to: Release) -> str:
    """For programs: keys in English, reasons in both languages."""
    cases = [
        {
            "number": one.number,
            "from": one.version,
            "place": one.place,
            "goes": one.why is None,
            "why": {"zh": one.why.zh, "en": one.why.en} if one.why else None,
        }
        for one in lines
    ]
    told = {"pack": to.pack, "to": to.version, "cases": cases}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _text(lines: Sequence[Line], to: Release) -> str:
    """To be read: those that stay with their reasons, then those that go."""
    stay = [one for one in lines if one.why is not None]
    go = [one for one in lines if one.why is None]
    head = tell(
        en=f"{to}: going {len(go)}, staying {len(stay)}",
        zh=f"{to}：改用这一版 {len(go)} 件，仍用原版 {len(stay)} 件",
    )
    made = [head]
    for title, some in ((tell(en="Stay:", zh="仍用原版："), stay), (tell(en="Go:", zh="改用新版："), go)):
        made += ["", title]
        made += [_line(one) for one in some] or [tell(en="  none", zh="  没有")]
    return "\n".join(made) + "\n"


def _line(one: Line) -> str:
    where = tell(en=f"version {one.version}, at {one.place}", zh=f"第 {one.version} 版，{one.place}")
    why = f"\n      {one.why}" if one.why is not None else ""
    return f"  {one.number}  {one.item}  {where}{why}"


def _result(one: Line) -> str:
    return tell(en="stays", zh="仍用原版") if one.why is not None else tell(en="goes", zh="改用新版")


_FORMS: dict[str, Callable[[Sequence[Line], Release], str]] = {".csv": _table, ".json": _json}
