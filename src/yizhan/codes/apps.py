"""The room as Django sees it."""

from django.apps import AppConfig


class CodesConfig(AppConfig):
    """codes 国标代码."""

    name = "yizhan.codes"
    verbose_name = "国标代码"
