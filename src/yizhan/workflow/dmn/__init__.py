"""DMN models 决策模型: read from the standard's XML, evaluated with the house's own FEEL.

``Evaluator(read(data)).decide("Approval", {"Age": 70})`` gives the decision's value and the reasons for what is null.
``decision_of(models, "file.decision").decide(facts)`` gives a verdict with reasons, as a table of a pack does.
"""

from yizhan.workflow.dmn.evaluating import Answer, Evaluator
from yizhan.workflow.dmn.faults import DmnFault
from yizhan.workflow.dmn.reading import read
from yizhan.workflow.dmn.verdicts import ModelDecision, decision_of, decisions_of

__all__ = ["Answer", "DmnFault", "Evaluator", "ModelDecision", "decision_of", "decisions_of", "read"]
