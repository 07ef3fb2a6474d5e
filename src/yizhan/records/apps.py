"""The room as Django sees it."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """records 文件·档案."""

    name = "yizhan.records"
    verbose_name = "文件·档案"

    def ready(self) -> None:
        """Announce kinds of definitions and the worker's round."""
        from yizhan.records import kinds, sweeping  # noqa: F401, PLC0415 (they need the tables)
