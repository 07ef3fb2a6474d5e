"""The room as Django sees it."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """insight 监察与分析."""

    name = "yizhan.insight"
    verbose_name = "监察与分析"

    def ready(self) -> None:
        """Let what follows the news be known."""
        from yizhan.insight import telling_marks  # noqa: F401, PLC0415  # models are ready only now
