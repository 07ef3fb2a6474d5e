"""Whose looks are reported, and how much a day allows 重点保护与限额; for the security administrator."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yizhan import clock
from yizhan.desk import late
from yizhan.desk.standing import SECURITY
from yizhan.identity.doors import recently_authenticated, staff
from yizhan.identity.middleware import Known
from yizhan.identity.models import Account, Role
from yizhan.registry import guarding
from yizhan.registry.faults import Refused

_LONGEST = 200
_DIGITS = 5


class _Wrong(ValueError):
    """A field that cannot be read: its name and why."""


@late.comes_back()
@staff(SECURITY)
@require_http_methods(["GET", "POST"])
@recently_authenticated
def index(request: Known) -> HttpResponse:
    """Who is protected, who of the staff is whom, the limits of a day; and the acts that change them."""
    again = late.typed(request)
    sent = again or request.POST
    typed = {name: value.strip()[:_LONGEST] for name, value in sent.items() if isinstance(value, str)}
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            messages.success(request, _act(typed))
        except (_Wrong, Refused) as wrong:
            field = wrong.args[0] if isinstance(wrong, _Wrong) else _first(typed)
            errors = [(field, wrong.args[1] if isinstance(wrong, _Wrong) else str(wrong))]
        else:
            return redirect("desk:guarding")
    context = {
        "protected": guarding.protected(), "quotas": guarding.quotas(), "typed": typed, "errors": errors,
        "whose": _whose, "typed_by": late.mark(request), "today": clock.today(),
        "again": again is not None,
    }  # fmt: skip
    return render(request, "desk/admin/guarding.jinja", context, status=422 if errors else 200)


def _act(typed: dict[str, str]) -> str:
    """Carry one act out; what to tell."""
    act = typed.get("act", "")
    if act == "protect":
        since, until = _day(typed, "since") or clock.today(), _day(typed, "until")
        reason = typed.get("reason", "")
        guarding.protect(
            typed.get("name", ""), typed.get("number", ""), reason=reason, since=since, until=until
        )
        return _("已列入重点保护人员，今后查阅其信息的，即时报告。")
    if act == "end":
        guarding.protect_no_more(_number(typed, "entry"))
        return _("已解除保护。")
    if act == "staff":
        account = Account.objects.filter(username=typed.get("username", ""), kind=Account.Kind.STAFF).first()
        if account is None:
            raise _Wrong("username", _("没有这个用户名的工作人员，请核对。"))
        guarding.staff_is(account, typed.get("staff_name", ""), typed.get("staff_number", ""))
        return _("已登记该工作人员是谁，查阅其本人、亲属信息的，即时报告。")
    if act == "quota":
        guarding.set_quota(typed.get("who", ""), typed.get("of", ""), _number(typed, "a_day"))
        return _("限额已调整，立即生效。")
    raise Http404


def _first(typed: dict[str, str]) -> str:
    return {"protect": "name", "staff": "username", "quota": "a_day"}.get(typed.get("act", ""), "name")


def _day(typed: dict[str, str], name: str) -> date | None:
    words = typed.get(name, "")
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        raise _Wrong(name, _("请填写日期，例如 2026-11-20")) from None


def _number(typed: dict[str, str], name: str) -> int:
    words = typed.get(name, "")
    if not (words.isascii() and words.isdecimal() and len(words) <= _DIGITS):
        raise _Wrong(name, _("每日限额须为 0 至 10000 的整数。"))
    return int(words)


def _whose(who: str) -> str:
    """For whom a limit is, in words."""
    if who in {"citizen", "staff"}:
        return _("居民") if who == "citizen" else _("全体工作人员")
    role = Role.objects.filter(code=who).first()
    return str(role) if role else who
