"""Finding the resident who stands at the window."""

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
from yizhan.registry import finding
from yizhan.registry.finding import Outcome
from yizhan.registry.purposes import Reason
from yizhan.station.already import already
from yizhan.station.who import CLERK


@staff(CLERK)
@require_http_methods(["GET", "POST"])
def find(request: Known, code: str) -> HttpResponse:
    """Identity number and name, both of which must match; then the application begins."""
    item = _item(code)
    name, number = request.POST.get("name", "").strip(), request.POST.get("number", "").strip()
    error, there = "", None
    if request.method == "POST":
        purpose = Reason(_("窗口收件：%(item)s") % {"item": str(item)[:100]})
        match = finding.exact(name, number, purpose=purpose)
        if match.subject is not None:
            # In the transaction that was admitted to the person: nobody else's draft can be opened.
            try:
                desk = drafts.begin(item, by=request.actor, subject=match.subject)
                return redirect("station:draft", desk.draft.id)
            except AlreadyThere as refusal:
                there = already(refusal.earlier)
        else:
            error = _refusal(match.outcome)
    context = {
        "item": item,
        "definition": item.definition,
        "name": name,
        "number": number,
        "error": error,
        "already": there,
    }
    return render(request, "station/resident.jinja", context, status=422 if error or there else 200)


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
