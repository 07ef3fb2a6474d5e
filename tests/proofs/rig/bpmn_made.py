"""Random processes for the proof ``bpmn``: blocks within blocks, written once for each engine.

Only what both engines mean by the same is compared. In the other one an inclusive gateway lets each token through by
itself, so there is none. It also sends on along the ways that were not taken, through merges and into joins behind
them; so every choice stands in a sub-process of its own, out of which nothing of the kind comes.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from random import Random

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:yz="urn:yizhan:bpmn:1" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="urn:proof">'
)
TIME = '<timerEventDefinition><timeDuration xsi:type="tFormalExpression">P1D</timeDuration></timerEventDefinition>'
BLOCKS = ("task", "task", "exclusive", "parallel", "events", "late", "body", "beside")
FACT = "{{{}}}"
"""Where a condition stands; each engine has its own way to ask for a fact."""


class Made:
    """A process, and the facts that its conditions ask for.

    Attributes:
        kinds: of every element at which something is awaited: ``task``, ``message`` or ``time``.
    """

    def __init__(self, random: Random, depth: int) -> None:
        self._random, self._numbers = random, count(1)
        self._parts: list[str] = []
        self._messages: list[str] = []
        self.facts: list[str] = []
        self.kinds: dict[str, str] = {}
        first, last = self._sequence(depth)
        self._flow("start", first)
        self._flow(last, "end")
        self._inside = "".join(self._parts)

    def written(self, condition: str, facts: str = "") -> str:
        """The file, with conditions written as ``condition`` says; ``{}`` is the fact."""
        conditions = {name: condition.format(name) for name in self.facts}
        messages = "".join(f'<message id="{key}" name="{key}"/>' for key in self._messages)
        inside = self._inside.format(**conditions)
        return (
            f'{HEAD}{messages}<process id="p" name="p" isExecutable="true">{facts}<startEvent id="start"/>'
            f'<endEvent id="end"/>{inside}</process></definitions>'
        )

    def _key(self, letter: str) -> str:
        return f"{letter}{next(self._numbers)}"

    def _flow(self, source: str, target: str, condition: str = "") -> None:
        said = (
            f'<conditionExpression xsi:type="tFormalExpression">{condition}</conditionExpression>'
            if condition
            else ""
        )
        self._parts.append(
            f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{said}</sequenceFlow>'
        )

    def _sequence(self, depth: int) -> tuple[str, str]:
        first, last = self._block(depth)
        for _ in range(self._random.randint(0, 2)):
            start, end = self._block(depth)
            self._flow(last, start)
            last = end
        return first, last

    def _block(self, depth: int) -> tuple[str, str]:
        kind = self._random.choice(BLOCKS) if depth else "task"
        found: tuple[str, str] = getattr(self, f"_{kind}")(depth - 1)
        return found

    def _task(self, _depth: int) -> tuple[str, str]:
        key = self._key("t")
        self.kinds[key] = "task"
        self._parts.append(f'<userTask id="{key}" name="{key}" yz:role="p.clerk"/>')
        return key, key

    def _gateways(self, kind: str, depth: int, *, asks: bool) -> tuple[str, str]:
        split, join = self._key("g"), self._key("j")
        branches = [self._sequence(depth) for _ in range(self._random.randint(2, 3))]
        default = f' default="{split}_{branches[-1][0]}"' if asks else ""
        self._parts.append(f'<{kind}Gateway id="{split}"{default}/><{kind}Gateway id="{join}"/>')
        for first, last in branches:
            self._flow(split, first, self._fact() if asks and first != branches[-1][0] else "")
            self._flow(last, join)
        return split, join

    def _fact(self) -> str:
        self.facts.append(f"x{len(self.facts)}")
        return FACT.format(self.facts[-1])

    def _exclusive(self, depth: int) -> tuple[str, str]:
        return self._inside_of_its_own(lambda: self._gateways("exclusive", depth, asks=True))

    def _parallel(self, depth: int) -> tuple[str, str]:
        return self._gateways("parallel", depth, asks=False)

    def _message(self, key: str) -> str:
        self._messages.append(f"m_{key}")
        self.kinds[key] = "message"
        return f'<messageEventDefinition messageRef="m_{key}"/>'

    def _events(self, depth: int) -> tuple[str, str]:
        """Whichever comes first: a message or a time."""
        return self._inside_of_its_own(lambda: self._first_event(depth))

    def _first_event(self, depth: int) -> tuple[str, str]:
        split, join = self._key("g"), self._key("j")
        self._parts.append(f'<eventBasedGateway id="{split}"/><exclusiveGateway id="{join}"/>')
        for kind in ("message", "time"):
            key = self._key("c")
            self.kinds[key] = kind
            definition = self._message(key) if kind == "message" else TIME
            self._parts.append(f'<intermediateCatchEvent id="{key}">{definition}</intermediateCatchEvent>')
            first, last = self._sequence(depth)
            self._flow(split, key)
            self._flow(key, first)
            self._flow(last, join)
        return split, join

    def _late(self, depth: int) -> tuple[str, str]:
        """A task or a body that a time breaks off."""
        return self._inside_of_its_own(lambda: self._broken_off(depth))

    def _broken_off(self, depth: int) -> tuple[str, str]:
        first, last = self._body(depth) if self._random.random() < 0.5 else self._task(depth)
        event, join = self._key("b"), self._key("j")
        self.kinds[event] = "time"
        self._parts.append(f'<boundaryEvent id="{event}" attachedToRef="{first}">{TIME}</boundaryEvent>')
        self._parts.append(f'<exclusiveGateway id="{join}"/>')
        start, end = self._task(depth)
        self._flow(event, start)
        self._flow(end, join)
        self._flow(last, join)
        return first, join

    def _beside(self, depth: int) -> tuple[str, str]:
        """A task beside which something else begins when a time passes."""
        first, last = self._task(depth)
        event, end = self._key("b"), self._key("e")
        self.kinds[event] = "time"
        self._parts.append(
            f'<boundaryEvent id="{event}" attachedToRef="{first}" cancelActivity="false">{TIME}</boundaryEvent>'
            f'<endEvent id="{end}"/>'
        )
        other, _last = self._task(depth)
        self._flow(event, other)
        self._flow(other, end)
        return first, last

    def _body(self, depth: int) -> tuple[str, str]:
        return self._inside_of_its_own(lambda: self._sequence(max(depth, 0)))

    def _inside_of_its_own(self, block: Callable[[], tuple[str, str]]) -> tuple[str, str]:
        """A sub-process around a block."""
        key, start, end = self._key("s"), self._key("i"), self._key("o")
        outer, self._parts = self._parts, [f'<startEvent id="{start}"/><endEvent id="{end}"/>']
        first, last = block()
        self._flow(start, first)
        self._flow(last, end)
        inside, self._parts = "".join(self._parts), outer
        self._parts.append(f'<subProcess id="{key}" name="{key}">{inside}</subProcess>')
        return key, key
