"""The room as Django sees it."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    """releases 应用包发布."""

    name = "yizhan.releases"
    verbose_name = "应用包发布"
