"""A pack's payment rules are checked among all of the pack, with places and suggestions."""

from __future__ import annotations

import pytest

from yizhan.payments.models import Benefit

FILE = "payments/elderly_allowance.yaml"


@pytest.mark.parametrize(
    ("old", "new", "path", "words"),
    [
        ("key: elderly_allowance", "key: other", "key", "须与文件同名"),
        ("item: elderly_allowance", "item: elderly_alowance", "begins.item", "elderly_alowance"),
        ("table: amount", "table: amounts", "amount.table", "amounts"),
        ("output: monthly", "output: montly", "amount.output", "montly"),
        ("name: age", "name: years", "amount.inputs", "决策表需要 age"),
        ("fact: person.age", "fact: person.aged", "amount.inputs[0].fact", "没有信息项 person.aged"),
        ("fact: person.age", "fact: person.born", "amount.inputs[0].fact", "敏感信息"),
        ("number: account.number", "number: account.numbr", "account.number", "account.numbr"),
        ("elderly_allowance.payer", "elderly_allowance.cashier", "payer", "elderly_allowance.cashier"),
    ],
)
def test_a_mistake_is_told_at_its_place(office, changed_pack, old, new, path, words):
    faults = changed_pack(FILE, old, new)
    assert [(fault.file, fault.path) for fault in faults] == [(FILE, path)]
    assert words in faults[0].message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("day: 10", "day: 31"),
        ("prepared_days: 20", "prepared_days: 40"),
        ("[died, moved_away]", "[died, bored]"),
        ("on: last_day", "on: some_day"),
    ],
)
def test_what_cannot_be_is_refused(office, changed_pack, old, new):
    assert changed_pack(FILE, old, new) != []


def test_a_benefit_that_no_pack_names_any_more_is_out_of_use_and_comes_back(office, changed_pack, tmp_path):
    assert Benefit.objects.get().in_use
    changed_pack("pack.yaml", "grade: silver", "grade: bronze")
    (tmp_path / "elderly_allowance" / FILE).rename(tmp_path / "kept.yaml")
    changed_pack("pack.yaml", "grade: bronze", "grade: silver")
    assert not Benefit.objects.get().in_use
    (tmp_path / "kept.yaml").rename(tmp_path / "elderly_allowance" / FILE)
    changed_pack("pack.yaml", "grade: silver", "grade: gold")
    assert Benefit.objects.get().in_use
