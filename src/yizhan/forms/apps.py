"""The room as Django sees it."""

from django.apps import AppConfig


class FormsConfig(AppConfig):
    """forms 电子表单."""

    name = "yizhan.forms"
    verbose_name = "电子表单"

    def ready(self) -> None:
        """Announce the two kinds of files to the releases."""
        from yizhan.forms import kinds  # noqa: F401, PLC0415 (it needs the tables of releases)
