"""A step's letter may hold papers with the approvals of their seals: written with it, in the same journey.

Which papers the district has published as its standard ones is told when a case is taken: most acceptances ask.
A paper belongs to the case whose step issues it, and an approval to a paper of the same letter, whatever the letter says.
"""

from importlib import import_module

from django.db import migrations

from yizhan.database.migration import RunAsOwner, changed

CHEAPER = import_module("yizhan.cases.migrations.0028_cheaper_journeys")

# Tables of other rooms that a step adds to, with their columns.
PAPERS = {
    "records_paper": (
        "id release_id pack document kind title number issuer issued_at issued_by language code factor data digest"
        " holder_key holder holder_name owner account units once"
    ),
    "seals_approval": "id document called digest unit kind by at why appointment_id",
}
_PAPER, _APPROVAL = (", ".join(f'"{name}"' for name in names.split()) for names in PAPERS.values())
_OF_THIS_CASE = _PAPER.replace('"owner"', "'case:' || (select number from cases_case where id = wanted)")

ADDED = f"""
    if added ? 'records_paper' then
        insert into records_paper ({_PAPER})
        select {_OF_THIS_CASE} from jsonb_populate_recordset(null::records_paper, added -> 'records_paper') one;
        insert into seals_approval ({_APPROVAL})
        select {_APPROVAL} from jsonb_populate_recordset(null::seals_approval, added -> 'seals_approval') one
        where one.document = any (array(
            select 'paper:' || (paper ->> 'id') from jsonb_array_elements(added -> 'records_paper') paper));
    end if;
"""
_BEFORE = "    if letter ? 'timers' then\n"
WRITTEN = changed(CHEAPER.WRITTEN, (_BEFORE, ADDED.lstrip("\n") + _BEFORE))

_RIGHTS = "        'rights',"
_STANDARD = (
    "        'papers', (select c.release_id from releases_current c where c.pack = 'standard_papers'),\n"
)
TAKEN = changed(CHEAPER.TAKEN, (_RIGHTS, _STANDARD + _RIGHTS))


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0033_supplements_take_what_a_licence_stood_for"),
        ("records", "0005_two_strokes"),
        ("seals", "0005_signature_stamps"),
    ]

    operations = [
        RunAsOwner(TAKEN, reverse_sql=migrations.RunSQL.noop),
        RunAsOwner(WRITTEN, reverse_sql=migrations.RunSQL.noop),
    ]
