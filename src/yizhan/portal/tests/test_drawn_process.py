"""The guide of an item whose process is a BPMN file shows it like any other."""

from __future__ import annotations

import shutil

import pytest
from django.conf import settings

from yizhan.releases.pack import read
from yizhan.releases.publishing import publish
from yizhan.workflow.bpmn import keeping, write


@pytest.mark.django_db
def test_the_guide_shows_a_process_in_bpmn_as_it_shows_any_other(client, tmp_path):
    folder = tmp_path / "elderly_allowance"
    shutil.copytree(settings.ROOT / "packs/elderly_allowance", folder)
    publish(read(folder), by="test")
    before = client.get("/items/elderly_allowance").content.decode()
    written = write(keeping.shelf_of(read(folder)).graph("application"))
    (folder / "processes/application.flow.yaml").unlink()
    (folder / "processes/application.bpmn").write_bytes(written)
    publish(read(folder), by="test")
    after = client.get("/items/elderly_allowance").content.decode()
    for title in ("街道受理", "民政局审定", "核对一致"):
        assert before.count(title) == after.count(title) > 0
    assert after.count("<svg") == before.count("<svg")
