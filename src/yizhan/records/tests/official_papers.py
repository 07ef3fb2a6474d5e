"""Official documents of 云津区, which does not exist, as the tests set them."""

from __future__ import annotations

from yizhan import clock
from yizhan.records.typesetting import Sheet

GOVERNMENT, OFFICE = "云津区人民政府", "云津区人民政府办公室"
CIVIL_AFFAIRS, FINANCE = "云津区民政局", "云津区财政局"
LABOUR = "云津区人力资源和社会保障局"

BODY = [
    "为方便群众就近办事，提高行政效能，现就推进街道统一受理平台建设有关事项通知如下：",
    {"level": 1, "text": "工作目标"},
    {"level": 2, "text": "统一受理标准"},
    "各街道办事处、区政府各部门应当将面向公民和法人的服务事项全部纳入统一受理平台，实行“一次录入、全程共享”。对材料齐全、符合法定形式的"
    "申请，应当当场出具《受理通知书》；对材料不齐的，应当一次性告知需要补正的全部内容。2026年12月31日前，全区580项服务事项网上可办率应当达到100%。",
    {"level": 3, "text": "姓名用字"},
    "姓名中的生僻字应当正确显示，例如张昇、李玥、王堃、赵喆、陈犇、刘翀。",
    {"level": 4, "text": "核对"},
    "窗口工作人员应当与申请人当面核对。",
    {"level": 1, "text": "主要任务"},
    {"level": 2, "text": "建设平台"},
    "任务和完成时限如下。",
    {
        "heads": ["责任单位", "任务", "完成时限"],
        "rows": [
            ["区行政服务中心", "统一受理系统上线", "2026年6月30日"],
            ["区公安分局", "人口库对接", "2026年7月31日"],
        ],
    },
    {"level": 2, "text": "组织保障"},
    "各单位主要负责同志为第一责任人，应当定期研究，及时解决推进中的问题，重要情况及时报告区人民政府。",
]
PAPER = {
    "title": "云津区人民政府关于推进街道统一受理平台建设的通知",
    "number": "云府〔2026〕18号",
    "issuer": GOVERNMENT,
    "issued_on": "2026-05-20",
    "language": "zh",
    "code": "7K2M-9QXD-4RTB-H6WN-3PFC",
    "verify_at": "yizhan.example.gov.cn/verify",
    "qr": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
}

NOTICE = {
    "copy": 1,
    "urgency": "特急",
    "to": ["各街道办事处", "区政府各部门、各直属机构"],
    "attached": ["街道统一受理服务事项目录", "受理窗口建设规范"],
    "note": "此件公开发布",
    "copied": ["区委各部委办", "区人大常委会办公室", "区政协办公室", "区法院", "区检察院"],
    "printed_by": OFFICE,
}
JOINT = {
    "issuers": [CIVIL_AFFAIRS, FINANCE],
    "to": "各街道办事处",
    "note": "此件公开发布",
    "printed_by": OFFICE,
}
REQUEST = {"upward": True, "signers": ["张昇", "李玥", "王堃"], "issuers": CIVIL_AFFAIRS, "to": GOVERNMENT}
LETTER = {"form": "letter", "issuers": CIVIL_AFFAIRS, "to": "区财政局", "copied": ["区审计局"]}
ORDER = {"form": "order", "signer": ["区长", "张昇"], "printed_by": OFFICE}
MINUTES = {
    "form": "minutes",
    "issuers": "云津区人民政府常务会议",
    "present": [["出席", "张昇、李玥、王堃"], ["请假", "赵喆"], ["列席", "区民政局陈犇、区财政局刘翀"]],
    "printed_by": OFFICE,
}


def official(how, body=BODY, **paper):
    """The sheet of a document: all that is said about it comes as data."""
    template = '#import "official.typ": *\n#show: official.with(..data.how)\n#written(data.body)\n'
    return Sheet(template, clock.now(), {"how": how, "body": body}, {**PAPER, **paper})
