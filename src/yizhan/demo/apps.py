"""The room as Django sees it."""

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """demo 演示区."""

    name = "yizhan.demo"
    verbose_name = _("演示区")

    def ready(self) -> None:
        """Show the way to the people one can be, in demo mode only."""
        if settings.DEMO:
            from yizhan.ui.navigation import Entry, announce  # noqa: PLC0415

            announce(
                "utility", Entry("demo", _("以谁的身份试用"), "demo:people", icon="masks-theater", order=5)
            )
