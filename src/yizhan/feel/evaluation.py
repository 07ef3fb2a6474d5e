"""One evaluation 求值: why something became null, and how much work was done."""

from __future__ import annotations

from dataclasses import dataclass

from yizhan.feel.faults import LimitFault
from yizhan.feel.values import Value

MOST_REASONS = 50
DEEPEST_VALUE = 64  # levels; what compares or writes a value takes four Python frames for each
DEEPEST = (
    150  # levels of expressions in calls of functions within one another; three Python frames each at most
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How far one evaluation may go.

    Attributes:
        steps: parts of the expression evaluated in loops, plus items and characters that functions look at.
        text: characters in one text.
        items: entries in the result, nested ones counted.
    """

    steps: int = 100_000
    text: int = 65_536
    items: int = 10_000


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a part of an expression is null 原因.

    Attributes:
        position: where in the source, from 0.
        zh: the reason in Chinese.
        en: the same in English.
    """

    position: int
    zh: str
    en: str


class Evaluation:
    """What one evaluation gathers while it runs; closures hand it on."""

    __slots__ = ("_depth_left", "limits", "reasons", "steps_left")

    def __init__(self, limits: Limits = LIMITS) -> None:
        self.limits = limits
        self.steps_left = limits.steps
        self.reasons: list[Reason] = []
        self._depth_left = DEEPEST

    def null(self, position: int, zh: str, en: str) -> bool | None:
        """Record why a value is null, and be that null: typed as an unknown truth, which fits any value."""
        if len(self.reasons) < MOST_REASONS:
            self.reasons.append(Reason(position, zh, en))
        return None

    def repeat(self, reasons: tuple[Reason, ...]) -> None:
        """Record reasons that were found before, when an answer that is kept is given again."""
        self.reasons.extend(reasons[: MOST_REASONS - len(self.reasons)])

    def spend(self, steps: int) -> None:
        """Count work.

        Raises:
            LimitFault: the work is more than one evaluation may do.
        """
        self.steps_left -= steps
        if self.steps_left < 0:
            raise LimitFault(
                zh=f"计算步数超过 {self.limits.steps}，请简化表达式",
                en=f"more than {self.limits.steps} steps; simplify the expression",
            )

    def enter(self, levels: int) -> None:
        """Go into the body of a function, so many levels high.

        Raises:
            LimitFault: functions call one another too deeply.
        """
        self._depth_left -= levels
        if self._depth_left < 0:
            raise LimitFault(
                zh="函数互相调用过深，请改用循环或列表函数",
                en="functions call one another too deeply; use a loop or a function of lists",
            )

    def leave(self, levels: int) -> None:
        """Come back out of it."""
        self._depth_left += levels

    def text(self, text: str) -> str:
        """A text, if it is not too long.

        Raises:
            LimitFault: it is.
        """
        if len(text) > self.limits.text:
            raise LimitFault(
                zh=f"文本超过 {self.limits.text} 字", en=f"a text longer than {self.limits.text} characters"
            )
        return text

    def measured(self, value: Value) -> Value:
        """A result, if its nested entries are not too many: parts can be shared, so few steps make much.

        Raises:
            LimitFault: they are, or they are nested too deeply for what reads them.
        """
        if type(value) is not tuple and type(value) is not dict:
            return value
        count, waiting = 0, [(value, 1)]
        while waiting:
            here, level = waiting.pop()
            count += len(here)
            if count > self.limits.items:
                raise LimitFault(
                    zh=f"结果超过 {self.limits.items} 项",
                    en=f"a result of more than {self.limits.items} entries",
                )
            if level > DEEPEST_VALUE:
                raise LimitFault(
                    zh=f"结果嵌套超过 {DEEPEST_VALUE} 层", en=f"a result nested deeper than {DEEPEST_VALUE}"
                )
            inner = here.values() if isinstance(here, dict) else here
            waiting.extend((item, level + 1) for item in inner if isinstance(item, tuple | dict))
        return value
