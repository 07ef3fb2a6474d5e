"""A token lets whoever holds the receipt rate one case, once, without logging in; nothing else does."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from yizhan.cases.models import Case
from yizhan.identity import scope
from yizhan.voice import invitation, rating
from yizhan.voice.models import Invitation, Rating
from yizhan.voice.refusals import NotEnded, NotYours
from yizhan.voice.tests.conftest import at_the_window, rate


@pytest.fixture
def token(town, number):
    """The token of a granted case."""
    with town.acting("chen"):
        return invitation.token(Case.objects.get(number=number))


def visitor() -> None:
    """Nobody is signed in: whatever scope was open is gone."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('yizhan.scope', '', true), set_config('yizhan.seal', '', true)")


def test_whoever_holds_the_token_rates_the_case(town, number, token):
    visitor()
    case = invitation.admit(token)
    assert case is not None and case.number == number
    given = rating.rate(case, 2, by=None, channel="link")
    assert (given.by, given.channel) == ("invitation", "link")
    with scope.service():
        assert Rating.objects.get().case_number == number


def test_the_token_says_nothing_of_case_or_person(number, token):
    assert len(token) == 43
    assert not any(part in token for part in (number, "1120", "440199", "1234"))
    with scope.service():
        kept = Invitation.objects.get()
    assert kept.hash == hashlib.sha256(token.encode()).hexdigest()


def test_the_receipt_can_be_printed_again_with_the_same_token(town, number, token):
    with town.acting("chen"):
        assert invitation.token(Case.objects.get(number=number)) == token
    with scope.service():
        assert Invitation.objects.count() == 1


@pytest.mark.parametrize("forged", ["", "%", "' or true --", "\x00" * 43, "A" * 43, "A" * 10_000])
def test_a_forged_token_admits_nobody(token, forged):
    visitor()
    assert invitation.admit(forged) is None
    assert invitation.admit(token.swapcase()) is None
    assert not Case.objects.exists()


def test_a_token_is_spent_with_the_rating(token):
    visitor()
    rating.rate(invitation.admit(token), 5, by=None, channel="link")
    visitor()
    assert invitation.admit(token) is None
    assert not Case.objects.exists()


def test_a_token_is_spent_when_the_applicant_rated_otherwise(town, number, token):
    rate(town, "chen", number, 4)
    visitor()
    assert invitation.admit(token) is None


def test_a_token_of_another_key_or_too_old_admits_nobody(town, number, token, settings):
    with scope.service():
        Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    visitor()
    assert invitation.admit(token) is None
    settings.SECRET_KEY = "another key"
    with town.acting("chen"):
        renewed = invitation.token(Case.objects.get(number=number))
    visitor()
    assert invitation.admit(token) is None
    assert invitation.admit(renewed) is not None


def test_a_token_opens_no_other_case(town, token):
    other = town.case(town.apply("wang"))
    visitor()
    invitation.admit(token)
    with pytest.raises(NotYours):
        rating.rate(other, 1, by=None, channel="link")


def test_before_the_end_a_token_says_so_and_opens_nothing(town):
    number = town.apply("chen", other_allowance=True)
    with town.acting("chen"):
        token = invitation.token(Case.objects.get(number=number))
    visitor()
    with pytest.raises(NotEnded, match="尚未办结"):
        invitation.admit(token)
    assert not Case.objects.exists()
    town.do("clerk", number, "decline", reason="户籍已迁出本区")
    visitor()
    rating.rate(invitation.admit(token), 5, by=None, channel="link")
    visitor()
    assert invitation.admit(token) is None


def test_staff_are_not_admitted_by_a_receipt_they_hold(town, token):
    with town.acting("clerk") as actor, pytest.raises(NotYours):
        invitation.admit(token, by=actor)


def test_the_clerk_who_took_it_in_prints_the_token_and_no_colleague_does(town):
    case = at_the_window(town)
    with town.acting("clerk") as actor:
        assert len(invitation.token(case)) == 43
        with pytest.raises(NotYours):
            rating.rate(case, 5, by=actor)
    for who in ("colleague", "approver", "chen"):
        with town.acting(who), pytest.raises(NotYours):
            invitation.token(case)
        with town.acting(who), pytest.raises(Exception, match="row-level security"), transaction.atomic():
            Invitation(case=case, hash="0" * 64, expires_at=timezone.now()).save(force_insert=True)


@pytest.mark.django_db
@pytest.mark.parametrize("call", ["scope_admit('rating:YX2026-1120-00001')", "voice_count()"])
def test_nobody_admits_a_case_by_naming_it(call):
    """A token is checked by the database itself; what lets one in is not for the application to call."""
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        connection.cursor().execute(f"select {call}")
