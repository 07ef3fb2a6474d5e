"""Random processes of BPMN, for tests: blocks within blocks, or gateways joined at random."""

from itertools import count

from hypothesis import strategies as st

from yizhan.workflow.tests.bpmn import END, START, file, flow, gateway, process, task

MESSAGES = '<message id="m" name="m"/><error id="e" errorCode="e"/>'
KINDS = [
    "task",
    "task",
    "work",
    "exclusive",
    "parallel",
    "inclusive",
    "events",
    "meanwhile",
    "body",
    "several",
    "loop",
]


class Maker:
    """What was made so far; each block leads from one element to another."""

    def __init__(self, draw):
        self.draw, self.numbers, self.parts = draw, count(1), []
        self.facts = []

    def key(self, letter):
        return f"{letter}{next(self.numbers)}"

    def flow(self, source, target, condition="", attributes=""):
        self.parts.append(flow(f"{source} -> {target}", condition, attributes))

    def fact(self):
        name = f"x{len(self.facts)}"
        self.facts.append((name, "number"))
        return name

    def block(self, depth):
        """A block: the element it begins with, and the one it ends with."""
        kind = self.draw(st.sampled_from(KINDS if depth else ["task", "work"]))
        return getattr(self, f"_{kind}")(depth - 1)

    def sequence(self, depth):
        first, last = self.block(depth)
        for _ in range(self.draw(st.integers(0, 2 if depth > 1 else 1))):
            start, end = self.block(depth)
            self.flow(last, start)
            last = end
        return first, last

    def _task(self, _depth):
        key = self.key("t")
        self.parts.append(task(key))
        return key, key

    def _work(self, _depth):
        key = self.key("w")
        self.parts.append(f'<serviceTask id="{key}" yz:does="work" yz:waits="true"/>')
        return key, key

    def _branches(self, split, join, depth):
        for _ in range(self.draw(st.integers(2, 3))):
            first, last = self.sequence(depth)
            yield first
            self.flow(last, join)

    def _gateways(self, kind, depth, *, conditions):
        split, join = self.key("g"), self.key("j")
        branches = list(self._branches(split, join, depth))
        default = f'default="{split}_{branches[-1]}"' if conditions else ""
        self.parts += [gateway(kind, split, attributes=default), gateway(kind, join)]
        for first in branches:
            wanted = f"{self.fact()} > 0" if conditions and first != branches[-1] else ""
            self.flow(split, first, wanted.replace(">", "&gt;"))
        return split, join

    def _exclusive(self, depth):
        return self._gateways("exclusive", depth, conditions=True)

    def _parallel(self, depth):
        return self._gateways("parallel", depth, conditions=False)

    def _inclusive(self, depth):
        return self._gateways("inclusive", depth, conditions=True)

    def _events(self, _depth):
        split, message, timer, join = self.key("g"), self.key("c"), self.key("c"), self.key("j")
        self.parts += [
            f'<eventBasedGateway id="{split}"/>',
            f'<intermediateCatchEvent id="{message}"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>',
            f'<intermediateCatchEvent id="{timer}"><timerEventDefinition><timeDuration>P1D</timeDuration>'
            "</timerEventDefinition></intermediateCatchEvent>",
            gateway("exclusive", join),
        ]
        for key in (message, timer):
            self.flow(split, key)
            self.flow(key, join)
        return split, join

    def _meanwhile(self, depth):
        """A block with a time that interrupts it, or that starts something beside."""
        first, last = self._body(depth) if depth > 0 else self._task(depth)
        event = self.key("b")
        definition = "<timerEventDefinition><timeDuration>P2D</timeDuration></timerEventDefinition>"
        if self.draw(st.booleans()):
            join = self.key("j")
            self.parts += [
                f'<boundaryEvent id="{event}" attachedToRef="{first}">{definition}</boundaryEvent>'
            ]
            self.parts.append(gateway("exclusive", join))
            self.flow(event, join)
            self.flow(last, join)
            return first, join
        beside, end = self.key("t"), self.key("e")
        self.parts += [
            f'<boundaryEvent id="{event}" attachedToRef="{first}" cancelActivity="false">{definition}</boundaryEvent>',
            task(beside), f'<endEvent id="{end}"/>',
        ]  # fmt: skip
        self.flow(event, beside)
        self.flow(beside, end)
        return first, last

    def _body(self, depth):
        key, start, end = self.key("s"), self.key("i"), self.key("o")
        outer, self.parts = self.parts, [f'<startEvent id="{start}"/>', f'<endEvent id="{end}"/>']
        first, last = self.sequence(max(depth, 0))
        self.flow(start, first)
        self.flow(last, end)
        inside, self.parts = "".join(self.parts), outer
        self.parts.append(f'<subProcess id="{key}" name="{key}">{inside}</subProcess>')
        return key, key

    def _several(self, _depth):
        key = self.key("m")
        sequential = self.draw(st.sampled_from(["true", "false"]))
        number = self.draw(st.integers(0, 3))
        loop = (
            f'<multiInstanceLoopCharacteristics isSequential="{sequential}"><loopCardinality>{number}</loopCardinality>'
            "</multiInstanceLoopCharacteristics>"
        )
        self.parts.append(task(key, loop))
        return key, key

    def _loop(self, depth):
        merge, again = self.key("j"), self.key("g")
        first, last = self._task(depth)
        out = self.key("t")
        self.parts += [
            gateway("exclusive", merge), gateway("exclusive", again, attributes=f'default="{again}_{out}"'), task(out),
        ]  # fmt: skip
        self.flow(merge, first)
        self.flow(last, again)
        self.flow(again, merge, f"{self.fact()} &gt; 0")
        self.flow(again, out)
        return merge, out


