"""The room as Django sees it."""

from django.apps import AppConfig


class RehearsalConfig(AppConfig):
    """rehearsal 演练."""

    name = "yizhan.rehearsal"
    verbose_name = "演练"

    def ready(self) -> None:
        """Announce the kind of definition."""
        from yizhan.rehearsal import kinds  # noqa: F401, PLC0415
