"""The application's filters alone 仅靠应用过滤: the policies of the registers are switched off, and pages asked again."""

from __future__ import annotations

from tests.proofs.rig.access import exhibits
from tests.proofs.rig.access.district import District
from tests.proofs.rig.access.ledger import Ledger
from tests.proofs.rig.access.pages import Pages

FILTERS = "filters alone"
_REGISTERS = frozenset(exhibits.SHOWS) | {
    "portal:contact",
    "portal:my_file", "portal:my_file_download", "portal:my_looks", "portal:companies", "portal:company",
    "portal:company_file", "station:resident", "desk:places", "desk:imports", "desk:imports_undo", "portal:real_name",
}  # fmt: skip
_POSTS = ("visitor", "committee", "window", "handling", "delegate", "audit", "self", "agent", "stranger")
_SECURED = """
    select relname from pg_class
    where relnamespace = 'public'::regnamespace and starts_with(relname, 'registry_') and relrowsecurity
"""


def without_policies(district: District, ledger: Ledger) -> None:
    """Ask once more what shows something of the registers; what comes through is held back by the policies alone."""
    rows = district.product.rows
    tables = [name for (name,) in rows(_SECURED)]
    for name in tables:
        rows(f"alter table {name} disable row level security")
    try:
        Pages(district, ledger, check=FILTERS, only=_REGISTERS, relies=True).ask([*_POSTS])
    finally:
        for name in tables:
            rows(f"alter table {name} enable row level security")
