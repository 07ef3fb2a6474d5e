"""How the policies are planned 执行计划: for somebody of one committee and somebody of the whole district."""

from __future__ import annotations

from tests.proofs.rig.access.district import District

_ASKED = {
    "persons by the policy alone": "select id from registry_person",
    "one person by key": "select name from registry_person where id = '{person}'",
    "what hangs on a person": "select * from registry_residence where person_id = '{person}'",
    "who lives in a building": "select r.person_id from registry_residence r join registry_address a on a.id = r.address_id"
    " where a.estate_id = {building} and r.until is null",
    "a company by its code": "select name from registry_entity where uscc = '{firm}'",
}


def told(district: District) -> str:
    """The plans with what they took, as text."""
    rows = district.product.rows
    (building,) = rows(
        """select a.estate_id from registry_residence r join registry_address a on a.id = r.address_id
           where r.person_id = %s and a.estate_id is not null limit 1""",
        district.rule.persons["inside"],
    )[0]
    given = {
        "person": district.rule.persons["inside"], "building": building, "firm": district.rule.firms["firm_here"],
    }  # fmt: skip
    rows("analyze")
    lines: list[str] = []
    for post in ("committee", "district"):
        with district.scoped(post) as database:
            for what, statement in _ASKED.items():
                asked = statement.format(**given)
                database.execute(asked)
                lines.append(f"-- {post}: {what}\n-- {asked}")
                found = database.execute(f"explain (analyze, costs off, buffers off) {asked}").fetchall()
                lines += [*(line for (line,) in found), ""]
    return "\n".join(lines)
