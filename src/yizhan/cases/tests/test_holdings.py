"""Lists of tasks for somebody who holds many queues: the same tasks, however the queues are told."""

from __future__ import annotations

import pytest

from yizhan.cases import holdings, inbox, task_sources
from yizhan.cases.inbox import Wanted
from yizhan.cases.models import Queue
from yizhan.cases.task_sources import Condition
from yizhan.database.asking import answer
from yizhan.identity.models import Post, Role, RoleGrant


@pytest.fixture
def many_queues(town):
    """A hundred more queues; the clerk's post may take from every one of them."""
    post: Post = town.people["clerk"].appointments.get().post
    for number in range(100):
        role = Role.objects.create(
            code=f"other{number}.clerk", pack="other", title_zh="办理", title_en="Clerk"
        )
        RoleGrant.objects.create(role=role, post=post, reach="all", given_by="house", reason="测试")
        Queue.objects.create(role=role.code, unit=post.unit_id, unit_path=post.unit.path, area="")


def test_a_handful_of_queues_is_read_one_by_one_some_as_a_list_a_good_part_of_all_as_a_map(
    town, many_queues, monkeypatch
):
    with town.acting("clerk") as actor:
        assert holdings.of(actor).broad
        assert any("boolean[]" in words for words, _ in task_sources.sources(actor))
    with town.acting("colleague") as actor:
        assert not holdings.of(actor).broad
        queues = holdings.of(actor).queues
        assert [value for words, value in task_sources.sources(actor) if "queue_id = %s" in words] == [
            *queues
        ]
        monkeypatch.setattr(task_sources, "_FEW", len(queues) - 1)
        assert any("bigint[]" in words for words, _ in task_sources.sources(actor))


def test_the_map_finds_the_tasks_of_ones_queues_and_no_others(town, many_queues):
    number = town.apply("chen", other_allowance=True)
    with town.acting("clerk") as actor:
        assert [line.number for line in inbox.tasks(actor, Wanted()).lines] == [number]
        page, counts = inbox.front(actor)
        assert ([line.number for line in page.lines], counts.todo) == ([number], 1)
        assert answer(inbox.waiting(actor)) == 1
        foreign = Queue.objects.create(
            role="foreign.clerk", unit=actor.unit, unit_path=actor.unit_path, area=""
        )
        task = town.task(number)
        task.queue = foreign
        task.save(update_fields=["queue"])
        assert answer(inbox.waiting(actor)) == 0, "a queue that came after the map is not in it"


def test_a_union_is_read_no_further_than_wanted(town, many_queues):
    town.permit_several()
    for _ in range(3):
        town.apply("chen", other_allowance=True)
    with town.acting("clerk") as actor:
        words, _values = task_sources.union(task_sources.sources(actor), Condition(), "due_at", 2)
        assert words.count("limit 2") == 2
