"""Small signs 图标: drawn by ourselves around a middle at 0, 0, in the colour of what they stand on."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from yizhan.workflow.pictures.plan import Point
from yizhan.workflow.pictures.states import ParticipantState, State

_PATHS = {
    "gear": "M0-6.5V-4M0 4v2.5M-6.5 0H-4M4 0h2.5M-4.6-4.6l1.8 1.8M2.8 2.8l1.8 1.8M-4.6 4.6l1.8-1.8M2.8-2.8l1.8-1.8"
    "M4 0A4 4 0 1 1-4 0A4 4 0 1 1 4 0z",
    "clock": "M6.5 0A6.5 6.5 0 1 1-6.5 0A6.5 6.5 0 1 1 6.5 0zM0-3.8V0.4L2.8 1.9",
    "hands": "M0-5V0.5L3.6 2.4",
    "envelope": "M-6.5-4.5H6.5V4.5H-6.5zM-6.5-4L0 1L6.5-4",
    "bolt": "M1.2-7L-4.2 1.2H-0.2L-1.2 7L4.2-1.2H0.2z",
    "stop": "M4.5 0A4.5 4.5 0 1 1-4.5 0A4.5 4.5 0 1 1 4.5 0z",
    "plus": "M-8 0H8M0-8V8",
    "circle": "M7.5 0A7.5 7.5 0 1 1-7.5 0A7.5 7.5 0 1 1 7.5 0z",
    "cross": "M-5.5-5.5L5.5 5.5M5.5-5.5L-5.5 5.5",
    "check": "M-3.4 0.2L-1.2 2.6L3.4-2.4",
    "refuse": "M-2.6-2.6L2.6 2.6M2.6-2.6L-2.6 2.6",
    "dash": "M-3 0H3",
    "point": "M2.4 0A2.4 2.4 0 1 1-2.4 0A2.4 2.4 0 1 1 2.4 0z",
    "wait": "M0-3.4V0.2L2.4 1.4",
}
_EVENTS = {"timer": "hands", "message": "envelope", "error": "bolt"}
_BADGES: dict[State, str] = {"current": "point", "passed": "check", "skipped": "dash", "cancelled": "refuse"}
_MARKS: dict[ParticipantState, str] = {
    "waiting": "wait",
    "answered": "point",
    "consented": "check",
    "silent": "check",
    "refused": "refuse",
    "withdrawn": "dash",
    "unasked": "dash",
}


def icon(name: str, x: int, y: int, scale: str = "") -> SafeString:
    """A sign that tells what sort of place something is."""
    return format_html(
        '<path class="process-icon" transform="translate({} {}){}" d="{}" fill="none" stroke="currentColor"/>',
        x, y, scale and f" scale({scale})", _PATHS[name],
    )  # fmt: skip


def event(kind: str, x: int, y: int, *, interrupts: bool) -> SafeString:
    """An event on the edge of a box; one that lets the box go on has a broken edge."""
    return format_html(
        '<g class="process-event process-event--{}{}"><circle cx="{}" cy="{}" r="10" fill="none" '
        'stroke="currentColor"{}/>{}</g>',
        kind, "" if interrupts else " is-beside", x, y,
        "" if interrupts else SafeString(' stroke-dasharray="3 2.5"'),
        icon(_EVENTS[kind], x, y, "0.8"),
    )  # fmt: skip


def badge(state: State, x: int, y: int, count: int = 1) -> SafeString:
    """The sign of a node's state, or how many stand there; nothing for what is ahead."""
    if state == "ahead":
        return SafeString("")
    inside = _path(_BADGES[state])
    if count > 1:
        number = '<text y="4" font-size="11" text-anchor="middle" fill="currentColor">{}</text>'
        inside = format_html(number, count)
    return _round(f"process-sign is-{state}", Point(x, y), 8, inside)


def mark(state: ParticipantState, x: int, y: int) -> SafeString:
    """The sign of what one of several has said."""
    inside = _path(_MARKS[state]) if state in _MARKS else SafeString("")
    return _round(f"process-mark is-{state}", Point(x, y), 7, inside)


def _path(name: str) -> SafeString:
    return format_html('<path d="{}" fill="none" stroke="currentColor"/>', _PATHS[name])


def _round(sort: str, middle: Point, radius: int, inside: SafeString) -> SafeString:
    return format_html(
        '<g class="{}" transform="translate({} {})"><circle r="{}" fill="none" stroke="currentColor"/>{}</g>',
        sort, *middle, radius, inside,
    )  # fmt: skip
