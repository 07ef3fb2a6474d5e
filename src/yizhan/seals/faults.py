"""What cannot be done with seals, in words for whoever tried."""

from __future__ import annotations

from django.utils.translation import gettext as _

from yizhan.identity.models import Appointment
from yizhan.seals.models import Seal, Spell


class Refused(Exception):
    """Something cannot be done with a seal; the text says why. ``about`` is what of it is wrong, where that is known."""

    about = ""


class NoSeal(Refused):
    """The unit, or the person in a post, has no seal of this kind in use; what waits for one is sealed once there is."""

    def __init__(self, unit: str, kind: str, appointment: int | None = None) -> None:
        label = Seal.Kind(kind).label
        whose = Appointment.objects.select_related("account", "post").filter(pk=appointment or 0).first()
        if whose is None:
            words = _("单位 %(unit)s 没有在用的%(kind)s，文书待用印") % {"unit": unit, "kind": label}
        else:
            told = {"name": whose.account.name, "post": whose.post, "kind": label}
            words = _("%(name)s（%(post)s）没有在用的%(kind)s，文书待用印") % told
        super().__init__(words)


class CannotSeal(Refused):
    """Keys or time stamps do not work now; what waits is tried again, and sealed once they do."""

    def __init__(self, why: str) -> None:
        super().__init__(_("暂时不能用印：%(why)s") % {"why": why})


class NotApproved(Refused):
    """Nobody approved that a seal comes on this document, or the approval was taken back."""

    def __init__(self) -> None:
        super().__init__(_("这份文书没有有效的用印批准，不能用印"))


class OtherBytes(Refused):
    """The approval is for other content than that which is to be sealed."""

    def __init__(self) -> None:
        super().__init__(_("用印批准所对应的内容与这份文书不一致，不能用印"))


class ApprovedOtherwise(Refused):
    """This seal was already approved for the document, with other content."""

    def __init__(self) -> None:
        super().__init__(_("这份文书已有用印批准，内容与本次不同；须先撤回原批准"))


class SignedByAnother(ApprovedOtherwise):
    """Another person has signed the document: in this unit one signs it."""

    def __init__(self, who: str) -> None:
        Refused.__init__(self, _("这份文书已由%(name)s签发；改由他人签发的，须先撤回原批准") % {"name": who})


class UsedUp(Refused):
    """The approval has been used; it stays as the record of the use."""

    def __init__(self) -> None:
        super().__init__(_("用印批准已经使用，不能撤回，也不能再次使用"))


class WrongState(Refused):
    """A seal in this state does not become that."""

    def __init__(self, seal: Seal, state: str, wanted: str) -> None:
        super().__init__(
            _("印章“%(seal)s”%(state)s，不能改为%(wanted)s")
            % {"seal": seal, "state": Spell.State(state).label, "wanted": Spell.State(wanted).label}
        )


class SealExists(Refused):
    """The unit, or the person in this post, has one in use or suspended; it is replaced, not doubled."""

    def __init__(self, seal: Seal) -> None:
        if seal.appointment_id is None:
            words = _("该单位已有“%(seal)s”，请更换原印章，不要重复制发") % {"seal": seal}
        else:
            words = _("%(name)s在该岗位已有签名章，请更换原签名章，不要重复制发") % {"name": seal.name}
        super().__init__(words)


class NoPost(Refused):
    """A signature stamp is for a post that its person holds."""

    about = "appointment"

    def __init__(self) -> None:
        super().__init__(_("此人已不任该岗位，不能制发签名章"))


class OfNobody(Refused):
    """A signature stamp is made for a person in a post, never for a unit."""

    about = "kind"

    def __init__(self) -> None:
        super().__init__(_("签名章只为在任人员制发，请使用“制发签名章”"))


class NumberTaken(Refused):
    """Another seal bears this number."""

    about = "number"

    def __init__(self, number: str) -> None:
        super().__init__(_("编号 %(number)s 已用于另一枚印章，请核对") % {"number": number})
