"""Why a step cannot be taken 不能办理. Nothing was changed."""

from __future__ import annotations

from yizhan.workflow.words import Words


class NotPossible(Exception):
    """An event does not fit the case as it stands; nothing was changed.

    Attributes:
        code: for programs: closed, not_begun, already_begun, task_gone, wait_gone, timer_gone,
            unknown_action, action_not_open, answers_wrong, reason_missing, withdrawal_closed, unit_unknown,
            decided_twice, endless.
        zh: for people, what is so and what to do.
        en: the same in English.
        answers: which answers are wrong and why, by key.
        reasons: why a condition is not met or could not be computed.
    """

    def __init__(
        self,
        code: str,
        zh: str,
        en: str,
        *,
        answers: dict[str, Words] | None = None,
        reasons: tuple[Words, ...] = (),
    ) -> None:
        super().__init__(f"{code}: {zh}")
        self.code, self.zh, self.en = code, zh, en
        self.answers, self.reasons = answers or {}, reasons

    @property
    def words(self) -> Words:
        """What to tell people."""
        return Words(self.zh, self.en)
