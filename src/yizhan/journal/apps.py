"""The room as Django sees it."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """journal 全程留痕."""

    name = "yizhan.journal"
    verbose_name = "全程留痕"
