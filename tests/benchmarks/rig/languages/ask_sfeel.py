"""pySFeel, in the environment of the peers. It has no compiled form: every evaluation reads the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pySFeel
import questions
import turns


def works() -> dict[str, turns.Work]:
    """All works by name."""
    parser = pySFeel.SFeelParser()
    return {
        question.name: (_evaluate(parser), [question.sfeel.format(one) for one in question.inputs])
        for question in questions.UNARY
    }


def _evaluate(parser: Any) -> Callable[[str], Any]:
    return lambda text: parser.sFeelParse(text)[1]


if __name__ == "__main__":
    turns.answer(works())
