"""From XML to a model 读取模型: DMN 1.1 to 1.5, whichever prefix the file gives the namespace."""

from __future__ import annotations

from collections.abc import Collection

from yizhan.workflow.dmn.boxes import box, function, named
from yizhan.workflow.dmn.faults import DmnFault
from yizhan.workflow.dmn.markup import Element, parsed
from yizhan.workflow.dmn.tree import Decision, Import, InputData, ItemDefinition, Knowledge, Model, Service

NAMESPACES = frozenset(
    {
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    }
)
_KINDS = ("inputData", "decision", "businessKnowledgeModel", "decisionService")


def read(data: bytes | str) -> Model:
    """The model of a ``.dmn`` file.

    Raises:
        DmnFault: it is no XML or no DMN of a known version, lacks a name or a part, or names something twice.
    """
    model, faults = read_all(data)
    if faults or model is None:
        raise faults[0]
    return model


def read_all(data: bytes | str) -> tuple[Model | None, list[DmnFault]]:
    """The model as far as it can be read, and all that is wrong with it; no model if the file is none at all."""
    try:
        root = parsed(data)
        _check_kind(root)
    except DmnFault as fault:
        return None, [fault]
    reader = _Reader()
    for child in root.children:
        if child.namespace == root.namespace:
            reader.read(child)
    imports = tuple(
        Import(child.place, " ".join(child.get("name").split()), child.get("namespace"))
        for child in root.all("import")
        if child.get("importType") in NAMESPACES
    )
    model = Model(root.place, root.get("name"), root.get("namespace"), imports, reader.types, reader.elements)
    return model, reader.faults


def _check_kind(root: Element) -> None:
    if root.name != "definitions" or root.namespace not in NAMESPACES:
        raise DmnFault(
            root.place,
            zh=f"不是 DMN 1.1 至 1.5 的模型：{root.name}",
            en=f"no model of DMN 1.1 to 1.5: {root.name}",
        )


class _Reader:
    """Gathers types and elements; one that is faulty is told and left out."""

    def __init__(self) -> None:
        self.types: dict[str, ItemDefinition] = {}
        self.elements: dict[str, InputData | Decision | Knowledge | Service] = {}
        self.faults: list[DmnFault] = []

    def read(self, child: Element) -> None:
        try:
            if child.name == "itemDefinition":
                _once(self.types, name_of(child), child)
                self.types[name_of(child)] = _item(child)
            elif child.name in _KINDS:
                key = child.get("id") or f"{child.name}:{name_of(child)}"
                _once(self.elements, key, child)
                self.elements[key] = _element(child)
        except DmnFault as fault:
            fault.element = " ".join(child.get("name").split())
            self.faults.append(fault)


def name_of(element: Element) -> str:
    """The element's name.

    Raises:
        DmnFault: it has none.
    """
    name = " ".join(element.get("name").split())
    if not name:
        raise DmnFault(element.place, zh=f"{element.name} 没有名称", en=f"{element.name} has no name")
    return name


def _once(known: Collection[str], key: str, element: Element) -> None:
    if key in known:
        raise DmnFault(element.place, zh=f"{key} 出现两次", en=f"{key} stands twice")


def _item(element: Element) -> ItemDefinition:
    allowed, constraint = element.first("allowedValues"), element.first("typeConstraint")
    function = element.first("functionItem")
    parameters = function.all("parameters") if function is not None else ()
    return ItemDefinition(
        element.place,
        name_of(element),
        _type(element.text_of("typeRef")),
        tuple(_item(child) for child in element.all("itemComponent")),
        allowed.text_of("text") if allowed is not None else "",
        constraint.text_of("text") if constraint is not None else "",
        is_list=element.get("isCollection") in {"true", "1"},
        is_function=function is not None,
        parameters=tuple(_type(parameter.get("typeRef")) for parameter in parameters),
    )


def _type(text: str) -> str:
    """DMN 1.1 wrote ``feel:string``."""
    return text.removeprefix("feel:")


def _element(element: Element) -> InputData | Decision | Knowledge | Service:
    name, place = name_of(element), element.place
    if element.name == "decisionService":
        parts = (_hrefs(element, part) for part in ("outputDecision", "inputDecision", "inputData"))
        return Service(place, name, *parts)
    variable = named(element.first("variable"), name)
    if element.name == "inputData":
        return InputData(place, variable)
    needs = tuple(
        href
        for requirement in element.all("informationRequirement", "knowledgeRequirement")
        for href in _hrefs(requirement, "requiredInput", "requiredDecision", "requiredKnowledge")
    )
    if element.name == "decision":
        return Decision(place, name, variable, needs, box(element))
    logic = element.first("encapsulatedLogic")
    return Knowledge(place, name, variable, needs, function(logic) if logic is not None else None)


def _hrefs(element: Element, *names: str) -> tuple[str, ...]:
    return tuple(child.get("href").removeprefix("#") for child in element.all(*names))
