"""The room as Django sees it."""

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    """calendar 工作日历."""

    name = "yizhan.calendar"
    verbose_name = "工作日历"

    def ready(self) -> None:
        """Announce the kind of definition."""
        from yizhan.calendar import kinds  # noqa: F401, PLC0415 (it needs the tables)
