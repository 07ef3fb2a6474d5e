"""A small DMN model for tests: an allowance with a table, a context, a function and a service."""

NEW = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def model(inner: str) -> bytes:
    """A model around some elements."""
    return f'<definitions xmlns="{NEW}" name="allowance">{inner}</definitions>'.encode()


def decision(body: str, *, name: str = "D", type_: str = "", needs: str = "") -> str:
    """A decision around an expression."""
    typed = f' typeRef="{type_}"' if type_ else ""
    return f'<decision id="{name}" name="{name}"><variable name="{name}"{typed}/>{needs}{body}</decision>'


def literal(text: str) -> str:
    """A text of FEEL."""
    return f"<literalExpression><text>{text}</text></literalExpression>"


def needs(*hrefs: str, what: str = "requiredInput") -> str:
    """Requirements."""
    kind = "knowledgeRequirement" if what == "requiredKnowledge" else "informationRequirement"
    return "".join(f'<{kind}><{what} href="#{href}"/></{kind}>' for href in hrefs)


def table(policy: str, rows: list[tuple[str, str]], *, values: str = "", default: str = "") -> str:
    """A table that looks at the input X; a row is a test and a result."""
    allowed = f"<outputValues><text>{values}</text></outputValues>" if values else ""
    otherwise = f"<defaultOutputEntry><text>{default}</text></defaultOutputEntry>" if default else ""
    rules = "".join(
        f"<rule><inputEntry><text>{when}</text></inputEntry><outputEntry><text>{then}</text></outputEntry></rule>"
        for when, then in rows
    )
    return (
        f"<decisionTable {policy}><input><inputExpression><text>X</text></inputExpression></input>"
        f"<output>{allowed}{otherwise}</output>{rules}</decisionTable>"
    )


ALLOWANCE = f"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="{NEW}" name="allowance">
  <itemDefinition name="tNote">
    <itemComponent name="Paid to"><typeRef>string</typeRef></itemComponent>
    <itemComponent name="sum"><typeRef>number</typeRef></itemComponent>
  </itemDefinition>
  <inputData id="age" name="Age in years"><variable name="Age in years" typeRef="number"/></inputData>
  <decision id="kind" name="Kind of allowance">
    <variable name="Kind of allowance" typeRef="string"/>
    {needs("age")}
    <decisionTable hitPolicy="UNIQUE">
      <input><inputExpression typeRef="number"><text>Age in years</text></inputExpression></input>
      <output/>
      <rule><inputEntry><text>&lt; 70</text></inputEntry><outputEntry><text>"none"</text></outputEntry></rule>
      <rule><inputEntry><text>[70..90)</text></inputEntry><outputEntry><text>"old"</text></outputEntry></rule>
      <rule><inputEntry><text>&gt;= 90</text></inputEntry><outputEntry><text>"very old"</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <businessKnowledgeModel id="rate" name="Yearly sum">
    <variable name="Yearly sum" typeRef="number"/>
    <encapsulatedLogic>
      <formalParameter name="per month" typeRef="number"/>
      <literalExpression><text>per month * 12</text></literalExpression>
    </encapsulatedLogic>
  </businessKnowledgeModel>
  <decision id="amount" name="Amount">
    <variable name="Amount" typeRef="number"/>
    {needs("kind", what="requiredDecision")}{needs("rate", what="requiredKnowledge")}
    <invocation>
      <literalExpression><text>Yearly sum</text></literalExpression>
      <binding><parameter name="per month"/>
        <literalExpression><text>if Kind of allowance = "very old" then 100.5 else 30</text></literalExpression>
      </binding>
    </invocation>
  </decision>
  <decision id="note" name="Note">
    <variable name="Note" typeRef="tNote"/>
    {needs("amount", what="requiredDecision")}
    <context>
      <contextEntry><variable name="Paid to"/><literalExpression><text>"账户"</text></literalExpression></contextEntry>
      <contextEntry><variable name="sum"/><literalExpression><text>Amount</text></literalExpression></contextEntry>
    </context>
  </decision>
  <decisionService id="offer" name="Offer">
    <outputDecision href="#amount"/><inputDecision href="#kind"/>
  </decisionService>
</definitions>
""".encode()
