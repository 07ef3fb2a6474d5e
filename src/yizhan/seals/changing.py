"""What may come to a file after a seal 盖章后的变动: further seals, time stamps, what proves them; nothing is filled in."""

from __future__ import annotations

from typing import Any

from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    XrefStreamRule,
)


def _policy() -> StandardDiffPolicy:
    rules: list[Any] = [DocInfoRule, XrefStreamRule, ObjectStreamRule, DSSCompareRule, MetadataUpdateRule]
    catalog: Any = CatalogModificationRule
    fields: list[Any] = [SigFieldCreationRule, SigFieldModificationRule]
    return StandardDiffPolicy(
        global_rules=[catalog(), *(rule().as_qualified(ModificationLevel.LTA_UPDATES) for rule in rules)],
        form_rule=FormUpdatingRule(field_rules=[rule() for rule in fields]),
    )


POLICY = _policy()
"""pyHanko's rules, but for the one that lets other fields be filled in."""

HARMLESS = ("NONE", "LTA_UPDATES", "FORM_FILLING")
"""Of what pyHanko calls filling in forms, only further signatures are left."""


def is_harmless(found: object) -> bool:
    """Whether what pyHanko found to have been changed is nothing but that."""
    level = getattr(found, "modification_level", None)
    return level is not None and level.name in HARMLESS
