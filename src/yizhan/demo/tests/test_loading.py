"""The demo is loaded into an empty house only."""

import json

import pytest

from yizhan.demo import load
from yizhan.demo.models import Loaded
from yizhan.identity import accounts

pytestmark = pytest.mark.django_db


def test_where_somebody_works_in_earnest_nothing_is_loaded():
    accounts.create_first_administrator("admin.chen", "陈平", "a long and quiet river")
    with pytest.raises(load.RealDistrict, match="正式账户"):
        load.ensure("small")
    assert not Loaded.objects.exists()


def test_an_empty_house_may_have_it():
    load.require_no_real_district()
    Loaded.objects.create(part="codes", rows=0)
    load.require_no_real_district()


def test_its_people_are_told_in_both_languages():
    told = json.loads(load.people_in_every_language())
    assert "陈玉珍　81 岁" in told["zh-hans"]
    assert "陈玉珍  81, resident" in told["en"]
