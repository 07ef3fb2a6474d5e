"""What packs may bring to this room: laws and policies that their definitions cite."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yizhan.identity import scope
from yizhan.registry import laws
from yizhan.registry.catalogue import CATEGORIES
from yizhan.registry.faults import Refused
from yizhan.registry.law_book import LawBook
from yizhan.registry.law_shape import KIND, LawDefinition
from yizhan.registry.laws import Told, Word
from yizhan.releases import citing
from yizhan.releases.faults import Fault, PackRefused, did_you_mean
from yizhan.releases.kinds import Kind, announce
from yizhan.releases.models import Current, Release, definition
from yizhan.releases.pack import Pack, Source
from yizhan.workflow import references


def check(source: Source, pack: Pack) -> Iterator[Fault]:
    """The file's name is its code, its successor is there, and what nobody has read is told."""
    law = source.model
    if not isinstance(law, LawDefinition):
        return
    if law.code != source.key:
        yield source.fault("code", _("代码须与文件同名（%(name)s）") % {"name": source.key})
    known = LawBook(pack).by_code if law.successor else {}
    if law.successor and law.successor not in known:
        words = _("法规政策库和应用包中没有 %(code)s") % {"code": law.successor}
        yield source.fault("successor", words, suggestion=did_you_mean(law.successor, known))
    if not law.verified:
        words = _("法规政策待核实：%(law)s") % {"law": law.title.zh}
        yield source.fault("verified", words, weight="warning")


def published(release: Release) -> None:
    """Enter what a release brings; what an office has taken over stays as the office says.

    Raises:
        PackRefused: another pack brings a law of that code, or successors lead in a circle.
    """
    brought = [definition(release.id, KIND, key, LawDefinition) for key in release.keys(KIND)]
    told = [Told(one.code, one.columns()) for one in brought]
    if not told:
        return
    word = Word(unit=release.manifest.unit, by=release.published_by, pack=release.pack)
    try:
        with scope.service():  # publishing is an act of the house
            _take_over(release, [one.code for one in told])
            laws.enter(told, word=word)
    except Refused as refused:
        raise PackRefused([Fault(f"{release.pack}/laws", "", str(refused))]) from refused


def _take_over(release: Release, codes: list[str]) -> None:
    """Laws that another pack brought once and brings no more are this pack's: a file may move from pack to pack."""
    theirs = laws.here().filter(code__in=codes, source=None).exclude(pack=release.pack)
    for row in theirs:
        now = Current.objects.select_related("release").filter(pack=row.pack).first()
        if now is None or row.code not in now.release.keys(KIND):
            row.pack = release.pack
            row.save(update_fields=["pack"])


LAW = announce(
    Kind(
        name=KIND,
        folder="laws",
        suffix=".yaml",
        model=LawDefinition,
        check=check,
        published=published,
        purpose=(
            "法规政策：标题、文号、日期、条款提要",
            "laws and policies that are cited: titles, numbers, days",
        ),
    )
)
citing.announce(LawBook)
references.announce("category", lambda _pack: frozenset(CATEGORIES))
