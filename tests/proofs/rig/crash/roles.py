"""What the people of the proof do: residents apply and answer, clerks accept and review, somebody decides."""

from __future__ import annotations

import re
from html import unescape

from tests.benchmarks.rig import knocking
from tests.proofs.rig.crash.driver import Driver
from tests.proofs.rig.crash.pack import CODE

_CASE = re.compile(r"/desk/cases/(YX[\d-]+)")
_RECEIPT = re.compile(r"/receipts/(YX[\d-]+)")
_LATEST = 6  # cases in which a resident looks whether something is missing


class Resident(Driver):
    """Applies again and again; answers what was found missing."""

    kind, home = "residents", "/my"

    def come_in(self) -> None:
        """As one of the demo's people."""
        knocking.become(self.visitor, self.name)
        self.mine: list[str] = []

    def act(self) -> None:
        """Answer, or apply."""
        if self.mine and self.random.random() < 0.4:
            self._answer(self.random.choice(self.mine[-_LATEST:]))
        else:
            self._apply()

    def _apply(self) -> None:
        path = f"/items/{CODE}/apply"
        before = self.page(path)
        begun = before if before.location else self.send(path, before.text)
        draft = begun.location.removesuffix("/")
        assert re.fullmatch(r"/drafts/[0-9a-f-]+", draft), f"{self.name}: {begun.status} {begun.location}"
        for key, typed in (
            ("person", {}),
            ("request", {"request.words": "请予办理", "request.true": "true"}),
        ):
            page = self.page(f"{draft}/pages/{key}")
            given = {"applicant.phone": "13800001234"} if key == "person" else typed
            self.send(f"{draft}/pages/{key}", page.text, **given)
        check = self.page(f"{draft}/check")
        step = self.step(f"{draft}/submit", check.text)
        receipt = _RECEIPT.fullmatch(step.location)
        assert receipt, f"{self.name}: handing in led to {step.status} {step.location}"
        self.mine.append(receipt[1])

    def _answer(self, number: str) -> None:
        path = f"/cases/{number}/supplement"
        asked = self.page(path)
        if asked.status == 200:
            self.step(path, asked.text)


class Official(Driver):
    """Takes one of the most urgent tasks and does it."""

    kind, home = "staff", "/desk/"

    def come_in(self) -> None:
        """With password and second factor."""
        knocking.log_in(self.visitor, self.name)

    def act(self) -> None:
        """Open the list, a case of it, and press a button."""
        numbers = sorted(set(_CASE.findall(self.page("/desk/").text)))
        if not numbers:
            return
        number = self.random.choice(numbers[:8])
        page = self.page(f"/desk/cases/{number}").text
        found = re.search(rf'action="(/desk/cases/{number}/tasks/\d+)/complete"', page)
        if found is None:
            return  # somebody was faster
        task = found[1]
        actions = re.findall(r'name="action" value="(\w+)"', page)
        if f"{task}/supplement" in page and self.random.random() < 0.25:
            self._ask(task, page)
        elif actions:
            action = self.random.choice([actions[0]] * 3 + actions)
            self.step(f"{task}/complete", page, action=action, reason="按规定办理")

    def _ask(self, task: str, page: str) -> None:
        missing = re.search(r'name="missing" value="([^"]+)"', page)
        more = {"missing": unescape(missing[1])} if missing else {"words_other": "请补充说明"}
        self.step(f"{task}/supplement", page, **more)
