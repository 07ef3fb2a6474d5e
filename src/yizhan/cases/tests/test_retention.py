"""The table of terms: everything a command clears can be counted, and only what ran out goes."""

from __future__ import annotations

from datetime import timedelta

from yizhan import clock
from yizhan.cases import catalogue, drafts
from yizhan.cases.models import Draft
from yizhan.identity import scope
from yizhan.registry import contacts, retention
from yizhan.registry.models import OwnContact


def test_what_a_command_clears_is_announced_and_nothing_else_is_cleared(town):
    told = {one.key: one for one in retention.table()}
    clears = {key for key, one in told.items() if one.handled_by == "command"}
    known = {key for key, one in retention._clearings.items() if one.clear}
    assert clears == known and {"registers", "cases", "looks"} & clears == set()


def test_only_what_ran_out_goes_and_only_with_apply(town):
    def begin(who):
        with town.acting(who) as actor:
            drafts.begin(catalogue.get("elderly_allowance"), by=actor, subject=town.subjects[who])
            entry = contacts.name(
                town.subjects[who], contacts.Kind.ADDRESS, "示例路 9 号 301 房", by=actor.key
            )
            if who == "li":
                contacts.proved(entry)

    with clock.standing_at(clock.now() - timedelta(days=31)):
        begin("chen")
        begin("li")
    begin("wang")
    with scope.service():
        due = {one.kept.key: (one.many, one.cleared) for one in retention.due()}
        assert (due["drafts"], due["unproved_contacts"]) == ((2, None), (1, None))
        assert Draft.objects.count() == 3
        gone = {one.kept.key: one.cleared for one in retention.due(apply=True)}
        assert (gone["drafts"], gone["unproved_contacts"], gone["looks"]) == (2, 1, None)
        assert Draft.objects.count() == 1
        assert OwnContact.objects.count() == 2
