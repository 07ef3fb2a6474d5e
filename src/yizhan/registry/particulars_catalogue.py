"""What can be asked of a person beyond identity, household and residence 人口信息项: a column of Particulars each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yizhan.registry import masking
from yizhan.registry.entries import Entry, written
from yizhan.registry.reading import amount, column, day


def _open(key: str, name: str, meaning: tuple[str, str], **more: Any) -> Entry:
    """Shown to whoever may see the person at all."""
    return written(key, meaning, column=name, read=more.pop("read", column(name)), **more)


def _closed(
    key: str, name: str, meaning: tuple[str, str], mask: Callable[[Any], str] = masking.hidden, **more: Any
) -> Entry:
    """Sensitive: shown masked until a purpose opens it."""
    return _open(key, name, meaning, group="sensitive", mask=mask, **more)


def _code(codes: str) -> dict[str, Any]:
    return {"type": "code", "codes": codes}


_DAY: dict[str, Any] = {"type": "date", "mask": masking.day}
_COUNT: dict[str, Any] = {"type": "integer"}

_REGISTER = (
    _open("person.native_place", "native_place", ("籍贯", "native place")),
    _open("person.birthplace", "birthplace", ("出生地", "birthplace")),
    _closed("person.photo", "photo", ("照片", "photo")),
    _open("household.police_station", "police_station", ("户籍派出所", "police station")),
    _open("household.moved_in_because", "moved_in_because", ("迁入原因", "reason of moving in"),
          **_code("moving_reason")),
    _open("household.moved_in_from", "moved_in_from", ("何地迁来", "moved in from")),
    _open("household.cancelled", "cancelled_on", ("户口注销日期", "registration cancelled on"),
          type="date", read=day("cancelled_on")),
)  # fmt: skip

_MARRIAGE = (
    _closed("marriage.status", "marital_status", ("婚姻状况", "marital status"), **_code("marital_status")),
    _closed("marriage.spouse_number", "spouse_number", ("配偶证件号码", "spouse's number"), masking.number),
    _closed("marriage.spouse_name", "spouse_name", ("配偶姓名", "spouse's name"), masking.name),
    _closed("marriage.date", "married_on", ("婚姻登记日期", "date of marriage"),
            read=day("married_on"), **_DAY),
    _closed("marriage.certificate", "marriage_certificate", ("婚姻登记证字号", "marriage certificate"),
            masking.number),
    _closed("marriage.authority", "marriage_authority", ("婚姻登记机关", "marriage registry office")),
)  # fmt: skip

_BIRTH = (
    _closed("birth.certificate", "birth_certificate", ("出生医学证明编号", "medical certificate of birth"),
            masking.number),
    _closed("birth.children", "children", ("子女数", "number of children"), **_COUNT),
    _closed("birth.last", "last_birth_on", ("最近生育日期", "last birth"), read=day("last_birth_on"), **_DAY),
    _closed("birth.registration", "birth_registration", ("生育登记编号", "registration of birth plans"),
            masking.number),
    _closed("birth.registered_on", "birth_registered_on", ("生育登记日期", "birth plans registered on"),
            read=day("birth_registered_on"), **_DAY),
    _closed("birth.only_child_certificate", "only_child_certificate",
            ("独生子女父母光荣证编号", "only-child certificate"), masking.number),
    _closed("birth.only_child_certified_on", "only_child_certified_on",
            ("独生子女父母光荣证发证日期", "only-child certificate issued on"),
            read=day("only_child_certified_on"), **_DAY),
)  # fmt: skip

_EDUCATION = (
    _open("education.level", "education", ("学历", "education"), **_code("education")),
    _open("education.degree", "degree", ("学位", "degree"), **_code("degree")),
    _open("education.school", "school", ("学校", "school")),
    _open("education.major", "major", ("专业", "major")),
    _open("education.graduated", "graduated_on", ("毕业日期", "graduated on"),
          type="date", read=day("graduated_on")),
)  # fmt: skip

_EMPLOYMENT = (
    _open("employment.status", "employment_status", ("从业状况", "employment status"),
          **_code("employment_status")),
    _open("employment.occupation", "occupation", ("职业", "occupation"), **_code("occupation")),
    _closed("employment.employer", "employer", ("工作单位", "employer"), masking.address),
    _closed("employment.employer_uscc", "employer_uscc",
            ("工作单位统一社会信用代码", "employer's credit code"), masking.number),
    _closed("employment.position", "position", ("职务、岗位", "position")),
    _open("employment.since", "employed_since", ("入职日期", "employed since"),
          type="date", read=day("employed_since")),
    _closed("employment.unemployment_certificate", "unemployment_certificate",
            ("就业创业证编号", "employment and start-up certificate"), masking.number),
    _open("employment.skill_grade", "skill_grade", ("职业技能等级", "skill grade"), **_code("skill_grade")),
)  # fmt: skip

_INSURANCE = (
    _closed("insurance.number", "insurance_number", ("社会保障卡号", "social security card"), masking.number),
    _open("insurance.pension_scheme", "pension_scheme", ("养老保险险种", "pension scheme"),
          **_code("pension_scheme")),
    _open("insurance.pension_state", "pension_state", ("养老保险状态", "state of the pension insurance"),
          **_code("insurance_state")),
    _closed("insurance.pension_months", "pension_months",
            ("养老保险累计缴费月数", "months of pension contributions"), **_COUNT),
    _open("insurance.medical_scheme", "medical_scheme", ("医疗保险险种", "medical scheme"),
          **_code("medical_scheme")),
    _open("insurance.medical_state", "medical_state", ("医疗保险状态", "state of the medical insurance"),
          **_code("insurance_state")),
    _open("insurance.unemployment_state", "unemployment_state",
          ("失业保险状态", "state of the unemployment insurance"), **_code("insurance_state")),
    _open("insurance.injury_state", "injury_state",
          ("工伤保险状态", "state of the injury insurance"), **_code("insurance_state")),
)  # fmt: skip

_ASSISTANCE = (
    _closed("assistance.kind", "assistance_kind", ("救助类别", "kind of assistance"),
            **_code("assistance_kind")),
    _closed("assistance.certificate", "assistance_certificate", ("救助证编号", "assistance certificate"),
            masking.number),
    _closed("assistance.since", "assistance_since", ("享受救助起始日期", "assisted since"),
            read=day("assistance_since"), **_DAY),
    _closed("assistance.until", "assistance_until", ("享受救助截止日期", "assisted until"),
            read=day("assistance_until"), **_DAY),
    _closed("assistance.amount", "assistance_amount", ("每月救助金额（元）", "monthly assistance (yuan)"),
            type="text", read=amount("assistance_amount")),
    _closed("assistance.hardship_reason", "hardship_reason", ("致困原因", "cause of hardship"),
            **_code("hardship_reason")),
    _closed("assistance.temporary_aid", "temporary_aid_on", ("最近临时救助日期", "last temporary aid"),
            read=day("temporary_aid_on"), **_DAY),
)  # fmt: skip

_HEALTH = (
    _closed("health.status", "health_status", ("健康状况", "state of health"), **_code("health_status")),
    _closed("health.blood_group", "blood_group", ("血型", "blood group"), **_code("blood_group")),
    _closed("health.disability_certificate", "disability_certificate",
            ("残疾人证号", "disability certificate"), masking.number),
    _closed("health.disability_kind", "disability_kind", ("残疾类别", "kind of disability"),
            **_code("disability_kind")),
    _closed("health.disability_grade", "disability_grade", ("残疾等级", "grade of disability"),
            **_code("disability_grade")),
    _closed("health.family_doctor", "family_doctor", ("家庭医生签约机构", "family doctor's institution")),
)  # fmt: skip

_POLITICAL = (
    _closed("political.status", "political_status", ("政治面貌", "political affiliation"),
            **_code("political_status")),
    _closed("political.joined", "joined_party_on", ("加入党派日期", "joined the party on"),
            read=day("joined_party_on"), **_DAY),
    _closed("political.military_service", "military_service", ("兵役状况", "military service"),
            **_code("military_service")),
    _closed("political.veteran_certificate", "veteran_certificate", ("优待证编号", "veteran's certificate"),
            masking.number),
)  # fmt: skip

_FLOATING = (
    _open("floating.reason", "inflow_reason", ("流入原因", "reason of inflow"), **_code("moving_reason")),
    _closed("floating.permit", "residence_permit", ("居住证号码", "residence permit"), masking.number),
    _open("floating.permit_until", "residence_permit_until", ("居住证有效期至", "residence permit valid until"),
          type="date", read=day("residence_permit_until")),
    _open("floating.registered_on", "floating_registered_on", ("流动人口登记日期", "registered as floating on"),
          type="date", read=day("floating_registered_on")),
)  # fmt: skip

PARTICULARS_ENTRIES = (
    *_REGISTER, *_MARRIAGE, *_BIRTH, *_EDUCATION, *_EMPLOYMENT, *_INSURANCE, *_ASSISTANCE, *_HEALTH, *_POLITICAL,
    *_FLOATING,
)  # fmt: skip
