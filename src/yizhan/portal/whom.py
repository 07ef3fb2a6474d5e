"""For whom somebody applies 为谁办理: oneself, or a company one represents or acts for."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from yizhan.cases import subjects
from yizhan.cases.item import ItemDefinition
from yizhan.identity.middleware import Known
from yizhan.registry.links import person_of

_FOR = "for"
_ONESELF = "self"


@dataclass(frozen=True)
class Whom:
    """Somebody an application can be for; ``key`` names them in an address, ``code`` is a company's."""

    subject: str
    key: str
    name: str
    code: str = ""

    @property
    def is_company(self) -> bool:
        """Whether it is a company."""
        return bool(self.code)


def choices(request: Known, item: ItemDefinition) -> list[Whom]:
    """For whom one can apply for an item today."""
    found: list[Whom] = []
    own = person_of(request.user) if "person" in item.objects else None
    if own is not None:
        found.append(Whom(own, _ONESELF, request.user.name))
    if "entity" in item.objects:
        found += [
            Whom(one.subject, one.uscc, one.name, one.uscc)
            for one in subjects.companies(request.actor, item.code)
        ]
    return found


def chosen(request: Known, among: list[Whom]) -> Whom | None:
    """The one who was named, or the only one there is; None where that is still to be said."""
    named = request.POST.get(_FOR) or request.GET.get(_FOR)
    if named:
        return next((one for one in among if one.key == named), None)
    return among[0] if len(among) == 1 else None


def begin_address(code: str, subject: str) -> str:
    """The page before an application, for the same company again."""
    key = subject.removeprefix("entity:")
    return reverse("portal:begin", args=[code], query={_FOR: key} if subjects.is_company(subject) else None)
