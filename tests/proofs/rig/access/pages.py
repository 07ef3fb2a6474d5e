"""Every address, as everybody 页面查验: opened and asked with a reason; each planted value in an answer must be allowed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from tests.proofs.rig.access import exhibits
from tests.proofs.rig.access.canaries import Canary
from tests.proofs.rig.access.clients import Answer, Client
from tests.proofs.rig.access.district import District
from tests.proofs.rig.access.filling import Filling
from tests.proofs.rig.access.ledger import Ledger
from tests.proofs.rig.access.rule import any_allows

CHECK = "pages"
# What must be met, or the pages were not what they were taken for: by whom, where, what.
MUST_BE_MET = (
    ("self", "portal:my_file GET", "self.id_number"),
    ("self", "portal:my_file_download POST", "self.insurance_number"),
    ("self", "portal:company_file GET", "firm_own.phone"),
    ("agent", "portal:company_file GET", "firm_agent.phone"),
    ("cased", "portal:case GET", "cased.name"),
    ("committee", "desk:search POST by name", "inside.name"),
    ("committee", "desk:search POST by residence", "inside.name"),
    ("committee", "desk:search POST by household", "inside.name"),
    ("limited", "desk:search POST by residence", "inside.name"),
    ("committee", "registry_search(inside)", "inside"),
    ("committee", "registry_search(inside by residence)", "inside"),
    ("committee", "registry_search(inside by household)", "inside"),
    ("committee", "desk:person_file POST", "inside.id_number masked"),
    ("committee", "desk:person_file POST", "inside.school now"),
    ("committee", "desk:person_file_unmask POST", "inside.id_number"),
    ("committee", "desk:place POST", "inside.name masked"),
    ("committee", "desk:company GET", "firm_here.business_scope"),
    ("delegate", "desk:person_file_unmask POST", "inside.id_number"),
    ("window", "desk:person_file POST", "neighbour.id_number masked"),
    ("district", "desk:person_file POST", "outside.id_number masked"),
    ("limited", "desk:person_file POST", "inside.id_number masked"),
    ("limited", "desk:person_file POST", "inside.phone masked"),
    ("limited", "desk:person_file POST", "inside.event moved"),
    ("limited", "desk:person_file_unmask POST", "inside.id_number"),
    ("limited", "desk:person_file_export POST", "inside.native_place"),
    ("limited", "desk:place POST", "inside.name masked"),
    ("narrow", "desk:person_file POST", "inside.school"),
    ("narrow", "desk:person_file POST", "inside.school now"),
    ("narrow", "desk:person_file_export POST", "inside.major"),
    ("narrow", "desk:search POST by name", "inside.name"),
    ("handling", "desk:case GET", "cased.id_number"),
    ("handling", "desk:filed_form GET", "cased.id_number"),
    ("cased", "portal:filed_form GET", "cased.id_number"),
    ("security", "desk:guarding GET", "protected.id_number masked"),
)
BEFORE = "2026-11-16"
"""A day for which files are asked too: before what was changed last."""
_ASKED_BY = ("former_name", "phone now", "address", "book_number", "insurance_number")
TELLS = {"phone now": ("residence",), "address": ("household", "residence")}
"""What a search by a field tells of somebody besides: a post sees one of these categories, or is not answered."""
WHY = "核实高龄津贴申请人的户籍情况"


class Pages:
    """All addresses of a district, as everybody.

    Args:
        check: under which name answers are counted.
        only: addresses to be asked; all when left out.
        relies: what is met is noted as relying on the other wall, not as a leak.
    """

    def __init__(
        self, district: District, ledger: Ledger, *, check: str = CHECK, only: frozenset[str] = frozenset(),
        relies: bool = False,
    ) -> None:  # fmt: skip
        self._district, self._ledger, self._check, self._relies = district, ledger, check, relies
        self._filling = Filling(district)
        self._routes = [one for one in district.told["routes"] if not only or one["name"] in only]

    def ask(self, posts: list[str] | None = None) -> None:
        """Open everything, then send the forms that only read."""
        for route in self._routes:
            if exhibits.of(route["name"], "GET") is None:
                self._ledger.must_say(f"address {route['name']} ({route['route']})")
        for post in posts or list(self._district.posts):
            client = self._district.client(post)
            self._district.keep_alive()
            for route in self._routes:
                if route["name"] not in exhibits.NOT_OPENED:
                    self._opened(post, client, route)
            self._searched(post, client)
            client.close()

    def send(self) -> None:
        """Last of all: an empty form to every address that takes one, with everybody's keys, as everybody."""
        for post in self._district.posts:
            client = self._district.client(post)
            self._district.keep_alive()
            for route in self._routes:
                name = route["name"]
                if name in exhibits.KEEPS_OUT or name in exhibits.NOT_OPENED:
                    continue
                for path in self._filling.paths(route):
                    answer = client.post(path)
                    if answer.status == 405:
                        break
                    self.look(post, name, "POST", path, answer)
            client.close()

    def _opened(self, post: str, client: Client, route: dict[str, Any]) -> None:
        name = route["name"]
        for path in self._filling.paths(route):
            self.look(post, name, "GET", path, client.get(path))
            for fields in self._forms(name):
                opened = path.rpartition("/")[2] if name == "desk:person_file_unmask" else ""
                self.look(
                    post, name, "POST", path, client.post(path, **fields), opened, "".join(fields.values())
                )

    def _forms(self, name: str) -> Iterator[dict[str, str]]:
        """The forms that only read, with what they ask for."""
        if name.startswith("desk:person_file"):
            yield {"reason": WHY}
            yield {"case": self._district.told["case"]["number"]}
        if name == "desk:person_file":
            yield {"reason": WHY, "on": BEFORE}
        entries = {"desk:person_entry", "desk:person_death", "desk:person_household"}
        if name in {"desk:place", "desk:room", *entries}:
            yield {"reason": WHY}
        if name == "portal:my_file_download":
            yield {"form": "json"}
            yield {"form": "page"}
            yield {"form": "csv"}

    def _searched(self, post: str, client: Client) -> None:
        """Every value that somebody could type into the one field, with and without a reason."""
        if self._wanted("desk:search"):
            for words, tells in self._words():
                for path in ("/desk/search", "/desk/search/live", "/desk/register/companies", "/desk/places"):
                    route = {"/desk/search": "search", "/desk/search/live": "search_live"}.get(
                        path, path.rpartition("/")[2]
                    )
                    asked = f"{path}?{_query(words)}"
                    self.look(post, f"desk:{route}", "GET", asked, client.get(asked), besides=words)
                answer = client.post("/desk/search", q=words, reason=WHY)
                found = "search" if self._district.posts[post].answers(tells) else "found"
                by, path = f"POST by {next(iter(tells), 'name')}", f"/desk/search {words}"
                self.look(post, "desk:search", by, path, answer, besides=words + WHY, exhibit=found)
        if self._wanted("station:resident"):
            self._at_the_window(post, client)

    def _at_the_window(self, post: str, client: Client) -> None:
        """By number and another's name, and by number alone: nothing may come of it."""
        rule = self._district.rule
        for name in rule.persons:
            number = self._district.told["documents"][name]
            for said in ("示例无此人", ""):
                answer = client.post("/station/items/elderly_allowance", name=said, number=number)
                self.look(post, "station:resident", "POST", f"number of {name}", answer, besides=number)

    def _words(self) -> list[tuple[str, tuple[str, ...]]]:
        """What is asked by, each with the categories of which a post must show one to be answered; none for a name."""
        words = [
            (one.forms[0], TELLS.get(one.field, ()))
            for one in self._district.book.canaries
            if one.field == "name"
            or one.kind == "listed"
            or (one.field in _ASKED_BY and one.subject in {"inside", "outside"})
        ]
        more = [*self._district.told["documents"].values(), "示例", "9"]
        return [*words, *((one, ()) for one in more)]

    def _wanted(self, name: str) -> bool:
        return any(one["name"] == name for one in self._routes)

    def look(
        self,
        post: str,
        name: str,
        method: str,
        path: str,
        answer: Answer,
        opened: str = "",
        besides: str = "",
        exhibit: str = "",
    ) -> None:
        """Hold one answer against the rule; ``exhibit`` where it is another than that of the address."""
        self._ledger.ask(self._check)
        where = f"{name} {method}"
        if answer.status >= 500:
            self._ledger.leak(self._check, post, where, f"{path} answers {answer.status}")
        exhibit = exhibit or exhibits.of(name, method) or "nothing"
        for one in self._district.book.met(*answer.told, besides=path + besides):
            if self._allowed(post, one, exhibit, opened):
                note = self._ledger.saw
            else:
                note = self._ledger.relies if self._relies else self._ledger.leak
            note(self._check, post, where, f"{one.subject}.{one.field}")

    def _allowed(self, post: str, one: Canary, exhibit: str, opened: str) -> bool:
        reach, rule = self._district.posts[post], self._district.rule
        if any_allows(rule, reach, one, exhibit, opened):
            return True
        # The representative of a company whose public data one sees is named there.
        represents = one.kind == "name" and one.subject == "self" and exhibit in {"companies", "search"}
        return represents and rule.sees_public_of(reach, rule.firms["firm_own"])


def _query(words: str) -> str:
    return urlencode({"q": words})
