"""What is handed in 测量用的申报内容: a form of 23 fields, the same for every engine. The standard library alone."""

from __future__ import annotations

from typing import Any

AGE = 81
DATA: dict[str, Any] = {
    "applicant": {
        "name": "陈玥堃",
        "id_number": "440199194511206021",
        "born": "1945-11-20",
        "household": "示例区示例街道示例社区一巷3号",
        "address": "示例区示例街道示例路18号2栋602房",
        "phone": "13800001234",
    },
    "account": {"holder": "陈玥堃", "bank": "示例银行越秀支行", "number": "6222021234567890"},
    "agent": {
        "is_agent": True,
        "name": "陈思齐",
        "relation": "child",
        "phone": "13900004321",
        "letter": ["0b7f7c52-5c1e-4f0e-9d2c-6c1c3a0f9a11"],
    },
    "declaration": {"other_allowance": False, "true": True},
    "living": {"alone": False, "with": "child", "since": "2011-05-01", "rooms": 3},
    "contact": {"by": "phone", "hours": "morning", "language": "zh"},
}
"""23 answers in six pages."""
FACTS: dict[str, Any] = {
    "person.name": {"value": "陈玥堃", "source": None, "as_of": "2026-11-18"},
    "person.age": {"value": AGE, "source": None, "as_of": "2026-11-18"},
}
"""What the register knew, with the day."""


def unit(number: int) -> str:
    """The code of a reviewing department."""
    return f"flow-{number:02d}"
