"""The worked example of the guide is a process that can be published."""

import re

import pytest
from django.conf import settings

from yizhan.workflow.tests.bpmn import found, graph


@pytest.mark.parametrize("page", ["packs.md", "packs.en.md"])
def test_the_example_of_the_guide_is_in_order(page):
    text = (settings.ROOT / "docs/guide" / page).read_text("utf-8")
    (example,) = re.findall(r"```xml\n(.*?)```", text, re.DOTALL)
    assert found(example.encode(), "inspection") == []
    without = example.replace('targetRef="seen"', 'targetRef="join"')
    told = found(without.encode(), "inspection")
    assert ("seen", "no flow leads here") in told
    assert set(graph(example.encode(), "inspection").nodes["acceptance"].actions) == {"accept", "decline"}
