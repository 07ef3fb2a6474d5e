"""A licence that stood in the place of a material ends while the case runs: a supplement takes the material instead."""

from __future__ import annotations

import uuid

import pytest

from yizhan.cases import answering, dossier, paper_materials, supplements
from yizhan.cases.models import Filing
from yizhan.cases.refusals import Incomplete
from yizhan.cases.supplements import Missing
from yizhan.cases.tests import companies
from yizhan.cases.tests.test_companies import moved
from yizhan.identity import scope
from yizhan.licences import life

PLACE = "files.food_licence"
FACT = "entity.licence.food_business.number"
ASKED = Missing(PLACE, "食品经营许可证已撤销，请上传新证")


firm, town = companies.firm, companies.town


@pytest.fixture
def number(firm):
    """A case that took the food licence of the company instead of an upload."""
    firm.mandate("li")
    firm.licensed()
    return firm.apply(shop={"trade": "food"})


def questions(firm, number):
    with firm.town.acting("signs") as actor:
        return [path for path, _label in dossier.open_(number, by=actor).application.questions]


def ask(firm, number, *missing):
    task = firm.town.task(number)
    with firm.town.acting("signs") as actor:
        supplements.ask(
            task.case_id, task.id, missing=list(missing), words="", by=actor, command=uuid.uuid4()
        )


def files_asked(firm, number):
    """Whether the form takes the file now."""
    with firm.town.acting("li") as actor:
        one = answering.Answering(firm.town.case(number), actor)
        return PLACE in one.form.placed(one.data, one.conditions).places


def answer(firm, number, **files):
    case = firm.town.case(number)
    with firm.town.acting("li") as actor:
        one = answering.Answering(case, actor)
        one.save({**one.data, "files": {**one.data["files"], **files}})
        one.hand_in(uuid.uuid4())


def standings(firm, number):
    with firm.town.acting("signs") as actor:
        found = dossier.open_(number, by=actor).application.needed
    return {one.material.key: one.standing for one in found}


def filings(number):
    with scope.service():
        return list(Filing.objects.filter(case__number=number).order_by("rev"))


def test_the_notice_the_supplement_the_upload_and_the_filing(firm, number):
    assert PLACE not in questions(firm, number), "what the register holds is not asked for"
    moved(firm, life.revoke)
    firm.town.work()
    assert PLACE in questions(firm, number)
    ask(firm, number, ASKED)
    assert files_asked(firm, number)
    with firm.town.acting("li") as actor:
        (one,) = answering.Answering(firm.town.case(number), actor).asked
    assert one.page, "it leads to the page that takes the file"
    with pytest.raises(Incomplete) as refused:
        answer(firm, number)
    assert [path for path, _words in refused.value.faults] == [PLACE]
    file = str(uuid.uuid4())
    answer(firm, number, food_licence=[file])
    first, second = filings(number)
    assert second.data["files"]["food_licence"] == [file]
    assert (first.facts[FACT]["value"], "ended" in first.facts[FACT]) == ("JY2440199000001", False)
    assert (second.facts[FACT]["value"], second.facts[FACT]["ended"]) == ("JY2440199000001", True)
    assert standings(firm, number)["food_licence"] == "handed_in"
    with scope.service():
        received = dict(paper_materials.received(firm.town.case(number), second))
    assert received["食品经营许可证"] == "已收 1 份"
    with firm.town.acting("signs") as actor:
        assert dossier.open_(number, by=actor).application.ended == []
    assert firm.town.intact(number)


def test_what_is_told_in_words_alone_takes_the_file_too(firm, number):
    moved(firm, life.suspend)
    ask(firm, number, Missing("", "请另行提交食品经营许可证"))
    assert files_asked(firm, number)


def test_a_supplement_about_something_else_asks_for_nothing_more(firm, number):
    moved(firm, life.suspend)
    ask(firm, number, Missing("sign.words", "请写明招牌文字"))
    assert not files_asked(firm, number)
    answer(firm, number)
    assert standings(firm, number)["food_licence"] == "held"


def test_a_licence_that_ends_after_it_was_asked_is_not_asked_for_with_it(firm, number):
    ask(firm, number, Missing("sign.words", "请写明招牌文字"))
    moved(firm, life.revoke)
    assert not files_asked(firm, number), "all that is missing was told once"


def test_a_licence_that_holds_again_is_taken_again(firm, number):
    moved(firm, life.suspend)
    ask(firm, number, ASKED)
    moved(firm, life.resume)
    assert not files_asked(firm, number)
    answer(firm, number)
    assert "ended" not in filings(number)[1].facts[FACT]
    assert standings(firm, number)["food_licence"] == "held"
