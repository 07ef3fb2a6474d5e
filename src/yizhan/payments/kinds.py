"""The kind ``payment``: checked among the rest of its pack, entered among the benefits when published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from yizhan.cases.item import ItemDefinition
from yizhan.forms.sheet import Sheet
from yizhan.payments.definition import PaymentDefinition
from yizhan.payments.models import Benefit
from yizhan.registry.catalogue import CATALOGUE
from yizhan.releases import kinds
from yizhan.releases.faults import Fault, PackRefused, did_you_mean
from yizhan.releases.models import Release, definition
from yizhan.releases.pack import Pack, Source
from yizhan.workflow import references
from yizhan.workflow.tables.definition import TableDefinition

MONTH = "month"  # every table may ask for the month for which it is paid


def check(source: Source, pack: Pack) -> Iterator[Fault]:
    """What only the whole pack can tell: item, table, answers of the form and role are there."""
    payment = source.model
    if not isinstance(payment, PaymentDefinition):
        return
    if payment.key != source.key:
        yield source.fault("key", _("key 须与文件同名（%(name)s）") % {"name": source.key})
    yield from _item(source, payment, pack)
    yield from _rechecks(source, payment, pack)
    yield from _table(source, payment, pack)
    yield from _facts(source, payment)
    yield from _payer(source, payment, pack)


def published(release: Release) -> None:
    """Bring the benefits up to what this release says; those it names no more are out of use.

    Raises:
        PackRefused: another pack has a payment of that key.
    """
    keys = release.keys("payment")
    for key in keys:
        payment = definition(release.id, "payment", key, PaymentDefinition)
        if Benefit.objects.filter(key=key).exclude(release__pack=release.pack).exists():
            raise PackRefused(
                [Fault(f"{release.pack}/payments/{key}.yaml", "key", _("另一应用包已有同名的发放规则"))]
            )
        Benefit.objects.update_or_create(
            key=key,
            defaults={
                "release": release,
                "item_id": payment.begins.item,
                "title_zh": payment.title.zh,
                "title_en": payment.title.en,
                "unit": definition(release.id, "item", payment.begins.item, ItemDefinition).unit,
                "payer": payment.payer,
                "in_use": True,
            },
        )
    Benefit.objects.filter(release__pack=release.pack).exclude(key__in=keys).update(in_use=False)


def _item(source: Source, payment: PaymentDefinition, pack: Pack) -> Iterator[Fault]:
    """The item is of this pack, and its form asks for the account."""
    yield from pack.lacks(source, "begins.item", "item", payment.begins.item)
    written = pack.of("item").get(payment.begins.item)
    item = written.model if written else None
    form = pack.of("form").get(item.handling.form) if isinstance(item, ItemDefinition) else None
    if form is None or not isinstance(form.model, Sheet):
        return  # said where the item or its form is checked
    asked = [f.path for section in form.model.sections for page in section.pages for f in page.fields]
    for name, path in payment.account.model_dump().items():
        if path not in asked:
            yield _unknown(source, f"account.{name}", path, asked)


def _rechecks(source: Source, payment: PaymentDefinition, pack: Pack) -> Iterator[Fault]:
    if payment.rechecked_by is None:
        return
    yield from pack.lacks(source, "rechecked_by", "item", payment.rechecked_by)
    written = pack.of("item").get(payment.rechecked_by)
    if written and isinstance(written.model, ItemDefinition) and payment.amount.term is not None:
        terms = [term.name for term in written.model.terms]
        if payment.amount.term not in terms:
            yield _unknown(source, "rechecked_by", f"{payment.rechecked_by}.{payment.amount.term}", terms)


def _table(source: Source, payment: PaymentDefinition, pack: Pack) -> Iterator[Fault]:
    if payment.amount.term is not None:
        yield from _term(source, payment, pack)
    if payment.amount.table is None or payment.amount.output is None:
        return
    yield from pack.lacks(source, "amount.table", "table", payment.amount.table)
    written = pack.of("table").get(payment.amount.table)
    table = written.model if written else None
    if not isinstance(table, TableDefinition):
        return
    outputs = [output.name for output in table.outputs]
    if payment.amount.output not in outputs:
        yield _unknown(source, "amount.output", payment.amount.output, outputs)
    given = {asked.name for asked in payment.amount.inputs} | {MONTH}
    for name in sorted(set(table.all_facts) - given):
        yield source.fault("amount.inputs", _("决策表需要 %(name)s，这里没有给出") % {"name": name})


def _term(source: Source, payment: PaymentDefinition, pack: Pack) -> Iterator[Fault]:
    """The decision that begins it fixes the amount."""
    written = pack.of("item").get(payment.begins.item)
    terms = (
        [term.name for term in written.model.terms]
        if written and isinstance(written.model, ItemDefinition)
        else []
    )
    if written is not None and payment.amount.term not in terms:
        yield _unknown(source, "amount.term", str(payment.amount.term), terms)


def _facts(source: Source, payment: PaymentDefinition) -> Iterator[Fault]:
    """A list of a whole district is reckoned only from what is never masked: nothing more is looked at."""
    for number, asked in enumerate(payment.amount.inputs):
        place = f"amount.inputs[{number}].fact"
        if asked.fact not in CATALOGUE:
            yield source.fault(
                place,
                _("人口库没有信息项 %(fact)s") % {"fact": asked.fact},
                suggestion=did_you_mean(asked.fact, CATALOGUE),
            )
        elif CATALOGUE[asked.fact].mask is not None:
            yield source.fault(
                place,
                _("%(fact)s 属于敏感信息，批量核定不能调取") % {"fact": asked.fact},
                suggestion=_("请改用年龄、是否在世等不脱敏的信息项"),
            )


def _payer(source: Source, payment: PaymentDefinition, pack: Pack) -> Iterator[Fault]:
    roles = references.house.of(pack).get("role")
    if roles is not None and payment.payer not in roles:
        yield _unknown(source, "payer", payment.payer, roles)


def _unknown(source: Source, path: str, word: str, known: Iterable[str]) -> Fault:
    return source.fault(path, _("应用包里没有 %(key)s") % {"key": word}, suggestion=did_you_mean(word, known))


PAYMENT = kinds.announce(
    kinds.Kind(
        name="payment",
        folder="payments",
        suffix=".yaml",
        model=PaymentDefinition,
        check=check,
        published=published,
        purpose=("发放规则：起发、标准、账户、发放日、停发", "payments: beginning, rate, account, day, end"),
    )
)
