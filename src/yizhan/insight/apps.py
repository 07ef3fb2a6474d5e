"""The room as Django sees it."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """insight 监察与分析."""

    name = "yizhan.insight"
    verbose_name = "监察与分析"
