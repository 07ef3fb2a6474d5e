"""The kinds of licences that the register holds 证照类型: a key for definitions, and what people call it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from yizhan.releases.words import Text

KINDS: Mapping[str, Text] = MappingProxyType(
    {
        "business": Text(zh="营业执照", en="Business licence"),
        "food_business": Text(zh="食品经营许可证", en="Food business licence"),
        "fire_safety": Text(zh="公众聚集场所消防安全检查意见书", en="Fire safety certificate"),
        "public_hygiene": Text(zh="公共场所卫生许可证", en="Public hygiene licence"),
        "drainage": Text(zh="污水排入排水管网许可证", en="Drainage licence"),
        "outdoor_sign": Text(zh="户外招牌设置许可", en="Signboard permit"),
    }
)
"""A key is never changed nor used for something else: facts, forms and filed applications name it."""
