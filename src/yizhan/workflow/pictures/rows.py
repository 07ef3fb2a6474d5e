"""Who takes part, as rows in a box 会办单位行: in so many columns as find room, at most forty; the list has them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yizhan.workflow.pictures import words
from yizhan.workflow.pictures.lettering import cut, pixels, units
from yizhan.workflow.pictures.states import Participant

HIGH, MOST, TALLEST, LONGEST = 22, 40, 10, 34
SIGN, BETWEEN, AFTER, WIDER, LETTERS = 22, 16, 12, 40, 13


@dataclass(frozen=True)
class Rows:
    """The rows of one box.

    Attributes:
        shown: who, and its title as it fits.
        room: how wide a row is.
        left_out: how many find no room.
    """

    shown: tuple[tuple[Participant, str], ...] = ()
    room: int = 0
    columns: int = 1
    left_out: int = 0

    @property
    def tall(self) -> int:
        """How many stand below one another."""
        return -(-len(self.shown) // self.columns)

    @property
    def width(self) -> int:
        """How much room all columns need."""
        return self.room * self.columns

    @property
    def height(self) -> int:
        """How high they are, with some room below."""
        return HIGH * (self.tall + (self.left_out > 0)) + 8 if self.shown else 0

    def place(self, number: int) -> tuple[int, int]:
        """In which column and line a row stands."""
        return number // self.tall, number % self.tall


NOBODY = Rows()


def rows_of(taking_part: Sequence[Participant], width: int) -> Rows:
    """The rows of those who take part, in a box that is so wide inside, as far as that is known."""
    if not taking_part:
        return NOBODY
    some = taking_part[:MOST]
    longest = min(max(units(one.title) for one in some), LONGEST)
    shown = tuple((one, cut(one.title, longest)) for one in some)
    said = max(pixels(words.answer(one), LETTERS) for one in some)
    room = SIGN + max(pixels(title, LETTERS) for _one, title in shown) + BETWEEN + said + AFTER
    columns = max(-(-len(some) // TALLEST), min(width // room, len(some)))
    return Rows(shown, room, columns, len(taking_part) - len(some))
