"""Messages to a resident 消息, and through which channels they come."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yizhan.identity import accounts
from yizhan.identity.middleware import Known
from yizhan.notices import inbox, mail_link, preferences
from yizhan.notices.models import Channel, Message
from yizhan.portal import late
from yizhan.portal.doors import own
from yizhan.portal.visitors import unread

_MOST_PAGES = 1000


@late.comes_back(again="portal:messages")
@own
@require_http_methods(["GET", "POST"])
def index(request: Known) -> HttpResponse:
    """All messages, the latest first; a POST marks them all as read."""
    account = request.user.pk
    if request.method == "POST":
        inbox.mark_read(account)
        return redirect("portal:messages")
    context = {"page": inbox.inbox(account, page=_page(request)), "unread": unread(request)}
    return render(request, "portal/messages/index.jinja", context)


@own
def show(request: Known, message: uuid.UUID) -> HttpResponse:
    """One message, read from now on."""
    found = Message.objects.filter(id=message, account=request.user.pk, in_app=True).first()
    if found is None:
        raise Http404
    inbox.mark_read(request.user.pk, [found.id])
    return render(request, "portal/messages/show.jinja", {"message": found})


@late.comes_back(again="portal:channels")
@own
@require_http_methods(["GET", "POST"])
def channels(request: Known) -> HttpResponse:
    """Through what one wants to be told 接收设置; the inbox itself cannot be switched off."""
    account = request.user
    offered = [Channel.SMS] if not account.email else [Channel.SMS, Channel.MAIL]
    if request.method == "POST":
        wanted = set(request.POST.getlist("channel"))
        for channel in offered:
            preferences.choose(account.pk, channel, wanted=channel.value in wanted)
        if (language := request.POST.get("language")) in dict(settings.LANGUAGES):
            accounts.speak(account, language)
        messages.success(request, _("接收设置已保存。"))
        return redirect("portal:messages")
    chosen = preferences.of(account.pk)
    context = {
        "offered": [(channel.value, channel.label) for channel in offered],
        "wanted": [channel for channel, on in chosen.items() if on],
        "language": account.language,
        "phone": account.phone,
        "mail": account.email,
        "mail_is_offered": mail_link.available(),
    }
    return render(request, "portal/messages/channels.jinja", context)


def _page(request: Known) -> int:
    """The page asked for; nonsense is the first."""
    number = request.GET.get("page", "")
    return min(int(number), _MOST_PAGES) if number.isdecimal() and len(number) < 6 else 1
