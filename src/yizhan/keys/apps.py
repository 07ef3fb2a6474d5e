"""The room as Django sees it."""

from django.apps import AppConfig


class KeysConfig(AppConfig):
    """keys 密钥."""

    name = "yizhan.keys"
    verbose_name = "密钥"