@st.composite
def blocks(draw, depth=2):
    """A process of blocks within blocks: the file, and the facts its conditions ask for."""
    maker = Maker(draw)
    first, last = maker.sequence(depth)
    maker.flow("start", first)
    maker.flow(last, "end")
    return file(process(START, END, *maker.parts, facts=maker.facts), more=MESSAGES), [
        n for n, _t in maker.facts
    ]


@st.composite
def nets(draw):
    """Tasks and gateways joined at random, each with a way to it; some are sound."""
    keys = [f"n{number}" for number in range(draw(st.integers(3, 7)))]
    ways = [("start", keys[0])]
    ways += [(keys[draw(st.integers(0, number))], key) for number, key in enumerate(keys[1:])]
    ends = st.sampled_from([*keys, "end", "end"])
    ways += [(key, draw(ends)) for key in keys if all(source != key for source, _target in ways)]
    ways += draw(st.lists(st.tuples(st.sampled_from(keys), ends), max_size=3))
    ways = list(dict.fromkeys(way for way in ways if way[0] != way[1]))
    facts, parts = [], [START, END]
    for key in keys:
        out = [target for source, target in ways if source == key]
        into = [source for source, target in ways if target == key]
        gateways = st.sampled_from(["exclusive", "parallel", "parallel", "inclusive"])
        kind = "task" if len(out) == len(into) == 1 else draw(gateways)
        chooses = kind in {"exclusive", "inclusive"} and len(out) > 1
        default = f'default="{key}_{out[-1]}"' if chooses else ""
        parts.append(task(key) if kind == "task" else gateway(kind, key, attributes=default))
        for target in out:
            condition = ""
            if chooses and target != out[-1]:
                facts.append((f"x{len(facts)}", "number"))
                condition = f"{facts[-1][0]} &gt; 0"
            parts.append(flow(f"{key} -> {target}", condition))
    parts.append(flow(f"start -> {keys[0]}"))
    return file(process(*parts, facts=facts), more=MESSAGES), [name for name, _type in facts]
