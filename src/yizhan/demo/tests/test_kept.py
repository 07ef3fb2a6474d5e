"""A demo district kept from an earlier version gets what came since, whoever has gone meanwhile."""

import pytest

from yizhan import clock
from yizhan.cases.models import Queue, Task
from yizhan.codes import loading as codes_loading
from yizhan.demo import load, organisation, restaurants, telling
from yizhan.identity import roles, scope
from yizhan.identity.models import Account, Post, RoleGrant, Unit
from yizhan.releases.publishing import publish
from yizhan.releases.tests.shipped import shipped

SINCE = {"cgj", "xfd", "wjj"}  # departments that an earlier version did not have
CLERK = "elderly_allowance.clerk"


@pytest.fixture
def kept(db, monkeypatch):
    """The offices as an earlier version founded them."""
    with clock.standing_at("2026-11-20T09:30"), scope.service():
        codes_loading.load()
        roles.publish_platform()
        for pack in ("elderly_allowance", "small_restaurant", "outdoor_sign", "subsistence_allowance"):
            publish(shipped(pack), by="test")
        with monkeypatch.context() as earlier:
            found = organisation._found

            def then(code, *given, **more):
                if not SINCE & set(code.split("-")):
                    found(code, *given, **more)

            earlier.setattr(organisation, "_found", then)
            load._founded(lambda: None)
        yield


def test_what_came_since_is_there_when_a_part_needs_it_and_who_has_gone_is_replaced(kept):
    assert not Unit.objects.filter(code="440104-cgj").exists()
    before = set(Account.objects.values_list("username", "name"))
    load._founded(restaurants.found)
    post = Post.objects.get(unit="440104-cgj", code="officer")
    assert RoleGrant.objects.live().filter(post=post, role="small_restaurant.reviewer").exists()
    assert before < set(Account.objects.values_list("username", "name"))
    many = Account.objects.count()
    load._founded(lambda: None)
    assert Account.objects.count() == many

    # A visitor closes the accounts of a sub-district; its cases of the demo go on all the same.
    task = Task(queue=Queue(role=CLERK), unit="440104-j003")
    gone = telling.holder_of(task)
    Account.objects.filter(appointments__post__unit="440104-j003").update(is_active=False)
    first = telling.holder_of(task)
    assert (first.username, first.is_active) == ("j003.standin1", True)
    assert telling.holder_of(task) == first != gone
    assert telling.holder_of(task, but=[first.pk, None]).username == "j003.standin2"
