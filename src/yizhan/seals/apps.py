"""The room as Django sees it."""

from django.apps import AppConfig


class SealsConfig(AppConfig):
    """seals 印章."""

    name = "yizhan.seals"
    verbose_name = "印章"

    def ready(self) -> None:
        """Announce the round in which certificates and lists are kept up."""
        from yizhan.seals import keeping_up  # noqa: F401, PLC0415 (it needs the tables)
