"""Files of packs that were written to hurt."""

from __future__ import annotations

import time

import pytest

from yizhan.releases import files


@pytest.mark.parametrize("source", ["a: " + "[" * 100_000, "a: " + "[" * 3_000 + "]" * 3_000, "- " * 5_000])
def test_depth_is_refused_before_it_costs_anything(source):
    began = time.process_time()
    with pytest.raises(files.Unreadable, match="嵌套超过 40 层"):
        files.plain_yaml(source)
    assert time.process_time() - began < 3


def test_depth_that_is_allowed_is_read_again_and_again():
    """Depth is counted within a file, not over all that one loader read."""
    deep = "[" * 39 + "]" * 39
    assert files.plain_yaml(f"a: {deep}\nb: {deep}")[0].keys() == {"a", "b"}
