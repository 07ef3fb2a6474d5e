"""Who acts 行为人: a person in a post, perhaps on another's behalf, with what they may do.

Rooms above take an :class:`Actor` and ask it; they never look into identity's tables. A request has one
as ``request.actor``, or None when nobody is signed in. :data:`HOUSE` acts where no person does (command line,
worker, import).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yizhan.identity.faults import NotAllowed
from yizhan.journal.access import Viewer
from yizhan.ui.language import in_english

Reach = Literal["own_unit", "unit_subtree", "area", "all"]


@dataclass(frozen=True, slots=True)
class Grant:
    """One role, and how far it reaches from the unit of the post that gives it.

    ``area`` is the significant beginning of the unit's division code, such as ``440104``.
    """

    role: str
    reach: Reach
    unit_path: str
    area: str

    def covers(self, unit_path: str, division: str = "") -> bool:
        """Whether it reaches a unit, or a place by its division code."""
        if self.reach == "all":
            return True
        if self.reach == "own_unit":
            return unit_path == self.unit_path
        inside = bool(unit_path) and unit_path.startswith(self.unit_path)
        if self.reach == "unit_subtree":
            return inside
        return inside or (bool(self.area) and division.startswith(self.area))


@dataclass(frozen=True, slots=True)
class Principal:
    """The person on whose behalf somebody acts."""

    account_id: int
    name: str


@dataclass(frozen=True)
class Actor:
    """Somebody who acts.

    Attributes:
        account_id: None for the house itself.
        kind: ``staff``, ``citizen`` or ``house``.
        post_id: the post acted in; None without one, and then there are no grants.
        unit: the code of the post's unit; ``unit_path`` its place in the tree.
        assurance: how well a citizen is known, 0..3.
        delegation_id: the delegation that ``on_behalf_of`` comes from.
        grants: what the post gives, in no particular order.
    """

    account_id: int | None
    kind: Literal["staff", "citizen", "house"]
    name: str
    post_id: int | None = None
    post_title: str = ""
    post_title_en: str = ""
    unit: str = ""
    unit_name: str = ""
    unit_name_en: str = ""
    unit_path: str = ""
    on_behalf_of: Principal | None = None
    delegation_id: int | None = None
    assurance: int = 0
    grants: tuple[Grant, ...] = ()

    @property
    def is_staff(self) -> bool:
        """Whether a member of staff acts."""
        return self.kind == "staff"

    @property
    def is_citizen(self) -> bool:
        """Whether a citizen acts."""
        return self.kind == "citizen"

    @property
    def key(self) -> str:
        """The actor in the journal and in columns that say who did it: ``account:7`` or ``house``."""
        return f"account:{self.account_id}" if self.account_id is not None else self.kind

    @property
    def title(self) -> str:
        """Title of the post on the present page."""
        return self.post_title_en if self.post_title_en and in_english() else self.post_title

    @cached_property
    def roles(self) -> frozenset[str]:
        """The codes of all roles held in this post."""
        return frozenset(grant.role for grant in self.grants)

    def holds(self, role: str) -> bool:
        """Whether the actor holds a role, wherever it reaches."""
        return self.kind == "house" or role in self.roles

    def may(self, role: str, unit_path: str, division: str = "") -> bool:
        """Whether the actor holds a role that reaches a unit (by its path) or a place (by division)."""
        return self.kind == "house" or any(g.covers(unit_path, division) for g in self.grants_of(role))

    def grants_of(self, role: str) -> Iterator[Grant]:
        """The grants of one role: where it reaches."""
        return (grant for grant in self.grants if grant.role == role)

    def require(self, *roles: str) -> None:
        """See that the actor holds one of these roles.

        Raises:
            NotAllowed: none of them.
        """
        if not any(self.holds(role) for role in roles):
            raise NotAllowed(_("您的岗位没有办理此事的权限"))

    def viewer(self, address: str | None = None) -> Viewer:
        """The actor as the access log names them."""
        return Viewer(
            account=self.key,
            post=f"post:{self.post_id}" if self.post_id is not None else "",
            on_behalf_of=f"account:{self.on_behalf_of.account_id}" if self.on_behalf_of else "",
            address=address,
        )


HOUSE = Actor(account_id=None, kind="house", name=gettext_noop("系统"))
