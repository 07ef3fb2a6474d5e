"""Names of BPMN 2.0 that this house knows 词汇: namespaces, elements that a case can come to, languages."""

from __future__ import annotations

from yizhan.releases.words import Text

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"
BOUNDS = "http://www.omg.org/spec/DD/20100524/DC"
LINES = "http://www.omg.org/spec/DD/20100524/DI"
OURS = "urn:yizhan:bpmn:1"
"""The namespace of what BPMN has no word for: roles, units, limits, actions, marks, messages."""

FEEL = "https://www.omg.org/spec/DMN/20191111/FEEL/"
FEEL_NAMES = frozenset(
    {
        FEEL,
        "http://www.omg.org/spec/FEEL/20140401",
        "http://www.omg.org/spec/DMN/20180521/FEEL/",
        "https://www.omg.org/spec/DMN/20180521/FEEL/",
        "https://www.omg.org/spec/DMN/20211108/FEEL/",
        "https://www.omg.org/spec/DMN/20230324/FEEL/",
        "feel",
    }
)

TASKS = {
    "userTask": Text(zh="人工任务", en="User task"),
    "businessRuleTask": Text(zh="判定", en="Business rule"),
    "serviceTask": Text(zh="自动办理", en="Service"),
    "sendTask": Text(zh="发送通知", en="Send"),
    "receiveTask": Text(zh="等待答复", en="Receive"),
    "callActivity": Text(zh="调用流程", en="Call"),
    "subProcess": Text(zh="子流程", en="Sub-process"),
}
GATEWAYS = {
    "exclusiveGateway": Text(zh="分支判断", en="Exclusive gateway"),
    "parallelGateway": Text(zh="并行网关", en="Parallel gateway"),
    "inclusiveGateway": Text(zh="包容网关", en="Inclusive gateway"),
    "eventBasedGateway": Text(zh="等待事件", en="Event-based gateway"),
}
EVENTS = {
    "startEvent": Text(zh="开始", en="Start"),
    "endEvent": Text(zh="结束", en="End"),
    "intermediateCatchEvent": Text(zh="等待", en="Wait"),
    "intermediateThrowEvent": Text(zh="发出消息", en="Throw"),
    "boundaryEvent": Text(zh="其间事件", en="Boundary event"),
}
REFUSED = {
    "task": Text(zh="未定类型的任务", en="Task without a type"),
    "manualTask": Text(zh="手工任务", en="Manual task"),
    "scriptTask": Text(zh="脚本任务", en="Script task"),
    "transaction": Text(zh="事务子流程", en="Transaction"),
    "adHocSubProcess": Text(zh="自由子流程", en="Ad-hoc sub-process"),
    "complexGateway": Text(zh="复杂网关", en="Complex gateway"),
    "implicitThrowEvent": Text(zh="隐式事件", en="Implicit throw event"),
    "choreographyTask": Text(zh="编排任务", en="Choreography task"),
    "subChoreography": Text(zh="子编排", en="Sub-choreography"),
    "callChoreography": Text(zh="调用编排", en="Call choreography"),
}
"""Elements on the way of a case that are not executed."""
TITLES = {**TASKS, **GATEWAYS, **EVENTS, **REFUSED}
"""Every element that sequence flows may touch, with what it is called where it has no name."""

SILENT = {
    "dataObject": Text(zh="数据对象", en="data object"),
    "dataObjectReference": Text(zh="数据对象", en="data object"),
    "dataStoreReference": Text(zh="数据存储", en="data store"),
    "textAnnotation": Text(zh="文字注释", en="text annotation"),
    "association": Text(zh="关联线", en="association"),
    "group": Text(zh="分组", en="group"),
    "lane": Text(zh="泳道", en="lane"),
}
"""Elements that are drawn and do nothing."""
HOLDERS = frozenset(
    {
        "documentation", "extensionElements", "incoming", "outgoing", "ioSpecification", "property", "laneSet",
        "dataInputAssociation", "dataOutputAssociation", "auditing", "monitoring", "category", "supportedInterfaceRef",
        "correlationSubscription", "ioBinding", "supports", "artifact",
    }
)  # fmt: skip
"""Elements within a process, or a part of it, that say nothing about where a case goes."""
EVENT_DEFINITIONS = {
    "messageEventDefinition": Text(zh="消息", en="message"),
    "timerEventDefinition": Text(zh="定时", en="timer"),
    "errorEventDefinition": Text(zh="错误", en="error"),
    "terminateEventDefinition": Text(zh="终止", en="terminate"),
    "signalEventDefinition": Text(zh="信号", en="signal"),
    "conditionalEventDefinition": Text(zh="条件", en="conditional"),
    "escalationEventDefinition": Text(zh="升级", en="escalation"),
    "compensateEventDefinition": Text(zh="补偿", en="compensation"),
    "cancelEventDefinition": Text(zh="取消", en="cancel"),
    "linkEventDefinition": Text(zh="链接", en="link"),
}
