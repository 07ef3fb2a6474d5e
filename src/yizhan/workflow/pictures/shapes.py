"""The shapes of figures 图形: boxes, pills, six-sided and four-sided ones, bodies with headings, rows, columns."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from yizhan.ui.language import as_written
from yizhan.workflow.pictures import signs, words
from yizhan.workflow.pictures.figures import LINE, SMALL_LINE, Figure
from yizhan.workflow.pictures.plan import Box
from yizhan.workflow.pictures.rows import AFTER, HIGH, SIGN, WIDER, Rows

NOTHING = SafeString("")
STACKED, ROUNDEST = 5, 26


def outline_of(figure: Figure, box: Box, *, doubled: bool = False, stacked: bool = False) -> SafeString:
    """The edge of a figure; doubled for what waits or is called, stacked for what several do."""
    if figure.shape in {"hexagon", "diamond"}:
        return _polygon(box, 14 if figure.shape == "hexagon" else box.w // 2)
    radius = {"pill": min(box.h // 2, ROUNDEST), "dot": box.w // 2, "body": 12, "column": 8}.get(
        figure.shape, 10
    )
    behind = _rectangle(box.moved(STACKED, STACKED), radius) if stacked else NOTHING
    inner = Box(box.x + 3, box.y + 3, box.w - 6, box.h - 6)
    return (
        behind
        + _rectangle(box, radius)
        + (_rectangle(inner, radius - 3, "process-inner") if doubled else NOTHING)
    )


def words_of(figure: Figure, box: Box) -> SafeString:
    """Its title, its note, and who takes part."""
    if figure.shape == "body":
        return _heading(figure, box, "start", box.x + 14)
    if figure.shape == "column":
        return _heading(figure, box, "middle", box.middle.x)
    if figure.note:
        return _heading(figure, box, "middle", box.middle.x)
    if figure.pointed:
        first = box.middle.y + 5 - (len(figure.lines) - 1) * SMALL_LINE // 2
        return text(figure.lines, box.right + 6, first, "start", apart=SMALL_LINE, sort="is-small")
    aside = 10 if figure.icon else 0
    middle = box.middle.y - figure.foot // 2
    first = middle + 5 - (len(figure.lines) - 1) * LINE // 2
    icon = signs.icon(figure.icon, box.x + 20, middle) if figure.icon else NOTHING
    return icon + text(figure.lines, box.middle.x + aside, first, "middle")


def text(
    lines: Sequence[str], x: int, y: int, anchor: str, *, apart: int = LINE, sort: str = ""
) -> SafeString:
    """Lines of text, the first with its foot at ``y``."""
    if not lines:
        return NOTHING
    return format_html(
        '<text class="{}" font-size="{}" text-anchor="{}" fill="currentColor"{}>{}</text>',
        sort or "process-title", 13 if sort else 14, anchor, _in_chinese(lines),
        format_html_join(
            "", '<tspan x="{}" y="{}">{}</tspan>', ((x, y + n * apart, line) for n, line in enumerate(lines))
        ),
    )  # fmt: skip


def _in_chinese(lines: Sequence[str]) -> SafeString:
    """A name that stays Chinese is marked on an English page, so that it is read aloud rightly."""
    words = "".join(lines)
    return SafeString(' lang="zh"') if as_written(words) != words else NOTHING


def _heading(figure: Figure, box: Box, anchor: str, x: int) -> SafeString:
    y = box.y + 11 + LINE - 5
    said = text(figure.lines, x, y, anchor)
    y += LINE * (len(figure.lines) - 1)
    if figure.note:
        y += SMALL_LINE
        said += text([figure.note], x, y, anchor, sort="is-note")
    return said + (_rows(figure.rows, box, y + 10))


def _rows(rows: Rows, box: Box, y: int) -> SafeString:
    """Who takes part and what each has said; many in several columns."""
    room = min((box.w - 24) // rows.columns, rows.room + WIDER)
    found = NOTHING
    for number, (one, title) in enumerate(rows.shown):
        column, line = rows.place(number)
        x, foot = box.x + 12 + room * column, y + HIGH * (line + 1) - 6
        found += format_html(
            '<g class="process-row">{}{}{}</g>',
            signs.mark(one.state, x + 8, foot - 4),
            text([title], x + SIGN, foot, "start", sort="is-small"),
            text([words.answer(one)], x + room - AFTER, foot, "end", sort=f"is-answer is-{one.state}"),
        )
    if rows.left_out:
        foot = y + HIGH * (rows.tall + 1) - 6
        found += text([words.more(rows.left_out)], box.x + 12 + SIGN, foot, "start", sort="is-note")
    return found


def _rectangle(box: Box, radius: int, sort: str = "process-shape") -> SafeString:
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="{}" fill="none" stroke="currentColor"/>',
        sort, *box, max(radius, 0),
    )  # fmt: skip


def _polygon(box: Box, slope: int) -> SafeString:
    """Six corners, or four where the slopes meet in the middle."""
    left, right, middle = box.x + slope, box.right - slope, box.middle.y
    corners = [
        (box.x, middle), (left, box.y), (right, box.y), (box.right, middle), (right, box.bottom), (left, box.bottom)
    ]  # fmt: skip
    return format_html(
        '<polygon class="process-shape" points="{}" fill="none" stroke="currentColor"/>',
        " ".join(f"{x},{y}" for x, y in dict.fromkeys(corners)),
    )
