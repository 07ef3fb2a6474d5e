"""What happened 全程留痕: the house's news, the access log, and the way out.

``journal.write`` records a fact in the past tense in the same transaction as the fact itself;
``journal.reads`` lets a room above follow such facts, in order and at least once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yizhan.journal.reading import reads
    from yizhan.journal.writing import write

__all__ = ["reads", "write"]


def __getattr__(name: str) -> Any:
    """Find the two verbs when they are first used: Django's tables are not ready while rooms load."""
    if name == "write":
        from yizhan.journal.writing import write  # noqa: PLC0415

        return write
    if name == "reads":
        from yizhan.journal.reading import reads  # noqa: PLC0415

        return reads
    raise AttributeError(name)
