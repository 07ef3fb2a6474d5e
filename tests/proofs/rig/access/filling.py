"""What stands in the places of an address 地址参数: real keys of subjects, cases, drafts, files, and a key of nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product
from typing import Any

from tests.proofs.rig.access.district import District

_MOST = 14  # combinations of one address
_PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")
NOBODY = "00000000-0000-4000-8000-000000000000"

# By address and place where the name of the place alone does not tell; otherwise by name, by kind.
_BY_NAME = {
    "number": "select number from cases_case order by (number = %(case)s) desc, id limit 2",
    "draft": "select id from cases_draft order by (id = %(draft)s::uuid) desc, id limit 2",
    "paper": "select id from records_paper order by (owner = 'case:' || %(case)s) desc, id limit 2",
    "file": "select id from records_storedfile order by id limit 2",
    "task": "select id from cases_task order by (number = %(case)s) desc, id desc limit 2",
    "account": "select id from identity_account where kind = 'citizen' order by id desc limit 2",
    "post": "select id from identity_post order by id limit 1",
    "card": "select id from cases_card order by id limit 1",
    "extension": "select id from cases_extension order by id limit 1",
    "suspension": "select id from cases_suspension order by id limit 1",
    "mandate": "select id from identity_mandate order by id desc limit 2",
    "message": "select id from notices_message order by id desc limit 2",
    "seal": "select id from seals_seal order by id limit 1",
    "notice": "select id from publishing_publicnotice order by id limit 1",
    "release": "select id from releases_release order by id limit 1",
    "number int": "select id from voice_redress order by id limit 1",
}
_LICENCES = "select id from registry_licence order by (number like 'JY66%%99') desc, id limit 5"
_BY_PLACE = {
    "desk:imports_undo file": "select id from registry_import order by id limit 2",
    "desk:room address": """
        select distinct address_id from registry_residence where person_id::text = any (%(persons)s) limit 6""",
    "desk:grid code": "select code from registry_grid order by id limit 2",
    "desk:law code": "select code from registry_law order by id limit 1",
    "desk:law_entry code": "select code from registry_law order by id limit 1",
    "portal:law code": "select code from registry_law order by id limit 1",
    "desk:redress number": "select id from voice_redress order by id limit 1",
    "desk:redress_verify number": "select id from voice_redress order by id limit 1",
    "desk:redress_rectify number": "select id from voice_redress order by id limit 1",
    "desk:unit code": "select '440104-mz'",
    "desk:role code": "select 'platform.window_clerk'",
    "portal:verified code": "select code from records_paper where code <> '' order by id limit 1",
    "portal:licence key": _LICENCES,
    "desk:licence key": _LICENCES,
    "desk:licence_act key": _LICENCES,
    "portal:licence_show key": _LICENCES,
    "portal:licence_authorise key": _LICENCES,
    "portal:licence_paper key": _LICENCES,
    "portal:authority_file name": "select 'classic.crl'",
    "portal:real_name code": "select 'elderly_allowance'",
    "portal:contact_change kind": "select 'phone'",
}
_FIXED = {
    "benefit": ["elderly_allowance"], "month": ["2026-10"], "kind": ["units"], "order": ["stop"], "secret": ["x"],
    "token": ["x"], "recovery": ["1"], "category": ["identity", "education"], "entry": ["1"],
}  # fmt: skip


class Filling:
    """Fills the places of addresses of a district."""

    def __init__(self, district: District) -> None:
        self._district = district
        self._case = district.told["case"]["number"]
        self._draft = district.told["drafts"]["self"]
        self._known: dict[str, list[str]] = {}

    def paths(self, route: dict[str, Any]) -> Iterator[str]:
        """The address with real keys in its places; at most some combinations."""
        places = [name for _converter, name in _PLACE.findall(route["route"])]
        every = product(*(self._values(route, name) for name in places))
        for chosen in islice(every, _MOST * (len(_FIXED["category"]) if "category" in places else 1)):
            filled = route["route"]
            for value in chosen:
                filled = _PLACE.sub(lambda _found, value=value: value, filled, count=1)  # type: ignore[misc]
            yield "/" + filled
            for query in self._queries(route["name"]):
                yield f"/{filled}?{query}"

    def _queries(self, name: str) -> list[str]:
        """What stands after the question mark: the map where a subject lives, pages of lists, others' numbers."""
        if name == "desk:places_view":
            return self._asked(
                """select distinct format('west=%%s&south=%%s&east=%%s&north=%%s', b.longitude - 0.005,
                       b.latitude - 0.005, b.longitude + 0.005, b.latitude + 0.005)
                   from registry_building b where b.code = any (%(buildings)s) and b.longitude is not null"""
            )
        return {
            "desk:looks": [f"case={self._case}", "who=access.committee", "below=999999999999"],
            "desk:marked_looks": ["below=999999999999"],
            "portal:progress": [f"number={self._case}"],
            "portal:my_looks": ["below=999999999999"],
        }.get(name, [])

    def _values(self, route: dict[str, Any], name: str) -> list[str]:
        place = f"{route['name']} {name}"
        if place not in self._known:
            self._known[place] = self._found(route, name, place) or ["1"]
        return self._known[place]

    def _found(self, route: dict[str, Any], name: str, place: str) -> list[str]:
        converter = route["converters"].get(name, "")
        if name == "uscc":
            return list(self._district.rule.firms.values())
        if place == "desk:place code":
            return self.buildings()
        if place in _BY_PLACE:
            return self._asked(_BY_PLACE[place])
        if converter == "UUIDConverter" and name in {"key", "person"}:
            return [*self._district.rule.persons.values(), NOBODY]
        if name in _FIXED:
            return _FIXED[name]
        if name in _BY_NAME:
            return self._asked(_BY_NAME[name])
        if name == "key":
            return ["person", "self"]
        if name == "code":
            return ["elderly_allowance"]
        return {
            "IntConverter": ["1", "2"],
            "UUIDConverter": [*self._district.rule.persons.values()],
        }.get(converter, [*list(self._district.rule.firms.values())[:2], self._case])

    def buildings(self) -> list[str]:
        """The codes of the buildings in which subjects live."""
        return self._asked(
            """select distinct b.code from registry_residence r join registry_address a on a.id = r.address_id
               join registry_building b on b.id = a.estate_id
               where r.person_id::text = any (%(persons)s) order by 1"""
        )

    def _asked(self, statement: str) -> list[str]:
        persons = list(self._district.rule.persons.values())
        values: dict[str, object] = {"case": self._case, "draft": self._draft, "persons": persons}
        if "%(buildings)s" in statement:
            values["buildings"] = self.buildings()
        with self._district.superuser() as database:
            return [str(value) for (value,) in database.execute(statement, values).fetchall()]
