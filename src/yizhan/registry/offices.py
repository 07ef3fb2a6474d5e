"""Who may write what a register holds 数源单位: the office that answers for the source, and the house."""

from __future__ import annotations

from yizhan.identity.actor import Actor
from yizhan.identity.faults import NotAllowed
from yizhan.identity.models import Unit
from yizhan.registry.models import Source


def source_written_by(code: str, by: Actor) -> Source:
    """The source, if the house or its own office writes.

    Raises:
        NotAllowed: somebody of another office.
        Source.DoesNotExist: nobody declared the source.
    """
    source = Source.objects.get(code=code)
    if by.kind == "house" or by.unit == source.unit:
        return source
    owner = Unit.objects.filter(code=source.unit).first()
    if owner is None or not by.unit_path or not by.unit_path.startswith(owner.path):
        raise NotAllowed(f"source {code}")
    return source
