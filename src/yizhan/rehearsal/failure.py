"""Why a journey stopped 未通过: at which place of it, what was expected, what was there."""

from __future__ import annotations


class Failed(Exception):
    """Something is not as the journey says.

    Attributes:
        path: the place in the journey, such as ``steps[2].expect.status``.
        words: what was expected and what was there, in the language of whoever asked.
    """

    def __init__(self, path: str, words: str) -> None:
        super().__init__(f"{path}: {words}")
        self.path, self.words = path, words


class NothingToDo(Failed):
    """Whoever should act has no task now; a journey may expect just that."""


class Several(Exception):
    """Several things at once, as after a step with many expectations."""

    def __init__(self, failures: list[Failed]) -> None:
        super().__init__("; ".join(map(str, failures)))
        self.failures = failures
