"""The room as Django sees it."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """notices 通知送达."""

    name = "yizhan.notices"
    verbose_name = "通知送达"

    def ready(self) -> None:
        """Announce the kind of definition, the outbox's handler and the worker's rounds."""
        from yizhan.notices import delivering, kinds, sink  # noqa: F401, PLC0415 (they need the tables)
