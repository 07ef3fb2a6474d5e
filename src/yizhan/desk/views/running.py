"""How the house runs 运行状况: what its readers have not read yet and what keeps them, what has not left yet."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Max, Min, Q
from django.http import HttpResponse
from django.shortcuts import render

from yizhan import clock
from yizhan.desk.standing import ADMINISTRATORS
from yizhan.identity import phone_code
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.journal import reading
from yizhan.journal.models import Effect, News
from yizhan.seals import waiting as waiting_for_seals

_MOST = 50
_ALARMS_SHOWN = timedelta(days=7)


@staff(*ADMINISTRATORS)
def index(request: Known) -> HttpResponse:
    """Readers' lag, effects that wait and effects that were refused; never what is in them."""
    waiting = Effect.objects.filter(done_at=None, refused_at=None)
    of_topics = waiting.values("topic").annotate(
        number=Count("id"),
        oldest=Min("created_at"),
        tries=Max("tries"),
        failing=Count("id", filter=~Q(fault="")),
    )
    context = {
        "lag": reading.lag(),
        "waiting": of_topics.order_by("topic"),
        "unsealed": waiting_for_seals.waiting(),
        "failing": waiting.exclude(fault="").defer("body").order_by("-tries", "id")[:_MOST],
        "refused": Effect.objects.exclude(refused_at=None).defer("body").order_by("-refused_at")[:_MOST],
    }
    return render(request, "desk/admin/running.jinja", context | _codes())


def _codes() -> dict[str, object]:
    """Log-in codes of the last hour, the house's limit, and when it was reached."""
    alarms = News.objects.filter(subject=phone_code.HOUSE, at__gt=clock.now() - _ALARMS_SHOWN)
    return {
        "codes_sent": phone_code.sent_lately(),
        "codes_allowed": settings.PHONE_CODES_PER_HOUR,
        "alarms": alarms.order_by("-id").values_list("at", flat=True)[:_MOST],
    }
