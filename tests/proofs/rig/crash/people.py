"""Who works in the district under load 参与人员."""

from __future__ import annotations

from tests.proofs.rig.crash.pack import CODE, DEPARTMENTS, UNIT

CLERKS = {"crash.clerk1": UNIT, "crash.clerk2": UNIT, **{f"crash.{unit[7:]}": unit for unit in DEPARTMENTS}}
"""Who accepts and reviews, by user name: at which unit."""

APPROVER = "crash.approver"
RESIDENTS = ("chen", "huang", "li", "luo")
"""Of the demo's residents, who apply."""


def staff() -> dict[str, tuple[str, str]]:
    """Everybody who logs in with a password: at which unit, in which role."""
    clerks = {name: (unit, f"{CODE}.clerk") for name, unit in CLERKS.items()}
    return {**clerks, APPROVER: (UNIT, f"{CODE}.approver")}
