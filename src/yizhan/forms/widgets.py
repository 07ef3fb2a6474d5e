"""Ways to ask 控件: which schema each fits, and how it reads what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from yizhan.forms import parsing

Verb = Literal["fill", "choose", "upload", "tick", "add"]


@dataclass(frozen=True)
class Widget:
    """One way to ask.

    Attributes:
        types: the schema's ``type`` that it can answer.
        read: one typed text as a value; None where the answer is no single text.
        verb: what a person does with it, for the words of a missing answer.
        format: the schema's ``format`` that it needs.
        items: for lists: the ``type`` of each entry.
        choice: whether the schema must list the answers in ``enum``, of itself or of its entries.
    """

    types: tuple[str, ...]
    read: Callable[[str], Any] | None = parsing.line
    verb: Verb = "fill"
    format: str | None = None
    items: str | None = None
    choice: bool = False

    def fits(self, schema: Mapping[str, Any]) -> bool:
        """Whether the answers to this widget can be what a schema wants."""
        items = schema.get("items", {})
        return (
            schema.get("type") in self.types
            and self.format in (None, schema.get("format"))
            and self.items in (None, items.get("type"))
            and not (self.choice and "enum" not in (items if self.items else schema))
        )

    @property
    def wants(self) -> str:
        """The schema it needs, in the schema's own words."""
        parts = [f"type: {' | '.join(self.types)}"]
        parts += [f"format: {self.format}"] if self.format else []
        parts += [f"items.type: {self.items}"] if self.items else []
        parts += ["items.enum" if self.items else "enum"] if self.choice else []
        return ", ".join(parts)


WIDGETS: dict[str, Widget] = {
    "text": Widget(("string",)),
    "textarea": Widget(("string",), parsing.lines),
    "number": Widget(("number", "integer"), parsing.number),
    "money": Widget(("number",), parsing.number),
    "date": Widget(("string",), parsing.day, format="date"),
    "radios": Widget(("string",), verb="choose", choice=True),
    "checkboxes": Widget(("array",), None, verb="choose", items="string", choice=True),
    "select": Widget(("string",), verb="choose", choice=True),
    "identity_number": Widget(("string",), parsing.identity_number, format="identity-number"),
    "credit_code": Widget(("string",), parsing.credit_code, format="credit-code"),
    "phone": Widget(("string",), parsing.phone, format="phone"),
    "bank_account": Widget(("string",), parsing.bank_account, format="bank-account"),
    "address": Widget(("string",)),
    "file": Widget(("array",), None, verb="upload", items="string"),
    "yes_no": Widget(("boolean",), parsing.yes_no, verb="choose"),
    "statement": Widget(("boolean",), None, verb="tick"),
    "group": Widget(("array",), None, verb="add", items="object"),
}
