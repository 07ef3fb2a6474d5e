"""Messages to a member of staff 消息."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.notices import inbox


@staff()
@require_http_methods(["GET", "POST"])
def index(request: Known) -> HttpResponse:
    """All messages, the latest first; a POST marks them all as read."""
    account = request.user.pk
    if request.method == "POST":
        inbox.mark_read(account)
        return redirect("desk:messages")
    number = request.GET.get("page", "1")
    page = inbox.inbox(account, page=int(number) if number.isdecimal() and len(number) < 6 else 1)
    return render(request, "desk/messages.jinja", {"page": page})
