"""The room as Django sees it."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """payments 收费与发放."""

    name = "yizhan.payments"
    verbose_name = "收费与发放"

    def ready(self) -> None:
        """Announce the kind of definition and the messages, follow the news, do the round that makes lists."""
        from yizhan.payments import (  # noqa: F401, PLC0415 (they need the tables)
            building,
            following,
            kinds,
            ordering,
            recovering,
        )
