"""What is put in place of a match 替换文本: ``$1`` is its first group, ``$0`` the whole of it."""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.feel.patterns.reading import PatternFault


class Replacement:
    """A replacement, read once for a pattern with so many groups.

    Raises:
        PatternFault: a ``$`` or a backslash stands alone.
    """

    def __init__(self, source: str, groups: int, *, is_literal: bool = False) -> None:
        self._parts: list[str | int] = [source] if is_literal else list(_parts(source, groups))

    def of(self, groups: Sequence[str | None]) -> str:
        """The text for a match; a group that took no part gives nothing."""
        return "".join(part if isinstance(part, str) else groups[part] or "" for part in self._parts)


def _parts(source: str, groups: int) -> list[str | int]:
    parts: list[str | int] = []
    at = 0
    while at < len(source):
        sign, after = source[at], source[at + 1 : at + 2]
        at += 2
        if sign == "\\" and after and after in "\\$":
            parts.append(after)
        elif sign == "$" and after.isascii() and after.isdigit():
            number = int(after)
            while source[at : at + 1].isdigit() and number * 10 + int(source[at]) <= groups:
                number, at = number * 10 + int(source[at]), at + 1
            parts.append(number if number <= groups else "")
        elif sign in "\\$":
            raise PatternFault(
                zh="替换文本里的 $ 后应为组号，反斜杠后应为 $ 或反斜杠",
                en="in the replacement a $ stands before a number, a backslash before $ or a backslash",
            )
        else:
            parts.append(sign)
            at -= 1
    return parts
