"""Finding whom an application at the window is for: the resident who stands there, or a company."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yizhan.cases import catalogue, drafts
from yizhan.cases.models import Item
from yizhan.cases.refusals import AlreadyThere
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.registry import entities, finding
from yizhan.registry.finding import Outcome
from yizhan.registry.purposes import Reason
from yizhan.station.already import already
from yizhan.station.who import CLERK


@staff(CLERK)
@require_http_methods(["GET", "POST"])
def find(request: Known, code: str) -> HttpResponse:
    """Number and name, both of which must match; then the application begins. A company has its credit code."""
    item = _item(code)
    company = item.definition.objects == ["entity"]
    name, number = request.POST.get("name", "").strip(), request.POST.get("number", "").strip()
    error, there = "", None
    if request.method == "POST":
        purpose = Reason(_("窗口收件：%(item)s") % {"item": str(item)[:100]})
        subject, error = _company(number, name, purpose) if company else _person(name, number, purpose)
        if subject is not None:
            # In the transaction that was admitted to the person: nobody else's draft can be opened.
            try:
                desk = drafts.begin(item, by=request.actor, subject=subject)
                return redirect("station:draft", desk.draft.id)
            except AlreadyThere as refusal:
                there = already(refusal.earlier)
    context = {
        "item": item,
        "definition": item.definition,
        "name": name,
        "number": number,
        "company": company,
        "error": error,
        "already": there,
    }
    return render(request, "station/resident.jinja", context, status=422 if error or there else 200)


def _person(name: str, number: str, purpose: Reason) -> tuple[str | None, str]:
    match = finding.exact(name, number, purpose=purpose)
    return match.subject, "" if match.subject else _refusal(match.outcome)


def _company(code: str, name: str, purpose: Reason) -> tuple[str | None, str]:
    found = entities.find(code, name, purpose=purpose)
    if found.state == "none":
        return None, _("没有查到名称和统一社会信用代码都相符的企业。请对照营业执照重新录入。")
    return found.subject, "" if found.subject else _refusal(Outcome(found.state))


def _item(code: str) -> Item:
    try:
        item = catalogue.get(code)
    except Item.DoesNotExist as missing:
        raise Http404 from missing
    if "window" not in item.definition.handling.ways:
        raise Http404
    return item


def _refusal(outcome: Outcome) -> str:
    """What a clerk is told; the words never say which of the two did not match."""
    return {
        Outcome.NONE: _("没有查到姓名和证件号码都相符的人员。请对照证件重新录入，不要凭口述。"),
        Outcome.SEVERAL: _(
            "该姓名和证件号码对应多条登记，暂不能自动带出。请核对户口簿，并联系人口库管理单位更正。"
        ),
        Outcome.TOO_MANY: _("您今天的查询次数已用完。请由其他窗口人员办理，或联系系统管理员。"),
        Outcome.NOT_ALLOWED: _("您的岗位没有查询人员信息的权限，请联系安全管理员授权。"),
    }.get(outcome, outcome.words)
