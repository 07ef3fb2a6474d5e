"""Which person of the register an account is 账号关联."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils.translation import gettext as _

from yizhan import journal
from yizhan.identity import accounts
from yizhan.identity.actor import Actor
from yizhan.identity.faults import Refused as DocumentTaken
from yizhan.identity.models import Account
from yizhan.journal.reading import Fact, reads
from yizhan.registry.facts import person_id
from yizhan.registry.faults import Refused
from yizhan.registry.models import AccountLink, Person
from yizhan.registry.models.person import subject_of


def person_of(account: Account) -> str | None:
    """The subject of the person that an account is, if that is known and the present scope sees it."""
    link = AccountLink.objects.filter(account=account.pk, until=None).first()
    return subject_of(link.person_id) if link else None


def link_at_window(account: Account, subject: str, *, by: Actor) -> None:
    """Bring an account and a person together whom a window clerk sees face to face, with the document.

    The account bears the person's name and document from now on, and no other account does: whoever came with
    the person's phone or number before sees nothing of hers any more.

    Raises:
        NotAllowed: not a window clerk.
        Refused: the clerk was not admitted to the person, or it is the clerk's own account.
    """
    by.require("platform.window_clerk")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select registry_link_at_window(%s, %s)", [account.pk, person_id(subject)])
        if cursor.fetchone() != (True,):
            raise Refused(_("未能关联：请先凭姓名和证件号码查询到本人；本人账号须由他人办理。"))
        _hand_over_document(account, Person.objects.get(id=person_id(subject)), by)
        journal.write("person.linked", subject=subject, actor=by.key, account=account.subject)


@reads("person.corrected", "person.renamed", reader="names of accounts")
def called_as_registered(fact: Fact) -> None:
    """An account bears the name and number of its person, also after these were put right or changed.

    Where another account is verified with the number, nothing is taken from either: a window brings them together.
    """
    if fact.data.get("column", "name") not in {"name", "id_number"}:
        return
    link = (
        AccountLink.objects.filter(person=person_id(fact.subject), until=None)
        .select_related("person")
        .first()
    )
    account = Account.objects.filter(id=link.account).first() if link else None
    if link is None or account is None:
        return
    person = link.person
    try:
        accounts.verify_real_name(
            account, person.name, person.id_number, matched=True, document_type=person.id_type
        )
    except DocumentTaken:
        return


def _hand_over_document(account: Account, person: Person, by: Actor) -> None:
    if not person.id_number:
        return
    bearers = Account.objects.filter(document_type=person.id_type, document_number=person.id_number)
    for other in bearers.exclude(id=account.pk):
        accounts.give_up_document(other, by=by)
    accounts.verify_real_name(
        account, person.name, person.id_number, matched=True, document_type=person.id_type
    )
    accounts.seen_face_to_face(account, by=by)
