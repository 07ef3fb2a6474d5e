"""Functions of contexts: get value, get entries, context put."""

from __future__ import annotations

from yizhan.feel.builtins.registry import Here, function
from yizhan.feel.values import Scope, Value


@function("get value", "m: context", "key: string")
def _get_value(_here: Here, context: Scope, key: str) -> Value:
    return context.get(key)


@function("get entries", "m: context")
def _get_entries(_here: Here, context: Scope) -> Value:
    return tuple({"key": key, "value": value} for key, value in context.items())


@function("context put", "context: context", "key: string", "value: any")
def _context_put(_here: Here, context: Scope, key: str, value: Value) -> Value:
    return {**context, key: value}
