"""What can be asked of a person's identity, household and residence 身份、户籍、居住."""

from __future__ import annotations

from yizhan.registry import masking, reading
from yizhan.registry.entries import written
from yizhan.registry.reading import column

PERSON_ENTRIES = (
    written("person.name", ("姓名", "name"), column="name", read=column("name"), mask=masking.name, by_case=True),
    written("person.former_name", ("曾用名", "former name"),
           column="former_name", read=column("former_name"), mask=masking.name),
    written("person.sex", ("性别", "sex"), type="code", codes="sex", column="sex", read=column("sex"),
           by_case=True),
    written("person.born", ("出生日期", "date of birth"), type="date", group="sensitive",
           column="born_on", read=column("born_on"), mask=masking.day, by_case=True),
    written("person.age", ("周岁年龄", "age in completed years"), type="integer",
           column="born_on", read=reading.age),
    written("person.ethnic_group", ("民族", "ethnic group"), type="code", codes="ethnic_group",
           group="sensitive", column="ethnic_group", read=column("ethnic_group"),
           mask=masking.hidden),
    written("person.id_type", ("证件类型", "type of identity document"), type="code", codes="document_type",
           column="id_number", read=column("id_type"), by_case=True),
    written("person.id_number", ("证件号码", "number of the identity document"), group="sensitive",
           column="id_number", read=column("id_number"), mask=masking.number, by_case=True),
    written("person.id_number_ok", ("证件号码校验是否通过", "whether the number passes its check"),
           type="boolean", column="id_number", read=column("id_ok")),
    written("person.phone", ("联系电话", "phone number"), group="contact",
           column="phone", read=column("phone"), mask=masking.phone),
    written("person.alive", ("是否在世", "whether the person is alive"), type="boolean",
           column="died_on", read=reading.alive),
    written("person.died", ("死亡日期", "date of death"), type="date", group="sensitive",
           column="died_on", read=column("died_on"), mask=masking.day),
)  # fmt: skip

HOUSEHOLD_ENTRIES = (
    written("household.book_number", ("户口簿户号", "number of the household book"), group="sensitive",
           column="household", read=column("book_number"), mask=masking.number),
    written("household.kind", ("户别", "kind of household"), column="household", read=reading.household_kind),
    written("household.relation", ("与户主关系", "relation to the head of the household"), type="code",
           codes="family_relation", group="sensitive",
           column="household", read=column("relation"), mask=masking.hidden),
    written("household.address", ("户籍地址", "registered address"), group="contact",
           column="registered", read=column("registered_address"), mask=masking.address),
    written("household.registered_division", ("户籍所在区划", "registered division"), type="code",
           codes="divisions", column="registered", read=column("registered_division")),
    written("household.registered_subdistrict", ("户籍所在街道", "registered sub-district"), type="code",
           codes="divisions", column="registered", read=reading.subdistrict("registered_division")),
    written("household.registered_in_district", ("是否本区户籍", "whether registered in this district"),
           type="boolean", column="registered", read=reading.in_district),
    written("household.registered_since", ("户籍登记起始日期", "registered there since"), type="date",
           column="registered", read=column("registered_since")),
)  # fmt: skip

RESIDENCE_ENTRIES = (
    written("residence.address", ("居住地址", "address of residence"), group="contact",
           column="living", read=column("living_address"), mask=masking.address),
    written("residence.subdistrict", ("居住地街道", "sub-district of residence"), type="code",
           codes="divisions", column="living", read=reading.subdistrict("lived_in_division")),
    written("residence.committee", ("居住地社区居委会", "committee of residence"), type="code",
           codes="divisions", column="living", read=reading.committee("lived_in_division")),
    written("residence.place", ("标准地址编号", "number of the standard address"), type="integer",
           group="contact", column="living", read=column("living_address_id"), mask=masking.hidden),
    written("residence.tenure", ("居住方式", "tenure"), type="code", codes="tenure",
           column="living", read=column("tenure")),
    written("residence.separation", ("人户分离情况", "registered and living apart"), type="code",
           codes="separation", column="living", read=reading.separation),
    written("residence.grid", ("所在网格", "grid of residence"), column="living", read=column("living_grid")),
    written("residence.since", ("现住址居住起始日期", "living there since"), type="date",
           column="living", read=column("living_since")),
)  # fmt: skip
