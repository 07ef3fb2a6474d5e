"""The words of mistakes 错误文字: for each way to ask, each keyword and format of a schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizhan.forms import formats
from yizhan.forms.faults import Fault
from yizhan.forms.field import Field
from yizhan.forms.placing import Place

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def missing(asked: Place) -> Fault:
    """An answer that is demanded was not given."""
    label = asked.title
    if label.endswith(("？", "?")):
        return Fault(asked.path, _("请回答“%(label)s”") % {"label": label})
    words = {
        "choose": _("请选择“%(label)s”"),
        "upload": _("请上传“%(label)s”"),
        "tick": _("请阅读并勾选“%(label)s”"),
        "add": _("请填写“%(label)s”，至少一项"),
    }.get(asked.field.widget.verb, _("请填写“%(label)s”"))
    return Fault(asked.path, words % {"label": label})


def wrong(asked: Place, keyword: str, detail: Mapping[str, Any], value: object) -> Fault:
    """An answer is not what the schema wants: ``keyword`` and ``detail`` say which demand it fails."""
    sheet = asked.field.sheet
    if keyword == "pattern" and sheet.wrong is not None:
        return Fault(asked.path, str(sheet.wrong))
    if sheet.widget in {"statement", "yes_no"} and keyword in {"const", "type"}:
        return missing(asked)
    message, advice = _sentences(asked.field, keyword)
    if keyword == "format":
        advice = formats.reason(str(asked.field.schema.get("format")), value) or advice
    words = {"label": asked.title, "have": _size(value)}
    words |= {key: _shown(inner) for key, inner in detail.items()}
    return Fault(asked.path, str(message) % words, str(advice) % words)


def unexpected(names: list[str]) -> Fault:
    """The data has entries that the form does not ask for."""
    shown = ", ".join(names[:5])
    return Fault("", _("内容里有表单以外的项目：%(names)s") % {"names": shown}, _("请去掉后重新提交"))


def contradictory() -> Fault:
    """The form as a whole fails a demand of the schema that belongs to no single question."""
    return Fault("", _("填写的内容前后不一致"), _("请核对各项后重新提交"))


def mistyped_account(asked: Place) -> Fault:
    """A card number fails its check digit; passbooks and company accounts do so rightly."""
    return Fault(
        asked.path,
        _("“%(label)s”可能有误：它不符合银行卡号的校验规则") % {"label": asked.title},
        _("请逐位核对；如果是存折或对公账号且确认无误，请勾选确认"),
        confirm=_("我已逐位核对，账号无误"),
    )


def _sentences(field: Field, keyword: str) -> _Sentences:
    if keyword in {"type", "format"}:
        asked = "integer" if field.schema.get("type") == "integer" else field.sheet.widget
        return _KINDS.get(asked) or _FORMATS.get(field.schema.get("format", ""), _MALFORMED)
    if keyword == "multipleOf" and field.sheet.widget == "money":
        return _FEN
    return _KEYWORDS.get(keyword, _OTHERWISE)


def _size(value: object) -> int:
    return len(value) if isinstance(value, str | list) else 0


def _shown(detail: object) -> str:
    return f"{detail:,}" if isinstance(detail, int | float) and not isinstance(detail, bool) else str(detail)


_Sentences = tuple["_StrPromise | str", "_StrPromise | str"]

_DATE = (gettext_lazy("“%(label)s”不是有效的日期"), gettext_lazy("请按 2026-11-20 的样子填写"))
_NUMBER = (gettext_lazy("“%(label)s”填写有误"), gettext_lazy("请对照证件逐位核对"))
_PHONE = (
    gettext_lazy("“%(label)s”不是有效的电话号码"),
    gettext_lazy("请填写 11 位手机号码，或带区号的固定电话，例如 020-83550000"),
)
_ACCOUNT = (
    gettext_lazy("“%(label)s”不是有效的银行账号"),
    gettext_lazy("请对照银行卡或存折填写，只填数字，12 至 32 位"),
)
_MALFORMED = (gettext_lazy("“%(label)s”的格式不正确"), gettext_lazy("请核对后重新填写"))
_OTHERWISE = (gettext_lazy("“%(label)s”不符合要求"), gettext_lazy("请核对后重新填写"))
_NO_CHOICE = (gettext_lazy("“%(label)s”不在可选范围内"), gettext_lazy("请从列出的选项中选择"))
_FEN = (gettext_lazy("“%(label)s”最多两位小数"), "")

_KINDS: dict[str, _Sentences] = {
    "integer": (gettext_lazy("“%(label)s”应为整数"), gettext_lazy("请只填数字，例如 3")),
    "number": (gettext_lazy("“%(label)s”应为数字"), gettext_lazy("请只填数字，例如 1200.5")),
    "money": (gettext_lazy("“%(label)s”应为金额"), gettext_lazy("请只填数字，单位为元，例如 1200.50")),
    "date": _DATE,
    "identity_number": _NUMBER,
    "credit_code": _NUMBER,
    "phone": _PHONE,
    "bank_account": _ACCOUNT,
}
_FORMATS: dict[str, _Sentences] = {
    "identity-number": _NUMBER,
    "credit-code": _NUMBER,
    "phone": _PHONE,
    "bank-account": _ACCOUNT,
    "date": _DATE,
    "email": (gettext_lazy("“%(label)s”不是有效的电子邮箱"), gettext_lazy("例如 name@example.com")),
    "uri": (gettext_lazy("“%(label)s”不是有效的网址"), gettext_lazy("请以 https:// 开头")),
}
_KEYWORDS: dict[str, _Sentences] = {
    "minLength": (gettext_lazy("“%(label)s”至少 %(limit)s 个字"), gettext_lazy("现有 %(have)s 个字，请补充")),
    "maxLength": (gettext_lazy("“%(label)s”最多 %(limit)s 个字"), gettext_lazy("现有 %(have)s 个字，请删减")),
    "minimum": (gettext_lazy("“%(label)s”不能小于 %(limit)s"), ""),
    "maximum": (gettext_lazy("“%(label)s”不能大于 %(limit)s"), ""),
    "exclusiveMinimum": (gettext_lazy("“%(label)s”应大于 %(limit)s"), ""),
    "exclusiveMaximum": (gettext_lazy("“%(label)s”应小于 %(limit)s"), ""),
    "multipleOf": (gettext_lazy("“%(label)s”应为 %(multiple_of)s 的倍数"), ""),
    "enum": _NO_CHOICE,
    "const": _NO_CHOICE,
    "pattern": _MALFORMED,
    "minItems": (gettext_lazy("“%(label)s”至少 %(limit)s 项"), gettext_lazy("现有 %(have)s 项，请补充")),
    "maxItems": (gettext_lazy("“%(label)s”最多 %(limit)s 项"), gettext_lazy("现有 %(have)s 项，请删减")),
    "uniqueItems": (gettext_lazy("“%(label)s”有重复的内容"), gettext_lazy("请去掉重复的一项")),
}
