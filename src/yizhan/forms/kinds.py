"""The two files of a form, announced to the releases."""

from __future__ import annotations

from yizhan.forms.checking import check_schema, check_sheet
from yizhan.forms.schema import SchemaFile
from yizhan.forms.sheet import Sheet
from yizhan.releases import kinds
from yizhan.workflow import references

SCHEMA = kinds.announce(
    kinds.Kind(
        name="form_schema",
        folder="forms",
        suffix=".schema.json",
        model=SchemaFile,
        check=check_schema,
        purpose=("表单的数据结构（JSON Schema 2020-12）", "the data of a form, as JSON Schema 2020-12"),
    )
)
FORM = kinds.announce(
    kinds.Kind(
        name="form",
        folder="forms",
        suffix=".ui.yaml",
        model=Sheet,
        check=check_sheet,
        purpose=("表单的页与填写项", "the pages and questions of a form"),
    )
)
references.announce("form", lambda pack: pack.keys("form"))
