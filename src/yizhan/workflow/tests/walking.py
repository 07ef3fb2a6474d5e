"""A case that goes along a process, for tests: it remembers its last step."""

import pytest

from yizhan.workflow import NOT_BEGUN, Message, NotPossible, Started, TaskCompleted, advance
from yizhan.workflow.processes import effects as ef


class Walked:
    """A case and where it stands."""

    def __init__(self, graph, facts=None, *, message=""):
        self.graph, self.facts, self.situation = graph, facts or {}, NOT_BEGUN
        self.does(Started(message))

    def does(self, event):
        self.step = advance(self.graph, self.situation, event, self.facts)
        self.situation = self.step.situation
        return self

    def at(self, node, one=None):
        """The only token at a node; of several, that of one of them."""
        scopes = {scope.id: scope for scope in self.situation.scopes}
        hosts = {scope.token for scope in scopes.values()}
        found = [
            token
            for token in self.situation.tokens
            if token.node == node
            and token.id not in hosts
            and (one is None or _whose(self.situation, token) == one)
        ]
        (token,) = found
        return token

    def host(self, node):
        """The token that waits for what goes on within a node."""
        (scope,) = [scope for scope in self.situation.scopes if scope.node == node and scope.token]
        return scope.token

    def chooses(self, node, action, given=None, reason="", one=None):
        return self.does(TaskCompleted(self.at(node, one).id, action, given or {}, reason))

    def hears(self, name, data=None, token=None):
        return self.does(Message(name, data or {}, token))

    def refused(self, event):
        before = self.situation
        with pytest.raises(NotPossible) as found:
            self.does(event)
        assert self.situation == before
        assert found.value.zh != found.value.en
        return found.value

    @property
    def stands(self):
        """The nodes at which something is to be done or waited for, in order."""
        hosts = {scope.token for scope in self.situation.scopes}
        return sorted(token.node for token in self.situation.tokens if token.id not in hosts)

    def left(self, node):
        """What a node of the process itself left behind."""
        return dict(self.situation.data[node])

    @property
    def ended(self):
        return self.situation.ending and (self.situation.ending.how, self.situation.ending.outcome)

    def units(self):
        return [task.unit.code for task in self.step.of(ef.OpenTask)]


def _whose(situation, token):
    index, scope = token.index, situation.scope(token.scope)
    while index is None and scope is not None:
        index, scope = scope.index, situation.scope(scope.parent) if scope.parent else None
    return scope.expected[index] if scope is not None and index is not None else None
