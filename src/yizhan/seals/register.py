"""The register of seals 印章台账: which there are, what became of each, and on what it came. For whoever keeps seals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext as _

from yizhan.identity import reaching
from yizhan.identity.actor import HOUSE, Actor
from yizhan.identity.models import Account, Appointment, Unit
from yizhan.keys import listing
from yizhan.keys.models import Certificate
from yizhan.seals.models import Seal, Spell, Use

KEEPER = "platform.seal_admin"
OPERATOR = "operator"
"""How the journal names whoever gave a command on the machine: ``operator:<name>``."""
PER_PAGE = 50
USES_PER_PAGE = 20


@dataclass(frozen=True)
class Line:
    """A seal in the list; a signature stamp has the post of its person.

    Attributes:
        unit: the unit's name in the reader's language.
        state: of :class:`Spell.State`; ``since`` from when.
        until: when its certificate ends; None where none is valid any more.
        uses: how often it was used.
    """

    seal: Seal
    unit: str
    state: str
    since: datetime
    until: datetime | None
    uses: int

    @property
    def post(self) -> str:
        """The post in which a signature stamp signs; empty for seals of units."""
        return str(self.seal.appointment.post) if self.seal.appointment else ""

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(Spell.State(self.state).label)


@dataclass(frozen=True)
class Used:
    """One use: title and number of the document, who approved it, when the seal came on."""

    document: str
    by: str
    approved_at: datetime
    at: datetime


@dataclass(frozen=True)
class Whole:
    """One seal with everything that is known of it.

    Attributes:
        spells: states with who said so, the present one first.
        certificates: all of them with who revoked each, the newest first.
        uses: a page of them, the newest first.
        before, after: the seal whose place it took, and the one that took its place.
    """

    line: Line
    spells: list[tuple[Spell, str]]
    certificates: list[tuple[listing.Line, str]]
    uses: Page[Use]
    shown: list[Used]
    before: Seal | None
    after: Seal | None


def page(
    actor: Actor, *, words: str = "", state: str = "", number: str = "1"
) -> tuple[Page[Seal], list[Line]]:
    """A page of the seals of units within reach: three statements, however many there are.

    Args:
        words: a part of the name on a seal or of its unit, or the beginning of its number.
        state: only those in this state.
        number: of the page, as it was asked for.
    """
    found = _described(_within(actor)).defer("drawing")
    if words:
        units = Unit.objects.filter(Q(name__contains=words) | Q(name_en__icontains=words))
        found = found.filter(
            Q(name__contains=words) | Q(number__startswith=words) | Q(unit__in=units.values("code"))
        )
    if state:
        found = found.filter(Q(state=state))
    seals = Paginator(
        found.select_related("appointment__post").order_by("unit", "kind", "-made_at", "pk"), PER_PAGE
    ).get_page(number)
    names = _units(one.unit for one in seals)
    return seals, [_line(one, names) for one in seals]


def one(actor: Actor, key: UUID) -> Line | None:
    """A seal within reach, or None."""
    seal = _described(_within(actor)).select_related("replaces", "appointment__post").filter(pk=key).first()
    return _line(seal, _units([seal.unit])) if seal else None


def whole(line: Line, *, number: str = "1") -> Whole:
    """One seal whole, with a page of its uses: six statements, however old it is."""
    seal = line.seal
    spells = list(Spell.objects.filter(seal=seal).order_by("-since", "-id"))
    used = Use.objects.filter(seal=seal).select_related("approval").order_by("-at", "pk")
    uses = Paginator(used, USES_PER_PAGE).get_page(number)
    certificates = listing.of(seal.holder)
    names = _people(
        [
            *(spell.by for spell in spells),
            *(use.approval.by for use in uses),
            *(certificate.revoked_by for certificate in certificates),
        ]
    )
    return Whole(
        line,
        [(spell, names[spell.by]) for spell in spells],
        [(certificate, names[certificate.revoked_by]) for certificate in certificates],
        uses,
        [
            Used(
                use.approval.called or use.approval.document,
                names[use.approval.by],
                use.approval.at,
                use.at,
            )
            for use in uses
        ],
        seal.replaces,
        Seal.objects.filter(replaces=seal).defer("drawing").first(),
    )


def signatories(actor: Actor) -> list[Appointment]:
    """Whoever can have a signature stamp made: those who hold a post in open units within reach today."""
    units = reaching.units(actor, KEEPER) & Unit.objects.open()
    live = Appointment.objects.live().filter(post__unit__in=units)
    return list(
        live.select_related("account", "post__unit__parent").order_by("post__unit__path", "post__code", "pk")
    )


def _within(actor: Actor) -> QuerySet[Seal]:
    return Seal.objects.filter(unit__in=reaching.units(actor, KEEPER).values("code"))


def _described(seals: QuerySet[Seal]) -> QuerySet[Seal]:
    """With its state, its certificate's end and how often it was used."""
    latest = Spell.of_each()
    of_staff = When(appointment__isnull=False, then=Value("staff:"))
    seals = seals.alias(held_as=Case(of_staff, default=Value("seal:"), output_field=TextField()))
    holder = Concat(OuterRef("held_as"), Cast(OuterRef("pk"), TextField()))
    valid = Certificate.objects.unrevoked().filter(holder=holder).order_by("-not_after")
    uses = Use.objects.filter(seal=OuterRef("pk")).order_by().values("seal").annotate(many=Count("pk"))
    return seals.annotate(
        state=Subquery(latest.values("state")[:1]),
        since=Subquery(latest.values("since")[:1]),
        until=Subquery(valid.values("not_after")[:1]),
        many=Coalesce(Subquery(uses.values("many")), 0),
    )


def _line(seal: Seal, names: dict[str, str]) -> Line:
    told = vars(seal)
    return Line(
        seal,
        names.get(seal.unit, seal.unit),
        str(told["state"]),
        cast(datetime, told["since"]),
        cast("datetime | None", told["until"]),
        int(told["many"]),
    )


def _units(codes: Iterable[str]) -> dict[str, str]:
    units = Unit.objects.filter(code__in=set(codes)).select_related("parent")
    return {unit.code: unit.full_name for unit in units}


def _people(keys: Iterable[str]) -> dict[str, str]:
    """Who they are, by how the journal calls them: members of staff by name, the house as the house."""
    wanted = set(keys)
    numbers = [key.removeprefix("account:") for key in wanted if key.startswith("account:")]
    known = Account.objects.filter(
        kind=Account.Kind.STAFF, pk__in=[int(one) for one in numbers if one.isdecimal()]
    )
    people = {f"account:{pk}": name for pk, name in known.values_list("pk", "name")}
    return {key: people.get(key, _(HOUSE.name) if key == HOUSE.key else _operator(key)) for key in wanted}


def _operator(key: str) -> str:
    """Whoever gave a command on the machine, by the name they have there; any other key as it is."""
    kind, _colon, name = key.partition(":")
    return _("命令行（%(name)s）") % {"name": name} if kind == OPERATOR else key
