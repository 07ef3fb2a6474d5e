"""The product's rows held against the book 对账: what was acknowledged is there once, and nothing else is."""

from __future__ import annotations

import re
import sys
from collections import Counter
from typing import Any

from tests.product import Product
from tests.proofs.rig.crash.acknowledged import Book, Step
from tests.proofs.rig.crash.pack import CODE
from yizhan.cli.report import Report

_MOST_TOLD = 10
_NUMBER = re.compile(r"YX[\d-]+")
_COMMANDS = """
    select c.id::text, k.number, c.answer, (select count(*) from cases_event e where e.command = c.id)
    from cases_command c join cases_case k on k.id = c.case_id where k.item_id = %s and c.actor like 'account:%%'
"""
_OURS = "select number from cases_case where item_id = %s"

# What must come exactly once in all that was worked on: a count of those that did not.
_ONCE = {
    "effects given up": "select count(*) from journal_effect where refused_at is not null",
    "effects not delivered": "select count(*) from journal_effect where done_at is null and refused_at is null",
    "decisions without exactly one paper": """
        select count(*) from cases_decision d join cases_case c on c.id = d.case_id and c.item_id = %(item)s
        where (select count(*) from records_paper p
               where p.owner = 'case:' || c.number and p.document = d.outcome) <> 1""",
    "decisions without exactly one message": """
        select count(*) from cases_decision d join cases_case c on c.id = d.case_id and c.item_id = %(item)s
        where (select count(*) from notices_message m
               where m.subject = 'case:' || c.number and m.template = 'paper_' || d.outcome) <> 1""",
    "acceptances without exactly one message": """
        select count(*) from cases_acceptance a join cases_case c on c.id = a.case_id and c.item_id = %(item)s
        where (select count(*) from notices_message m
               where m.subject = 'case:' || c.number and m.template = 'accepted') <> 1""",
    "messages that arrived twice": """
        select count(*) from (select m.subject, m.template from notices_delivery d
            join notices_message m on m.id = d.message_id join cases_case c on m.subject = 'case:' || c.number
            where c.item_id = %(item)s and m.template in ('accepted', 'paper_granted', 'paper_refused')
            group by m.subject, m.template, d.channel having count(*) > 1) twice""",
    "joins that fired other than once": """
        select count(*) from cases_scope s join cases_case c on c.id = s.case_id and c.item_id = %(item)s
        where s.kind = 'each' and s.closed_at is not null
          and (select count(*) from cases_passage p where p.case_id = c.id and p.node = 'publicity') <> 1""",
    "times that passed other than once": """
        select count(*) from cases_case c where c.item_id = %(item)s
          and exists (select from cases_passage p where p.case_id = c.id and p.node = 'decision')
          and (select count(*) from cases_event e where e.case_id = c.id and e.kind = 'timer.limit') <> 1""",
    "papers with one number": """
        select count(*) from (select p.number from records_paper p join cases_case c on p.owner = 'case:' || c.number
            where c.item_id = %(item)s group by p.document, p.number having count(*) > 1) twice""",
}


class Reckoning:
    """What was found in the end.

    Args:
        found: what the product finds of its cases (``yizhan.cases.soundness``).
        again: every acknowledged step sent once more: status and place of the answer.
    """

    def __init__(
        self, book: Book, product: Product, found: dict[str, Any], again: list[tuple[Step, int, str]]
    ) -> None:
        self._done = book.done
        self._refused = [step for step in book.steps if not step.done]
        self._found, self._again = found, again
        self._known = {
            command: (number, answer, events)
            for command, number, answer, events in product.rows(_COMMANDS, CODE)
        }
        self._cases = [number for (number,) in product.rows(_OURS, CODE)]
        self._once = {
            name: int(product.rows(statement.replace("%(item)s", f"'{CODE}'"))[0][0])
            for name, statement in _ONCE.items()
        }

    def tell(self, report: Report) -> None:
        """Into the report; what is wrong is told by name."""
        acknowledged = Counter(step.command for step in self._done)
        lost = [step for step in self._done if step.command not in self._known]
        doubled = [command for command, (_, _, events) in self._known.items() if events > 1]
        elsewhere = [step for step in self._done if not self._led_to_its_case(step)]
        nobodys = [command for command in self._known if command not in acknowledged]
        untrue = [step for step in self._refused if step.command in self._known]
        changed = [
            step for step, status, place in self._again if (status, place) != (step.status, step.location)
        ]
        submitted = {step.location for step in self._done if step.path.endswith("/submit")}
        report.equal("acknowledged steps lost", len(lost), 0)
        report.equal("steps doubled", len(doubled), 0)
        report.equal("steps carried out that nobody was told of", len(nobodys), 0)
        report.equal("steps refused and yet carried out", len(untrue), 0)
        report.equal("answers that name another case", len(elsewhere), 0)
        report.equal("answers that are others when asked again", len(changed), 0)
        report.equal("cases beside those with a receipt", len(self._cases) - len(submitted), 0)
        for name, count in self._once.items():
            report.equal(name, count, 0)
        self._tell_sound(report)
        _name("lost", lost)
        _name("doubled", doubled)
        _name("nobody was told of", nobodys)
        _name("refused and yet carried out", untrue)
        _name("another answer", [(step.path, step.location, status, place) for step, status, place in self._again
                                 if (status, place) != (step.status, step.location)])  # fmt: skip

    def _tell_sound(self, report: Report) -> None:
        unsound = [(one["rule"], one["where"]) for one in self._found["unsound"]]
        report.equal("what must hold of every case and does not", len(unsound), 0)
        replayed = self._found["replayed"]
        report.equal("cases whose events lead to where they stand", replayed, self._found["cases"])
        report.info("cases under load", len(self._cases))
        _name("unsound", unsound)

    def _led_to_its_case(self, step: Step) -> bool:
        """Whether the case that a command belongs to is the one that its answer, or its address, speaks of."""
        number = self._known.get(step.command, ("", {}, 0))[0]
        spoken = _NUMBER.search(step.location) or _NUMBER.search(step.path)
        return spoken is not None and spoken[0] == number


def _name(what: str, found: list[Any]) -> None:
    for one in found[:_MOST_TOLD]:
        sys.stdout.write(f"✗ {what}: {one}\n")
