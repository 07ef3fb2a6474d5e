"""The room as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FormsConfig(AppConfig):
    """forms 电子表单."""

    name = "yizhan.forms"
    verbose_name = _("电子表单")

    def ready(self) -> None:
        """Announce the two kinds of files to the releases."""
        from yizhan.forms import kinds  # noqa: F401, PLC0415 (it needs the tables of releases)
