"""What is wrong with an answer, in words for the person who gave it."""

from __future__ import annotations

from dataclasses import dataclass

from yizhan.ui.language import in_english


@dataclass(frozen=True)
class Fault:
    """One mistake 填写错误.

    Attributes:
        path: ``members.0.name``; empty for the form as a whole.
        message: what is wrong.
        advice: what to do.
        confirm: the answer that may be right all the same; the person is asked to confirm it.
    """

    path: str
    message: str
    advice: str = ""
    confirm: str = ""

    @property
    def words(self) -> str:
        """Both sentences; the same beside the field and in the summary."""
        if not self.advice:
            return self.message
        end = ". " if in_english() else "。"
        return f"{self.message.rstrip('. 。')}{end}{self.advice}"
