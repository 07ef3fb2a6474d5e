"""The room as Django sees it."""

from django.apps import AppConfig


class SealsConfig(AppConfig):
    """seals 印章."""

    name = "yizhan.seals"
    verbose_name = "印章"

    def ready(self) -> None:
        """Announce the round in which certificates and lists are kept up, follow the news of posts."""
        from yizhan.seals import keeping_up, retiring  # noqa: F401, PLC0415 (they need the tables)
