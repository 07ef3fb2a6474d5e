"""The room as Django sees it."""

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    """calendar 工作日历."""

    name = "yizhan.calendar"
    verbose_name = "工作日历"
