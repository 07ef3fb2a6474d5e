"""What can be asked about a person 信息项目录: keys, meanings, and which column and source answers.

A new value of the population register is a column of a table, a number in :data:`COLUMNS` and an entry here;
what is known of companies stands in ``entity_catalogue``, and what of licences follows from the kinds that packs bring.
Keys are part of the house's contract: forms, decision tables and processes name them.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from yizhan.registry.entity_catalogue import ENTITY_ENTRIES, licence_entry, licence_keys
from yizhan.registry.entries import Entry, Of
from yizhan.registry.faults import UnknownKey
from yizhan.registry.particulars_catalogue import PARTICULARS_ENTRIES
from yizhan.registry.person_catalogue import HOUSEHOLD_ENTRIES, PERSON_ENTRIES, RESIDENCE_ENTRIES
from yizhan.releases.words import Text

__all__ = ["CATALOGUE", "CATEGORIES", "CATEGORY_OF", "COLUMNS", "COMES_WITH", "Entry", "entry", "keys_of"]

COLUMNS: Mapping[str, int] = MappingProxyType(
    {
        "name": 1, "former_name": 2, "sex": 3, "born_on": 4, "ethnic_group": 5, "id_number": 6, "phone": 7,
        "died_on": 8, "household": 9, "registered": 10, "living": 11,
        "native_place": 12, "birthplace": 13, "photo": 14, "police_station": 15, "moved_in_because": 16,
        "moved_in_from": 17, "cancelled_on": 18, "marital_status": 19, "spouse_number": 20, "spouse_name": 21,
        "married_on": 22, "marriage_certificate": 23, "marriage_authority": 24, "birth_certificate": 25,
        "children": 26, "last_birth_on": 27, "birth_registration": 28, "birth_registered_on": 29,
        "only_child_certificate": 30, "only_child_certified_on": 31, "education": 32, "degree": 33,
        "school": 34, "major": 35, "graduated_on": 36, "employment_status": 37, "occupation": 38,
        "employer": 39, "employer_uscc": 40, "position": 41, "employed_since": 42,
        "unemployment_certificate": 43, "skill_grade": 44, "insurance_number": 45, "pension_scheme": 46,
        "pension_state": 47, "pension_months": 48, "medical_scheme": 49, "medical_state": 50,
        "unemployment_state": 51, "injury_state": 52, "assistance_kind": 53, "assistance_certificate": 54,
        "assistance_since": 55, "assistance_until": 56, "assistance_amount": 57, "hardship_reason": 58,
        "temporary_aid_on": 59, "health_status": 60, "blood_group": 61, "disability_certificate": 62,
        "disability_kind": 63, "disability_grade": 64, "family_doctor": 65, "political_status": 66,
        "joined_party_on": 67, "military_service": 68, "veteran_certificate": 69, "inflow_reason": 70,
        "residence_permit": 71, "residence_permit_until": 72, "floating_registered_on": 73,
    }
)  # fmt: skip
"""What a source can vouch for, by numbers that :class:`Provenance` keeps: never changed, never used again."""


def entry(key: str) -> Entry:
    """The entry of a key.

    Raises:
        UnknownKey: there is none; the text names the nearest.
    """
    try:
        return CATALOGUE[key]
    except KeyError:
        near = difflib.get_close_matches(key, CATALOGUE, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise UnknownKey(f"the register knows no {key!r}{hint}") from None


_ALL = (*PERSON_ENTRIES, *HOUSEHOLD_ENTRIES, *RESIDENCE_ENTRIES, *PARTICULARS_ENTRIES, *ENTITY_ENTRIES)


class _Catalogue(Mapping[str, Entry]):
    """What the register itself knows, and what it knows of licences of the kinds that packs bring.

    A key of a kind that no pack brings any more is still answered where it is named, but not listed.
    """

    def __init__(self) -> None:
        self._written = {one.key: one for one in _ALL}

    def __getitem__(self, key: str) -> Entry:
        found = self._written.get(key) or licence_entry(key)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        yield from self._written
        yield from licence_keys()

    def __len__(self) -> int:
        return len(self._written) + sum(1 for _key in licence_keys())


CATALOGUE: Mapping[str, Entry] = _Catalogue()


def keys_of(subject: Of) -> list[str]:
    """All that can be asked of a person, or of a company."""
    return [key for key, one in CATALOGUE.items() if one.of == subject]


_TITLES = {
    "marriage": Text(zh="婚姻信息", en="Marriage"),
    "birth": Text(zh="生育信息", en="Births"),
    "education": Text(zh="教育信息", en="Education"),
    "employment": Text(zh="就业信息", en="Employment"),
    "insurance": Text(zh="社会保险信息", en="Social insurance"),
    "assistance": Text(zh="社会救助信息", en="Social assistance"),
    "health": Text(zh="健康与残疾信息", en="Health and disability"),
    "political": Text(zh="政治面貌与服役信息", en="Political affiliation and service"),
    "floating": Text(zh="流动人口信息", en="Floating population"),
}

CATEGORIES: Mapping[str, tuple[Text, tuple[str, ...]]] = MappingProxyType(
    {
        "identity": (Text(zh="身份信息", en="Identity"), (
            "person.id_number", "person.id_type", "person.name", "person.former_name", "person.sex",
            "person.born", "person.ethnic_group", "person.native_place", "person.birthplace", "person.photo")),
        "household": (Text(zh="户籍信息", en="Household register"), (
            "household.book_number", "household.relation", "household.kind", "household.address",
            "household.police_station", "household.registered_since", "household.moved_in_because",
            "household.moved_in_from", "household.cancelled")),
        "residence": (Text(zh="居住信息", en="Residence"), (
            "residence.address", "residence.place", "residence.tenure", "residence.since",
            "residence.separation", "residence.committee", "residence.grid", "person.phone")),
        **{name: (title, tuple(one.key for one in PARTICULARS_ENTRIES if one.key.startswith(f"{name}.")))
           for name, title in _TITLES.items()},
    }
)  # fmt: skip
"""The population register's 12 categories with its 82 fields 人口信息分类; what is worked out from them is asked beside."""

CATEGORY_OF: Mapping[str, str] = MappingProxyType(
    {key: name for name, (_title, keys) in CATEGORIES.items() for key in keys}
)
"""The category of a key; what is worked out from fields belongs to none, and is unmasked by no category."""

COMES_WITH: Mapping[str, str] = MappingProxyType(
    {**{CATALOGUE[key].column: name for key, name in CATEGORY_OF.items()}, "died_on": "household"}
)
"""The category with which a source delivers a column; a death strikes somebody off the household register."""
