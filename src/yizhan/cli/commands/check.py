"""``./yizhan check``: is the house in order?"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from yizhan.cli import gate, testing, translations
from yizhan.cli.speech import tell

help = tell(
    en="The gate: format, lint, floors, types, house rules", zh="门禁：格式、规范、分层、类型、内务规则"
)
requirements = "test"


def arguments(parser: ArgumentParser) -> None:
    """None."""


def run(options: Namespace) -> int:
    """Run every check; 1 when one fails."""
    translations.compile_stale()
    wanted = [*gate.checks(), gate.house_rules()]
    with testing.variables() as environment:
        failed = gate.run(wanted, environment)
    gate.summarize(failed, len(wanted))
    return 1 if failed else 0
