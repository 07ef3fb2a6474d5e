"""The room as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    """ui 界面."""

    name = "yizhan.ui"
    verbose_name = _("界面")
