"""A draft meets a newer form 新旧对照: what is asked anew, what is asked no more, what is asked otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from yizhan.forms.faults import Fault
from yizhan.forms.field import Field
from yizhan.forms.fitting import answers, fit
from yizhan.forms.layout import Layout
from yizhan.forms.paths import Data
from yizhan.forms.placing import Facts
from yizhan.forms.prefill import Prefill
from yizhan.forms.validating import validate


@dataclass(frozen=True)
class Differences:
    """What the person should look at again.

    Attributes:
        new: questions that the older form did not have.
        changed: questions with other words, another answer type or another demand.
        gone: the older questions whose answers are left behind.
        data: the draft in the shape of the newer form.
        faults: its mistakes there.
    """

    new: list[Field]
    changed: list[Field]
    gone: list[Field]
    data: Data
    faults: list[Fault]

    @property
    def any(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.new or self.changed or self.gone)


def differences(form: Layout, older: Layout, data: Data, facts: Facts, prefill: Prefill) -> Differences:
    """Lay a draft of the older form into the newer one."""
    left = set(answers(older.top.values(), data)) - set(answers(form.top.values(), data))
    fitted = fit(form.top.values(), data)
    return Differences(
        new=[field for path, field in form.fields.items() if path not in older.fields],
        changed=[
            field
            for path, field in form.fields.items()
            if path in older.fields and _asks(field) != _asks(older.fields[path])
        ],
        gone=[
            field
            for path, field in older.fields.items()
            if path not in form.fields and _had(older, path, left)
        ],
        data=fitted,
        faults=validate(form, fitted, facts, prefill),
    )


def _asks(field: Field) -> tuple[object, ...]:
    sheet = field.sheet.model_copy(update={"fields": [], "visible": None, "bind": None, "autocomplete": None})
    items = {key: value for key, value in field.schema.items() if not (key == "items" and field.fields)}
    return sheet, items, field.demanded


def _had(older: Layout, path: str, left: set[str]) -> bool:
    return any(older.field_at(answer) is older.fields[path] for answer in left)
