"""What a schema may say: the standard, a closed set of words, and nothing that can hang."""

from __future__ import annotations

import time

import pytest

from yizhan.forms import schema as room


def in_object(**properties):
    return {"type": "object", "additionalProperties": False, "properties": properties}


def said(root):
    return [f"{wrong.path}: {wrong.message} {wrong.suggestion}" for wrong in room.faults(root)]


def test_the_example_is_fine(schema):
    assert said(schema) == []
    assert room.outline(schema).spots["members[].born"].required
    assert room.outline(schema).objects == {
        "applicant": True,
        "agent": False,
        "account": True,
        "declaration": True,
    }


@pytest.mark.parametrize(
    ("root", "words"),
    [
        (
            in_object(a={"type": "string", "minLenght": 2}),
            "properties.a.minLenght: 不认识的关键字 是否应为 minLength",
        ),
        (in_object(a={"type": "strin"}), "properties.a.type: 不符合 JSON Schema"),
        (in_object(a={"format": "mobile"}), "properties.a.format: 不认识的格式“mobile”"),
        (in_object(a={"$ref": "https://example.org/a"}), "properties.a.$ref: 只能引用本文件内"),
        (in_object(a={"$ref": "#/$defs/b"}), "找不到"),
        (
            {**in_object(a={"$ref": "#/$defs/b"}), "$defs": {"b": {"items": {"$ref": "#/$defs/b"}}}},
            "绕成了圈",
        ),
        ({"type": "object", "properties": {}}, "additionalProperties: 对象须写明"),
        ({**in_object(), "$schema": "http://json-schema.org/draft-07/schema#"}, "$schema: 只支持"),
        ({"type": "array"}, "须以 type: object 开头"),
        (in_object(Name={"type": "string"}), "properties.Name: 键名须"),
        (in_object(a=[]), "properties.a: 这里应为一个 schema"),
        (in_object(a={"anyOf": [{"typ": "string"}]}), "properties.a.anyOf[0].typ: 不认识的关键字"),
    ],
)
def test_faults_say_where_and_what(root, words):
    assert any(words in line for line in said(root)), said(root)


def test_several_faults_are_said_at_once():
    root = in_object(a={"minLenght": 2}, b={"format": "x"}, c={"pattern": "(?=a)"})
    assert [wrong.path for wrong in room.faults(root)] == [
        "properties.a.minLenght",
        "properties.b.format",
        "properties.c.pattern",
    ]


@pytest.mark.parametrize(
    "pattern", ["(?=a)b", "(?<!a)b", r"(a)\1", "[", "a{1,1000000}", "(((a{1,99}){1,99}){1,99})"]
)
def test_patterns_that_need_backtracking_or_much_memory_are_refused(pattern):
    assert any("线性时间" in line for line in said(in_object(a={"type": "string", "pattern": pattern})))


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|a)*b$", "^(a|aa)+$", "^([a-z]+)*[0-9]$", "(x+x+)+y"])
def test_a_pattern_that_hangs_elsewhere_takes_no_time(pattern):
    root = in_object(a={"type": "string", "pattern": pattern})
    assert said(root) == []
    check = room.validator(root)
    started = time.process_time()
    assert not check.is_valid({"a": "a" * 100_000 + "!"})
    assert [error.kind.name for error in check.iter_errors({"a": "x" * 100_000 + "!"})] == ["pattern"]
    assert time.process_time() - started < 1  # an engine that goes back and forth would need years


def test_a_pattern_means_half_width_digits():
    check = room.validator(in_object(a={"type": "string", "pattern": r"^\d+$"}))
    assert check.is_valid({"a": "12"})
    assert not check.is_valid({"a": "１２"})
    assert not check.is_valid({"a": "12\n"})
