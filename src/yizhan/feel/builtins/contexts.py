"""Functions of contexts: reading, putting in, joining, building from entries."""

from __future__ import annotations

from yizhan.feel.builtins.registry import Here, function
from yizhan.feel.values import Scope, Value


@function("get value", "m: context", "key: string")
def _get_value(_here: Here, context: Scope, key: str) -> Value:
    return context.get(key)


@function("get entries", "m: context")
def _get_entries(_here: Here, context: Scope) -> Value:
    return tuple({"key": key, "value": value} for key, value in context.items())


@function("get value", "m: context", "keys: list")
def _get_deep_value(here: Here, context: Scope, keys: tuple[Value, ...]) -> Value:
    found: Value = context
    for key in keys:
        if not isinstance(found, dict) or not isinstance(key, str) or key not in found:
            return here.null(zh="没有这样的路径", en="there is no such path")
        found = found[key]
    return found if keys else here.null(zh="路径是空的", en="the path is empty")


@function("context put", "context: context", "key: string", "value: any")
def _context_put(_here: Here, context: Scope, key: str, value: Value) -> Value:
    return {**context, key: value}


@function("context put", "context: context", "keys: list", "value: any")
def _context_put_deep(here: Here, context: Scope, keys: tuple[Value, ...], value: Value) -> Value:
    """The context with a value at a path whose upper parts exist."""
    contexts = [context]
    for key in keys[:-1]:
        inner = contexts[-1].get(key) if isinstance(key, str) else None
        if not isinstance(inner, dict):
            return here.null(zh="没有这样的路径", en="there is no such path")
        contexts.append(inner)
    if not keys or not all(isinstance(key, str) for key in keys):
        return here.null(zh="路径应由文本组成", en="the path must consist of texts")
    here.evaluation.spend(sum(len(one) for one in contexts))
    for one, key in zip(reversed(contexts), reversed(keys), strict=True):
        value = {**one, str(key): value}
    return value


@function("context merge", "contexts: list")
def _context_merge(here: Here, contexts: tuple[Value, ...]) -> Value:
    """One context of many; of two entries with one name the later stays."""
    merged: Scope = {}
    for one in contexts:
        if not isinstance(one, dict):
            return here.null(zh="列表里有不是对象的值", en="an entry is no context")
        here.evaluation.spend(len(one))
        merged.update(one)
    return merged


@function("context", "entries: list")
def _context(here: Here, entries: tuple[Value, ...]) -> Value:
    """A context of entries such as ``{key: "a", value: 1}``."""
    built: Scope = {}
    for entry in entries:
        key = entry.get("key") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(key, str) or "value" not in entry or key in built:
            return here.null(
                zh="每项应有不重复的 key 和 value", en="entries need a key of their own and a value"
            )
        built[key] = entry["value"]
    return built
