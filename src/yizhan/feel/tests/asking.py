"""What tests ask an expression."""

from __future__ import annotations

from collections.abc import Collection

from yizhan import feel


def outcome(source: str, known: Collection[str] = (), **facts: object) -> feel.Outcome:
    """What comes of an expression with these facts; ``known`` are names of several words."""
    return feel.expression(source, frozenset(known)).evaluate(facts)


def value(source: str, known: Collection[str] = (), **facts: object) -> feel.Value:
    """Its value."""
    return outcome(source, known, **facts).value


def reasons(source: str, **facts: object) -> list[str]:
    """Why there are nulls on the way, in Chinese."""
    return [reason.zh for reason in outcome(source, **facts).reasons]
