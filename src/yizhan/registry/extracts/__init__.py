"""The registers that come as files 登记数据导入: one module each, under one contract (``extracts.register``)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from yizhan.registry.extracts import buildings, companies, facilities, grids, laws, persons
from yizhan.registry.extracts.register import Register

REGISTERS: Mapping[str, Register[Any]] = MappingProxyType(
    {
        one.key: one
        for one in (
            persons.REGISTER,
            companies.REGISTER,
            buildings.REGISTER,
            grids.REGISTER,
            facilities.REGISTER,
            laws.REGISTER,
        )
    }
)
"""By the key that files keep, in the order in which they are offered."""
