"""Elements and attributes that no DMN model has 不认识的元素: most often a word that was mistyped."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from django.utils.translation import gettext as _

from yizhan.releases.faults import did_you_mean
from yizhan.workflow.dmn.markup import Element
from yizhan.workflow.dmn.problems import ModelProblem

_EVERYWHERE = frozenset({"description", "extensionElements"})
_EXPRESSIONS = frozenset(
    {"literalExpression", "decisionTable", "context", "list", "relation", "functionDefinition", "invocation"}
    | {"conditional", "filter", "for", "some", "every"}
)
_NEEDS = frozenset({"knowledgeRequirement", "authorityRequirement"})
_CHILDREN: Mapping[str, Collection[str]] = {
    "definitions": {"import", "itemDefinition", "inputData", "decision", "businessKnowledgeModel"}
    | {"decisionService", "knowledgeSource", "textAnnotation", "association", "group", "elementCollection"}
    | {"performanceIndicator", "organizationUnit", "businessContextElement"},
    "decision": {"question", "allowedAnswers", "variable", "informationRequirement", "supportedObjective"}
    | {"impactedPerformanceIndicator", "decisionMaker", "decisionOwner", "usingProcess", "usingTask"}
    | _NEEDS
    | _EXPRESSIONS,
    "businessKnowledgeModel": {"variable", "encapsulatedLogic", *_NEEDS},
    "inputData": {"variable"},
    "decisionService": {"variable", "outputDecision", "encapsulatedDecision", "inputDecision", "inputData"},
    "itemDefinition": {"typeRef", "allowedValues", "typeConstraint", "itemComponent", "functionItem"},
    "itemComponent": {"typeRef", "allowedValues", "typeConstraint", "itemComponent", "functionItem"},
    "informationRequirement": {"requiredInput", "requiredDecision"},
    "knowledgeRequirement": {"requiredKnowledge"},
    "encapsulatedLogic": {"formalParameter", *_EXPRESSIONS},
    "functionDefinition": {"formalParameter", *_EXPRESSIONS},
    "decisionTable": {"input", "output", "annotation", "rule"},
    "input": {"inputExpression", "inputValues"},
    "output": {"outputValues", "defaultOutputEntry"},
    "rule": {"inputEntry", "outputEntry", "annotationEntry"},
    "context": {"contextEntry"},
    "contextEntry": {"variable", *_EXPRESSIONS},
    "relation": {"column", "row"},
    "invocation": {"binding", *_EXPRESSIONS},
    "binding": {"parameter", *_EXPRESSIONS},
    "conditional": {"if", "then", "else"},
    "filter": {"in", "match"},
    "for": {"in", "return"},
    "some": {"in", "satisfies"},
    "every": {"in", "satisfies"},
}
_ATTRIBUTES: Mapping[str, Collection[str]] = {
    "decision": {"name"},
    "inputData": {"name"},
    "variable": {"name", "typeRef"},
    "decisionTable": {"hitPolicy", "aggregation", "preferredOrientation", "outputLabel", "typeRef"},
    "input": (),
    "inputExpression": {"expressionLanguage", "typeRef"},
    "output": {"name", "typeRef"},
    "rule": (),
    "itemDefinition": {"name", "typeLanguage", "isCollection"},
    "itemComponent": {"name", "typeLanguage", "isCollection"},
}


def strangers(root: Element) -> Iterator[ModelProblem]:
    """Unknown elements and attributes of the model's own namespace; those of other programs may be there."""
    waiting = [(root, root.get("name"))]
    while waiting:
        here, path = waiting.pop()
        known = _CHILDREN.get(here.name)
        for child in here.children:
            if child.namespace != root.namespace or child.name == "extensionElements":
                continue
            step = f"{path}.{child.get('name') or child.get('id') or child.name}"
            if known is not None and child.name not in {*known, *_EVERYWHERE}:
                message = _("不认识的元素 %(name)s") % {"name": child.name}
                yield ModelProblem(child.place, step, message, did_you_mean(child.name, known))
            waiting.append((child, step))
        yield from _attributes(here, path)


def _attributes(element: Element, path: str) -> Iterator[ModelProblem]:
    known = _ATTRIBUTES.get(element.name)
    strange = {name for _namespace, name in element.qualified}
    for name in sorted(element.attributes.keys() - strange):
        if known is not None and name not in {*known, "id", "label"}:
            message = _("不认识的属性 %(name)s") % {"name": name}
            yield ModelProblem(element.place, path, message, did_you_mean(name, known))
