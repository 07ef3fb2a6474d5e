"""DMN models 决策模型: read from the standard's XML, evaluated with the house's own FEEL.

``Evaluator(read(data)).decide("Approval", {"Age": 70})`` gives the decision's value and the reasons for what is null.
"""

from yizhan.workflow.dmn.evaluating import Answer, Evaluator
from yizhan.workflow.dmn.faults import DmnFault
from yizhan.workflow.dmn.reading import read

__all__ = ["Answer", "DmnFault", "Evaluator", "read"]
