"""The room as Django sees it."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """cases 办件."""

    name = "yizhan.cases"
    verbose_name = "办件"

    def ready(self) -> None:
        """Announce the item's kind, the timers' round, the handlers of effects and the reader of the calendar."""
        from yizhan.cases import (  # noqa: F401, PLC0415
            arming,
            by_the_house,
            effects,
            expired,
            extending,
            holdings_ended,
            kinds,
            means,
            move_orders,
            objection_works,
            reckoning,
            recording,
            reporting,
            suspending,
            timers,
            without_ground,
        )
