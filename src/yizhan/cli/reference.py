"""What every district has from the first minute 基础数据: codes, divisions, working days."""

from __future__ import annotations

from yizhan.calendar import loading as calendar_loading
from yizhan.codes import loading as codes_loading


def load() -> None:
    """Load what is missing or was corrected; harmless to repeat."""
    calendar_loading.load()
    codes_loading.load()
