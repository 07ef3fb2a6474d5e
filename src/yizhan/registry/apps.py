"""The room as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """registry 基础库."""

    name = "yizhan.registry"
    verbose_name = _("基础库")

    def ready(self) -> None:
        """Let what follows the news be known, and what packs may bring."""
        from yizhan.registry import contacts, kinds, links, premises  # noqa: F401, PLC0415  # models are ready only now
