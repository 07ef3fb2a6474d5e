"""Orders in words 经办处理的说法: what the office decided, as lists, the person and the case read it."""

from __future__ import annotations

from yizhan.payments.models import Order
from yizhan.releases.words import Text

_SAYS = {
    Order.Kind.STOP: Text(zh="经办停发：{reason}", en="Stopped by the office: {reason}"),
    Order.Kind.PAUSE: Text(zh="经办暂停发放：{reason}", en="Paused by the office: {reason}"),
    Order.Kind.RESUME: Text(zh="恢复发放：{reason}", en="Resumed by the office: {reason}"),
    Order.Kind.ACCOUNT: Text(zh="变更收款账户：{reason}", en="Another account: {reason}"),
    Order.Kind.RECOVERY: Text(zh="追回多发：{reason}", en="Overpayment asked back: {reason}"),
}


def words(order: Order) -> Text:
    """What was decided and why; the reason stands as it was written, in both languages."""
    said = _SAYS[Order.Kind(order.kind)]
    return Text(zh=said.zh.format(reason=order.reason), en=said.en.format(reason=order.reason))
