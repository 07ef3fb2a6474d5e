"""The room as Django sees it."""

from django.apps import AppConfig


class SealsConfig(AppConfig):
    """seals 印章."""

    name = "yizhan.seals"
    verbose_name = "印章"
