"""The small town, with supervisors."""

from __future__ import annotations

from yizhan.cases.tests.conftest import Town, _a_demo_on_a_day, town  # noqa: F401 (fixtures)
