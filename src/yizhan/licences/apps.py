"""The room as Django sees it."""

from django.apps import AppConfig


class LicencesConfig(AppConfig):
    """licences 证照."""

    name = "yizhan.licences"
    verbose_name = "证照"

    def ready(self) -> None:
        """Announce what packs may bring, and the round in which licences expire."""
        from yizhan.licences import expiring, kinds  # noqa: F401, PLC0415 (they need the tables)
