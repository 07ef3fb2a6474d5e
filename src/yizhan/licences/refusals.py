"""Why a licence did not move, in words for the person; nothing was changed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from yizhan.registry.licences import State, Verb
from yizhan.registry.models import Licence


class Refused(Exception):
    """The licence does not stand where this is possible, or something is missing; the text says why and what to do."""


class UnknownKind(Refused):
    """No pack brings licences of this kind, or none that this district issues."""


class NotFromHere(Refused):
    """The licence does not stand where the step can be taken from: it rests, has ended or was replaced."""


def not_from_here(verb: Verb, licence: Licence) -> NotFromHere:
    """A wrong move, such as suspending what is revoked."""
    state = licence.state if licence.state != State.IN_FORCE or licence.in_force else State.EXPIRED
    words = {
        State.IN_FORCE: _("该证照有效，没有暂停，不需要恢复。"),
        State.SUSPENDED: _("该证照已经暂停。请先恢复，再办理%(verb)s；需要收回的，可以撤销、注销。"),
        State.REPLACED: _("该证照已经换发新的版本，请在新版本上办理%(verb)s。"),
        State.REVOKED: _("该证照已经撤销、注销，不能再办理%(verb)s；需要的请重新申请。"),
        State.EXPIRED: _("该证照已过有效期，不能再办理%(verb)s；需要的请重新申请。"),
    }[State(state)]
    if state == State.SUSPENDED and verb == Verb.SUSPENDED:
        return NotFromHere(_("该证照已经暂停，不必再次暂停。"))
    return NotFromHere(words % {"verb": verb.label} if "%(" in words else words)
