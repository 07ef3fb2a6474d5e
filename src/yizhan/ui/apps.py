"""The room as Django sees it."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """ui 界面."""

    name = "yizhan.ui"
    verbose_name = "界面"
