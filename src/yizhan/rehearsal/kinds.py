"""The kind ``journey``: a worked example of a case's whole life."""

from __future__ import annotations

from yizhan.rehearsal.checking import check
from yizhan.rehearsal.definition import JourneyDefinition
from yizhan.releases import kinds

JOURNEY = kinds.announce(
    kinds.Kind(
        name="journey",
        folder="journeys",
        suffix=".yaml",
        model=JourneyDefinition,
        check=check,
        kept=False,
        purpose=(
            "事例：一件事从申请到办结，每一步之后应当怎样",
            "journeys: a case from application to end, and what must be so after each step",
        ),
    )
)
