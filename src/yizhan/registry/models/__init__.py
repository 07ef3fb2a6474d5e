"""Rows of the base register 基础库: persons, households, places, where each value comes from."""

from yizhan.registry.models.building import Building, Facility, Grid, PlaceHistory, Premises
from yizhan.registry.models.by_hand import HandEntry
from yizhan.registry.models.contact import OwnContact
from yizhan.registry.models.entity import Entity
from yizhan.registry.models.entity_past import (
    EntityCorrection,
    EntityHistory,
    EntityIdentifier,
    EntityName,
    EntityProvenance,
)
from yizhan.registry.models.entity_ties import EntityRecord, Shareholder
from yizhan.registry.models.event import LifeEvent, Relation
from yizhan.registry.models.household import Household, Membership
from yizhan.registry.models.imported import Import, Imported, ImportedRow
from yizhan.registry.models.law import Law, LawHistory
from yizhan.registry.models.licence import Licence, LicenceStep
from yizhan.registry.models.link import AccountLink
from yizhan.registry.models.looking import Protected, Quota, StaffPerson, Tally
from yizhan.registry.models.means import MeansRecord
from yizhan.registry.models.objection import Objection
from yizhan.registry.models.particulars import Particulars, ParticularsHistory
from yizhan.registry.models.person import Correction, Identifier, Person, PersonHistory
from yizhan.registry.models.place import Address, Residence
from yizhan.registry.models.source import Provenance, Source

__all__ = [
    "AccountLink",
    "Address",
    "Building",
    "Correction",
    "Entity",
    "EntityCorrection",
    "EntityHistory",
    "EntityIdentifier",
    "EntityName",
    "EntityProvenance",
    "EntityRecord",
    "Facility",
    "Grid",
    "HandEntry",
    "Household",
    "Identifier",
    "Import",
    "Imported",
    "ImportedRow",
    "Law",
    "LawHistory",
    "Licence",
    "LicenceStep",
    "LifeEvent",
    "MeansRecord",
    "Membership",
    "Objection",
    "OwnContact",
    "Particulars",
    "ParticularsHistory",
    "Person",
    "PersonHistory",
    "PlaceHistory",
    "Premises",
    "Protected",
    "Provenance",
    "Quota",
    "Relation",
    "Residence",
    "Shareholder",
    "Source",
    "StaffPerson",
    "Tally",
]
