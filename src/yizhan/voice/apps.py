"""The room as Django sees it."""

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    """voice 互动."""

    name = "yizhan.voice"
    verbose_name = "互动"

    def ready(self) -> None:
        """Follow the news."""
        from yizhan.voice import following  # noqa: F401, PLC0415 (it needs the tables)
