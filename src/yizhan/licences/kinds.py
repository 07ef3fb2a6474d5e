"""What packs may bring to this room: kinds of licences; their titles are told to the register."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yizhan.licences import types
from yizhan.licences.definition import GIVEN, KIND, LicenceType
from yizhan.records.documents import Document
from yizhan.registry import licence_kinds
from yizhan.registry.catalogue import CATALOGUE
from yizhan.releases.faults import Fault, did_you_mean
from yizhan.releases.kinds import Kind, announce
from yizhan.releases.pack import Pack, Source


def check(source: Source, pack: Pack) -> Iterator[Fault]:
    """Nobody else brings the kind, its facts are known of its holder, its paper is there and asks for what is given."""
    one = source.model
    if not isinstance(one, LicenceType):
        return
    other = types.in_folders().get(source.key)
    if other is not None and other.pack != pack.code:
        words = _("应用包 %(pack)s 已有证照类型 %(kind)s") % {"pack": other.pack, "kind": source.key}
        yield source.fault("title", words)
    if not one.verified:
        words = _("证照类型代码待核实：%(kind)s") % {"kind": one.title.zh}
        yield source.fault("type_code", words, weight="warning")
    for number, shown in enumerate(one.shows):
        known = [key for key, entry in CATALOGUE.items() if entry.of == one.holder]
        if shown.fact not in known:
            words = _("基础库没有信息项 %(fact)s") % {"fact": shown.fact}
            yield source.fault(f"shows[{number}].fact", words, suggestion=did_you_mean(shown.fact, known))
    if one.template is not None:
        yield from _paper(source, one, pack)


def _paper(source: Source, one: LicenceType, pack: Pack) -> Iterator[Fault]:
    """The template is a certificate of this pack, and needs nothing that nobody gives."""
    assert one.template is not None  # whoever calls has looked
    yield from pack.lacks(source, "template", "paper", one.template)
    written = pack.of("paper").get(one.template)
    document = written.model if written else None
    if not isinstance(document, Document):
        return
    if document.kind != "certificate":
        yield source.fault("template", _("证照的文书种类须为 certificate"))
    if document.signed_by:
        yield source.fault("template", _("证照文书不加盖签名章，不能写 signed_by"))
    given = {*GIVEN, *(shown.key for shown in one.shows)}
    for wanted in document.data:
        if wanted.required and wanted.key not in given:
            words = _("文书所需的 %(key)s 没有人提供") % {"key": wanted.key}
            yield source.fault("template", words, suggestion=did_you_mean(wanted.key, given))


LICENCE = announce(
    Kind(
        name=KIND,
        folder="licences",
        suffix=".yaml",
        model=LicenceType,
        check=check,
        purpose=(
            "证照类型：持有人、类型代码、编号规则、有效期、登载事项",
            "a kind of licence: holder, type code, numbering, validity, what it says",
        ),
    )
)
licence_kinds.announce(types.titles, types.title_once)
