"""The processes of a release as pictures 流程图, for those who look after packs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language

from yizhan.cases import processes
from yizhan.cases.item import ItemDefinition
from yizhan.releases.models import Release, definition, release
from yizhan.ui.language import local
from yizhan.workflow.drawing import Drawing, draw


@dataclass(frozen=True)
class Pictured:
    """A process that handles an item of a release."""

    item: str
    version: int
    drawing: Drawing


def pictured(of: Release) -> list[Pictured]:
    """Every item of a release with its process."""
    return [
        Pictured(
            local(definition(of.id, "item", key, ItemDefinition).title),
            of.version,
            _drawn(of.id, key, get_language()),
        )
        for key in sorted(of.keys("item"))
    ]


@lru_cache(maxsize=128)
def _drawn(release_id: int, item: str, _language: str | None) -> Drawing:
    """Releases never change; pictures are in the language of the page."""
    process = definition(release_id, "item", item, ItemDefinition).handling.process
    version = release(release_id).version
    return draw(processes.graph(release_id, process), name=f"process-{item}-{version}")
