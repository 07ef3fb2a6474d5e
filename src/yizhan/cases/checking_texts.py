"""Whether messages and papers of a pack ask only for what a case can give them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from yizhan.cases import checking_drawn, sending, telling
from yizhan.cases.item import ItemDefinition
from yizhan.cases.paper_data import PAPER_DATA
from yizhan.notices.wording import Wording, Wordings
from yizhan.records.documents import Document
from yizhan.releases.faults import Fault, did_you_mean
from yizhan.releases.pack import Pack, Source
from yizhan.workflow.processes.definition import FlowDefinition
from yizhan.workflow.processes.letters import letters


def messages(item: ItemDefinition, pack: Pack) -> Iterator[Fault]:
    """The places of every message that the case sends by itself can be filled."""
    file = pack.of("messages").get("messages")
    if file is None or not isinstance(file.model, Wordings):
        return
    known = file.model.messages
    for key, given in _sent(item, pack):
        if key in known:
            yield from _places(file, key, known[key], given)
    for use, paper in item.papers.own.items():
        if sending.paper_message(use) not in known and use in sending.PAPERS:
            yield file.fault(
                "messages",
                _("缺少通知 %(key)s：文书“%(paper)s”做好后不会通知申请人")
                % {"key": sending.paper_message(use), "paper": paper},
                weight="warning",
            )


def _sent(item: ItemDefinition, pack: Pack) -> set[tuple[str, frozenset[str]]]:
    """Which messages are sent, and what each is given: one that goes to several may be given different things."""
    written = pack.of("process").get(item.handling.process)
    sends = checking_drawn.sends(item, pack)
    if written is not None and isinstance(written.model, FlowDefinition):
        sends += [send for _path, send in letters(written.model)]
    found = {(one.template, telling.GIVEN if one.is_to_role else sending.GIVEN) for one in sends}
    found |= {(letter.template, telling.OF_A_CARD) for letter in item.limits.cards}
    own = sending.by_themselves()
    return {one for one in found if one[0] not in own} | set(own.items())


def _places(file: Source, key: str, wording: Wording, given: Collection[str]) -> Iterator[Fault]:
    for number, parameter in enumerate(wording.parameters):
        if parameter.key not in given:
            yield file.fault(
                f"messages.{key}.parameters[{number}].key",
                _("办件不能给出 %(key)s") % {"key": parameter.key},
                suggestion=did_you_mean(parameter.key, given),
            )


def papers(item: ItemDefinition, pack: Pack) -> Iterator[Fault]:
    """Everything that a paper of this item must have can be given."""
    given = {*PAPER_DATA, *(term.name for term in item.terms)}
    for paper in set(item.papers.own.values()):
        source = pack.of("paper").get(paper)
        if source is None or not isinstance(source.model, Document):
            continue
        if item.papers.language == "both" and not source.model.english:
            yield source.fault(
                "english", _("事项“%(item)s”的文书用中英两种文字，这份文书还没有英文") % {"item": item.title}
            )
        for number, wanted in enumerate(source.model.data):
            if wanted.key not in given:
                yield source.fault(
                    f"data[{number}].key",
                    _("办件不能给出 %(key)s") % {"key": wanted.key},
                    suggestion=did_you_mean(wanted.key, given),
                )
