"""The room as Django sees it."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """publishing 公示."""

    name = "yizhan.publishing"
    verbose_name = "公示"

    def ready(self) -> None:
        """Announce the works that processes name, follow the news, hear objections."""
        from yizhan.publishing import following, hearing, works  # noqa: F401, PLC0415 (they need the tables)
