"""Files of packs that were written to hurt."""

from __future__ import annotations

import time

import pytest
from django.conf import settings

from yizhan.releases import files
from yizhan.releases.plain_yaml import _quickly, _slowly, plain_yaml
from yizhan.releases.unreadable import Unreadable


@pytest.mark.parametrize("source", ["a: " + "[" * 100_000, "a: " + "[" * 3_000 + "]" * 3_000, "- " * 5_000])
def test_depth_is_refused_before_it_costs_anything(source):
    began = time.process_time()
    with pytest.raises(Unreadable, match="嵌套超过 40 层"):
        plain_yaml(source)
    assert time.process_time() - began < 3


def test_depth_that_is_allowed_is_read_again_and_again():
    """Depth is counted within a file, not over all that one loader read."""
    deep = "[" * 39 + "]" * 39
    assert plain_yaml(f"a: {deep}\nb: {deep}")[0].keys() == {"a", "b"}


def test_both_ways_of_reading_yaml_say_the_same_of_every_pack():
    for path in [*(settings.ROOT / "packs").rglob("*.yaml"), *(settings.ROOT / "src").rglob("*.yaml")]:
        source = files.text(path)
        assert _quickly(source) == _slowly(source), path
