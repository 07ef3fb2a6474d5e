"""What can be wrong with a number, in words for people. A fault never makes a number disappear."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Fault(StrEnum):
    """One thing that is wrong with a number 号码问题."""

    SHAPE = "shape"
    DIVISION = "division"
    DEMO = "demo"
    DATE = "date"
    FUTURE = "future"
    AGE = "age"
    CHECK = "check"
    CATEGORY = "category"
    ORGANISATION = "organisation"

    @property
    def words(self) -> str:
        """What is wrong, in the active language."""
        return str(_WORDS[self])


_WORDS: dict[Fault, Promise] = {
    Fault.SHAPE: _("号码的位数或字符不对，请对照证件核对"),
    Fault.DIVISION: _("号码开头的行政区划代码不存在，请对照证件核对"),
    Fault.DEMO: _("这是演示用号码，不能用于正式办理"),
    Fault.DATE: _("号码中的出生日期不存在，请对照证件核对"),
    Fault.FUTURE: _("号码中的出生日期晚于今天，请对照证件核对"),
    Fault.AGE: _("号码中的出生日期距今超过130年，请对照证件核对"),
    Fault.CHECK: _("校验码不符，可能有一位输错，请对照证件核对"),
    Fault.CATEGORY: _("代码开头两位不是已知的登记管理部门和机构类别，请对照证照核对"),
    Fault.ORGANISATION: _("代码中组织机构代码的校验码不符，请对照证照核对"),
}
