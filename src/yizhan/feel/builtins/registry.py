"""How a function of FEEL is registered and called 函数登记."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias, TypeVar

from yizhan.feel.eras import FarDate
from yizhan.feel.evaluation import Evaluation
from yizhan.feel.values import IN_CHINESE, KINDS, Function, Value, kind
from yizhan.feel.zones import midnight


@dataclass(frozen=True, slots=True)
class Here:
    """What a function may use besides its arguments: the evaluation, and its own place and name."""

    evaluation: Evaluation
    position: int
    function: str

    def null(self, zh: str, en: str) -> bool | None:
        """Say why the result is null, and be that null."""
        return self.evaluation.null(self.position, f"{self.function}：{zh}", f"{self.function}: {en}")


Body: TypeAlias = Callable[..., Value]
B = TypeVar("B", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: its name as people write it, its type, whether it may be left out."""

    name: str
    type: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a function. With ``rest``, the last parameter takes all further arguments as a list."""

    parameters: tuple[Parameter, ...]
    rest: bool
    body: Body
    only_named: bool
    kinds: tuple[frozenset[type], ...]

    def fits(self, count: int, names: tuple[str, ...]) -> bool:
        """Whether it can take so many arguments, or just these names."""
        known = [parameter.name for parameter in self.parameters]
        if self.only_named and not names:
            return False
        if names:
            needed = {parameter.name for parameter in self.parameters if not parameter.optional}
            return not self.rest and needed <= set(names) <= set(known) and len(set(names)) == len(names)
        least = sum(not parameter.optional for parameter in self.parameters)
        return least <= count and (self.rest or count <= len(known))

    def arranged(self, arguments: Sequence[Value], names: tuple[str, ...]) -> list[Value]:
        """The arguments in the order of the parameters, null where one was left out."""
        if names:
            by_name = dict(zip(names, arguments, strict=True))
            return [by_name.get(parameter.name) for parameter in self.parameters]
        if self.rest:
            fixed = len(self.parameters) - 1
            return [*arguments[:fixed], tuple(arguments[fixed:])]
        return [*arguments, *[None] * (len(self.parameters) - len(arguments))]

    def wrong(self, arguments: Sequence[Value]) -> Parameter | None:
        """The first parameter whose argument is of another type."""
        for parameter, argument in zip(self.parameters, arguments, strict=True):
            if argument is None and (parameter.optional or parameter.type == "any"):
                continue
            if parameter.type not in {"any", kind(argument)}:
                return parameter
        return None

    def takes(self, arguments: Sequence[Value]) -> bool:
        """Whether arguments given in order are all there and of the wanted types, as they nearly always are."""
        if self.rest or self.only_named or len(arguments) != len(self.kinds):
            return False
        for one, kinds in zip(arguments, self.kinds, strict=True):  # noqa: SIM110 (it runs for every call)
            if type(one) not in kinds:
                return False
        return True

    def eased(self, arguments: Sequence[Value]) -> list[Value]:
        """As the standard converts them: one for a list of one and the other way round, a day for its midnight."""
        return [_eased(one, wanted.type) for wanted, one in zip(self.parameters, arguments, strict=True)]


def _eased(argument: Value, wanted: str) -> Value:
    if wanted == "any" or argument is None or kind(argument) == wanted:
        return argument
    if wanted == "list":
        return (argument,)
    if wanted == "date and time" and isinstance(argument, date | FarDate):
        return midnight(argument)
    return argument[0] if isinstance(argument, tuple) and len(argument) == 1 else argument


FUNCTIONS: dict[str, tuple[Signature, ...]] = {}


def function(name: str, *parameters: str, rest: bool = False, only_named: bool = False) -> Callable[[B], B]:
    """Register a way to call a function; of several ways, the one nearest to the body is tried first.

    Args:
        name: as people write it, such as ``string length``.
        parameters: ``name: type``; ``name?: type`` may be left out.
        rest: the last parameter takes all further arguments.
        only_named: this way is open to named arguments alone.
    """

    def register(body: B) -> B:
        wanted = tuple(map(_parameter, parameters))
        kinds = tuple(
            frozenset(kind for kind, name in KINDS.items() if one.type in {"any", name}) for one in wanted
        )
        signature = Signature(wanted, rest, body, only_named, kinds)
        FUNCTIONS[name] = (*FUNCTIONS.get(name, ()), signature)
        return body

    return register


def _parameter(text: str) -> Parameter:
    name, _, type_ = text.partition(": ")
    return Parameter(name.removesuffix("?"), type_, optional=name.endswith("?"))


def call(name: str, arguments: Sequence[Value], names: tuple[str, ...], here: Here) -> Value:
    """Call a function; wrong arguments give null and a reason."""
    here.evaluation.spend(1 + sum(_size(argument) for argument in arguments))
    if not names:
        for signature in FUNCTIONS[name]:
            if signature.takes(arguments):
                result = signature.body(here, *arguments)
                return here.evaluation.text(result) if isinstance(result, str) else result
    fitting = [one for one in FUNCTIONS[name] if one.fits(len(arguments), names)]
    misfit: Parameter | None = None
    for is_eased in (False, True):
        for signature in fitting:
            arranged = signature.arranged(arguments, names)
            arranged = signature.eased(arranged) if is_eased else arranged
            wrong = signature.wrong(arranged)
            if wrong is None:
                result = signature.body(here, *arranged)
                return here.evaluation.text(result) if isinstance(result, str) else result
            misfit = misfit or wrong
    if misfit is None:
        return here.null(zh="参数的数目或名称不对", en="wrong number or names of arguments")
    return here.null(
        zh=f"参数 {misfit.name} 应为{IN_CHINESE[misfit.type]}",
        en=f"the argument {misfit.name} must be a {misfit.type}",
    )


def built_in_function(name: str) -> Function | None:
    """A function of the language as a value that can be handed on."""
    if name not in FUNCTIONS:
        return None
    return Function(name, (), lambda arguments, names, here: call(name, arguments, names, here))


def _size(value: Value) -> int:
    if isinstance(value, str):
        return len(value) // 100
    return len(value) if isinstance(value, tuple | dict) else 0
