"""Staff as people write them 人员检索: by name or user name, with the unit where two have one name."""

from __future__ import annotations

import re

from django.db.models import Q
from django.utils.translation import gettext as _

from yizhan.identity.faults import Refused
from yizhan.identity.models import Account, Appointment
from yizhan.ui.language import listed

_BETWEEN = re.compile(r"[、，,；;\s]+")
_MOST = 60


def named(text: str) -> list[Account]:
    """The active members of staff that a text names, each once, in its order.

    Args:
        text: names or user names, with blanks, commas or 、 between; ``陈静@民政局`` where there are two.

    Raises:
        Refused: somebody is not there, has no post today, or is not the only one of that name.
    """
    wanted = list(dict.fromkeys(word for word in _BETWEEN.split(text.strip()) if word))[:_MOST]
    found: dict[int, Account] = {}
    for word in wanted:
        account = _one(word)
        found[account.pk] = account
    return list(found.values())


def _one(word: str) -> Account:
    name, _at, unit = word.partition("@")
    posts = Appointment.objects.live().filter(
        Q(account__name=name) | Q(account__username=name),
        account__kind=Account.Kind.STAFF,
        account__is_active=True,
    )
    if unit:
        posts = posts.filter(
            Q(post__unit__name__contains=unit) | Q(post__unit__short_name=unit) | Q(post__unit=unit)
        )
    by_account = {post.account_id: post for post in posts.select_related("account", "post__unit")}
    if not by_account:
        raise Refused(_("没有在岗的工作人员“%(name)s”，请核对姓名") % {"name": word[:60]})
    if len(by_account) > 1:
        places = sorted(str(post.post.unit) for post in by_account.values())
        words = {"name": name[:60], "units": listed(places), "example": f"{name}@{places[0]}"}
        raise Refused(_("有不止一位“%(name)s”（%(units)s），请写明单位，例如“%(example)s”") % words)
    (post,) = by_account.values()
    return post.account
