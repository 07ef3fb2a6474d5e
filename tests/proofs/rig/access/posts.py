"""The posts of the staff in the proof 岗位表: name, unit, role, reach. What each may see follows from these alone."""

from __future__ import annotations

from tests.proofs.rig.access.people import HERE

GOVERNMENT = HERE[:6]
STREET = f"{GOVERNMENT}-j{HERE[6:9]}"
COMMITTEE = f"{STREET}-{HERE[9:]}"
ISSUER = f"{GOVERNMENT}-wjj"
"""Whose licences the companies hold."""
READER = "elderly_allowance.clerk"
NARROW = "access.narrow"
"""A role of the proof's own: of a person's file it shows one category that does not even say who it is."""
CATEGORIES: dict[str, frozenset[str]] = {
    "small_restaurant.clerk": frozenset({"identity", "household", "residence"}),
    NARROW: frozenset({"education"}),
}
"""What the roles that name categories show of a person's file; every other role shows all of it."""

STAFF: tuple[tuple[str, str, str, str], ...] = (
    ("window", f"{STREET}-ck", "platform.window_clerk", "area"),
    ("committee", COMMITTEE, READER, "area"),
    ("subdistrict", STREET, READER, "area"),
    ("district", f"{GOVERNMENT}-mz", "platform.supervisor", "all"),
    ("department", f"{GOVERNMENT}-scj-2", "elderly_allowance.approver", "own_unit"),
    ("keeper", f"{GOVERNMENT}-gaj", "platform.register_keeper", "area"),
    ("keeper_here", COMMITTEE, "platform.register_keeper", "area"),
    ("limited", COMMITTEE, "small_restaurant.clerk", "area"),
    ("narrow", COMMITTEE, NARROW, "area"),
    ("system", f"{GOVERNMENT}-zsj-2", "platform.system_admin", "all"),
    ("security", f"{GOVERNMENT}-zsj-2", "platform.security_admin", "all"),
    ("audit", f"{GOVERNMENT}-sjj-1", "platform.audit_admin", "all"),
    ("seals", f"{GOVERNMENT}-bgs", "platform.seal_admin", "all"),
    ("leaving", COMMITTEE, READER, "area"),
    ("lapsed", COMMITTEE, READER, "area"),
)
RESIDENTS = ("self", "cased", "agent", "stranger", "ended")
