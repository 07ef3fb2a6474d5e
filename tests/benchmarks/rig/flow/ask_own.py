"""The product's own code: every step in its scope, committed, with all that a step writes."""

from __future__ import annotations

import django

from yizhan.cli import environment
from yizhan.cli.places import HOME


def main() -> None:
    """Publish the process, found its departments, then answer."""
    environment.become(environment.as_application(environment.database()))
    django.setup()
    from tests.benchmarks.rig.flow import inboxes  # noqa: PLC0415 (models need Django)
    from tests.benchmarks.rig.flow.answering import answer  # noqa: PLC0415
    from tests.benchmarks.rig.flow.own import Own  # noqa: PLC0415

    own = Own()
    own.prepare(HOME / "packs")
    answer(
        own.walk,
        timers=own.timers,
        due_dates=own.due_dates,
        whose=lambda: inboxes.whose(own),
        inbox=lambda: inboxes.measure(own),
    )


if __name__ == "__main__":
    main()
