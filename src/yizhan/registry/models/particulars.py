"""What the registers know of a person beside name, number and place 人口信息项."""

from __future__ import annotations

from datetime import date

from django.db import models

from yizhan import clock
from yizhan.registry.models.person import Person


def _text(length: int, meaning: str) -> models.CharField[str, str]:
    return models.CharField(max_length=length, default="", blank=True, help_text=meaning)


def _code(meaning: str, length: int = 4) -> models.CharField[str, str]:
    return _text(length, meaning)


def _day(meaning: str) -> models.DateField[date | None, date | None]:
    return models.DateField(null=True, blank=True, help_text=meaning)


class Particulars(models.Model):
    """One row beside a person 人口信息, in the categories of the population register.

    Most of it is empty for most people: an empty column costs a bit. ``effective_on`` is the day from which the
    last change holds, none when it put something right that never was; by it a trigger marks the earlier
    values, which stand in :class:`ParticularsHistory`.
    """

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="particulars")

    native_place = _text(60, "native place")
    birthplace = _text(60, "birthplace")
    photo = _text(64, "photo")

    police_station = _text(60, "police station")
    moved_in_because = _code("reason of moving in, list moving_reason")
    moved_in_from = _text(120, "moved in from")
    cancelled_on = _day("registration cancelled on")

    marital_status = _code("marital status, GB/T 2261.2")
    spouse_number = _text(40, "spouse's number")
    spouse_name = _text(100, "spouse's name")
    married_on = _day("date of marriage")
    marriage_certificate = _text(40, "marriage certificate")
    marriage_authority = _text(60, "marriage registry office")

    birth_certificate = _text(40, "medical certificate of birth")
    children = models.SmallIntegerField(null=True, blank=True, help_text="number of children")
    last_birth_on = _day("last birth")
    birth_registration = _text(40, "registration of birth plans")
    birth_registered_on = _day("birth plans registered on")
    only_child_certificate = _text(40, "only-child certificate")
    only_child_certified_on = _day("only-child certificate issued on")

    education = _code("education, GB/T 4658")
    degree = _code("degree, list degree")
    school = _text(80, "school")
    major = _text(60, "major")
    graduated_on = _day("graduated on")

    employment_status = _code("employment status, GB/T 2261.4")
    occupation = _code("occupation, GB/T 6565")
    employer = _text(120, "employer")
    employer_uscc = _text(18, "employer's credit code")
    position = _text(60, "position")
    employed_since = _day("employed since")
    unemployment_certificate = _text(40, "employment and start-up certificate")
    skill_grade = _code("skill grade, list skill_grade")

    insurance_number = _text(40, "social security card")
    pension_scheme = _code("pension scheme, list pension_scheme")
    pension_state = _code("state of the pension insurance, list insurance_state")
    pension_months = models.SmallIntegerField(
        null=True, blank=True, help_text="months of pension contributions"
    )
    medical_scheme = _code("medical scheme, list medical_scheme")
    medical_state = _code("state of the medical insurance, list insurance_state")
    unemployment_state = _code("state of the unemployment insurance, list insurance_state")
    injury_state = _code("state of the injury insurance, list insurance_state")

    assistance_kind = _code("kind of assistance, list assistance_kind")
    assistance_certificate = _text(40, "assistance certificate")
    assistance_since = _day("assisted since")
    assistance_until = _day("assisted until")
    assistance_amount = models.DecimalField(
        max_digits=10, decimal_places=2, null=True, blank=True, help_text="yuan a month"
    )
    hardship_reason = _code("cause of hardship, list hardship_reason")
    temporary_aid_on = _day("last temporary aid")

    health_status = _code("state of health, GB/T 2261.3")
    blood_group = _code("blood group, list blood_group")
    disability_certificate = _text(40, "disability certificate")
    disability_kind = _code("kind of disability, GB/T 26341")
    disability_grade = _code("grade of disability, GB/T 26341")
    family_doctor = _text(80, "family doctor's institution")

    political_status = _code("political affiliation, GB/T 4762")
    joined_party_on = _day("joined the party on")
    military_service = _code("military service, list military_service")
    veteran_certificate = _text(40, "veteran's certificate")

    inflow_reason = _code("reason of inflow, list moving_reason")
    residence_permit = _text(40, "residence permit")
    residence_permit_until = _day("residence permit valid until")
    floating_registered_on = _day("registered as floating on")

    effective_on = _day("from which day the last change holds; none: it put right what never was")
    known_since = models.DateTimeField(default=clock.now, help_text="when the row was first written")
    recorded_at = models.DateTimeField(default=clock.now, help_text="when this state was written")


class ParticularsHistory(models.Model):
    """Values that were replaced 历史记录: only the columns that changed, each with what it was.

    Undoing the rows that were replaced after a moment, the newest first, gives what was known then; undoing
    those that held until after a day gives what was so on that day. A trigger writes it.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="particulars_history", db_index=False)
    was = models.JSONField()
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField()
    valid_until = models.DateField(null=True, help_text="the day on which it ended; none: it was never so")

    class Meta:
        indexes = [models.Index(fields=["person", "replaced_at"], name="registry_particulars_were")]
