"""FEEL 表达式: the one language of conditions in packs, from a table's cell to a form's question.

``feel.expression("age >= 70").evaluate({"age": 72}).value`` is true.
Nothing here runs Python that a pack wrote.
"""

from yizhan.feel.builtins import Here
from yizhan.feel.cursor import WORDS
from yizhan.feel.evaluation import LIMITS, Evaluation, Limits, Reason
from yizhan.feel.faults import Fault, LimitFault, SyntaxFault, ValueFault
from yizhan.feel.names import free_names
from yizhan.feel.running import Expression, Outcome, Tests, compile_tests, endless, expression
from yizhan.feel.temporal import literal
from yizhan.feel.types import NamedTypes, Type
from yizhan.feel.values import Function, Months, Range, Scope, Value, feel_value, kind
from yizhan.feel.writing import text_of

__all__ = [
    "LIMITS",
    "WORDS",
    "Evaluation",
    "Expression",
    "Fault",
    "Function",
    "Here",
    "LimitFault",
    "Limits",
    "Months",
    "NamedTypes",
    "Outcome",
    "Range",
    "Reason",
    "Scope",
    "SyntaxFault",
    "Tests",
    "Type",
    "Value",
    "ValueFault",
    "compile_tests",
    "endless",
    "expression",
    "feel_value",
    "free_names",
    "kind",
    "literal",
    "text_of",
]
