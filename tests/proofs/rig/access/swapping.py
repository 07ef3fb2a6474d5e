"""Another's keys 换用他人的编号: foreign keys answer like keys that nothing has, and counting on finds nothing."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from tests.proofs.rig.access.clients import Answer, Client
from tests.proofs.rig.access.district import District
from tests.proofs.rig.access.filling import NOBODY
from tests.proofs.rig.access.ledger import Ledger
from tests.proofs.rig.access.pages import WHY

CHECK, QUOTA, CACHE = "another's keys", "counting and limits", "caches"


_REASON = (("reason", WHY),)
_NO_FIRM = "91440199MAYX98Q"
"""The beginning of a code that nothing has."""


@dataclass(frozen=True)
class Pair:
    """One address twice: with a key of somebody else's, and with one that nothing has; ``sent`` makes it a form."""

    post: str
    what: str
    theirs: str
    nobodys: str
    sent: tuple[tuple[str, str], ...] = ()


class Swapping:
    """Asks with foreign keys and holds the answers beside those for nobody's."""

    def __init__(self, district: District, ledger: Ledger) -> None:
        self._district, self._ledger = district, ledger

    def ask(self) -> None:
        """Everything."""
        clients: dict[str, Client] = {}
        for pair in self._pairs():
            client = clients.setdefault(pair.post, self._district.client(pair.post))
            self._compare(client, pair)
        for client in clients.values():
            client.close()
        self._counted_alike()
        self._used_up_alike()
        self._step_up()
        self._kept_nowhere()
        self._looks_are_ones_own()

    def _pairs(self) -> list[Pair]:
        """Everything that is asked twice; what lies outside of the posts' areas is theirs."""
        rule, case = self._district.rule, self._district.told["case"]["number"]
        person, firm = rule.persons["outside"], rule.firms["firm_there"]
        persons = (f"/desk/register/persons/{person}", f"/desk/register/persons/{NOBODY}")
        firms = (f"/desk/register/companies/{firm}", f"/desk/register/companies/{_NO_FIRM + firm[15:]}")
        pairs = []
        for post in ("committee", "subdistrict", "window", "department", "delegate", "handling", "audit"):
            pairs += [
                Pair(post, "person", *persons),
                Pair(post, "person with a reason", *persons, _REASON),
                Pair(post, "person for a case", *persons, (("case", case),)),
                Pair(post, "unmask", *_both(persons, "/unmask/identity"), _REASON),
                Pair(post, "export", *_both(persons, "/export"), _REASON),
                Pair(post, "company", *firms),
            ]
            if post != "handling":
                pairs.append(Pair(post, "case", f"/desk/cases/{case}", f"/desk/cases/{case[:-4]}9999"))
        for category in ("identity", "residence", "health"):
            entered = _both(persons, f"/enter/{category}")
            pairs.append(Pair("keeper_here", f"entry by hand: {category}", *entered, _REASON))
        pairs.append(Pair("keeper_here", "entry by hand: company", *_both(firms, "/enter")))
        pairs.append(
            Pair("keeper_here", "entry by hand: company, sent", *_both(firms, "/enter"), (("act", "change"),))
        )
        return pairs + self._pairs_of_residents(case, firm)

    def _pairs_of_residents(self, case: str, firm: str) -> list[Pair]:
        cases = (f"/cases/{case}", f"/cases/{case[:-4]}9999")
        firms = (f"/my/companies/{firm}", f"/my/companies/{_NO_FIRM + firm[15:]}")
        drafts = (f"/drafts/{self._district.told['drafts']['self']}", f"/drafts/{NOBODY}")
        pairs = []
        for post in ("self", "agent", "stranger"):
            pairs += [
                Pair(post, "case", *cases),
                Pair(post, "clocks", *_both(cases, "/clocks.json")),
                Pair(post, "company", *firms),
                Pair(post, "company file", *_both(firms, "/file")),
            ]
        for post in ("cased", "agent", "stranger"):
            for tail in ("", "/check", "/pages/person"):
                pairs.append(Pair(post, f"draft{tail}", *_both(drafts, tail)))
            for tail in ("/submit", "/discard", "/pages/person"):
                pairs.append(Pair(post, f"draft{tail} sent", *_both(drafts, tail), (("x", "1"),)))
        return [*pairs, Pair("window", "draft", *(f"/station{path}" for path in drafts))]

    def _compare(self, client: Client, pair: Pair) -> None:
        self._ledger.ask(CHECK)
        theirs, nobodys = (
            client.post(path, **dict(pair.sent)) if pair.sent else client.get(path)
            for path in (pair.theirs, pair.nobodys)
        )
        one, other = _plain(theirs, pair.theirs), _plain(nobodys, pair.nobodys)
        if theirs.status != nobodys.status:
            self._ledger.leak(
                CHECK, pair.post, pair.what, f"{theirs.status} for theirs, {nobodys.status} for nobody's"
            )
        elif one != other:
            self._ledger.leak(CHECK, pair.post, pair.what, f"another text: {_first_difference(one, other)}")

    def _counted_alike(self) -> None:
        """A search that finds nobody in one's areas uses up as much as one for whom nobody bears."""
        names = {one.subject: one.forms[0] for one in self._district.book.canaries if one.field == "name"}
        documents, account = (
            self._district.told["documents"],
            self._district.told["posts"]["committee"]["account"],
        )
        client = self._district.client("committee")
        answers = {}
        for what, words in (
            ("outside", names["outside"]), ("nobody", "邰砉骦"), ("number outside", documents["outside"]),
            ("number of nobody", documents["outside"][:10] + "01018712"), ("inside", names["inside"]),
        ):  # fmt: skip
            before = self._made(account)
            answers[what] = client.post("/desk/search", q=words, reason=WHY)
            self._ledger.ask(QUOTA)
            if self._made(account) - before != 1:
                self._ledger.leak(QUOTA, "committee", what, f"counts {self._made(account) - before} times")
        for theirs, nobodys, words in (
            ("outside", "nobody", (names["outside"], "邰砉骦")),
            (
                "number outside",
                "number of nobody",
                (documents["outside"], documents["outside"][:10] + "01018712"),
            ),
        ):
            one, other = (
                _plain(answers[what], said) for what, said in ((theirs, words[0]), (nobodys, words[1]))
            )
            if one != other:
                self._ledger.leak(QUOTA, "committee", f"search for {theirs}", _first_difference(one, other))
        client.close()

    def _used_up_alike(self) -> None:
        """When the day's looks are used up, everybody is refused alike: there, not there, nobody."""
        rows, rule = self._district.product.rows, self._district.rule
        rows("update registry_quota set a_day = 0")
        client = self._district.client("committee")
        try:
            answers = {
                name: _plain(client.post(path := f"/desk/register/persons/{key}", reason=WHY), path)
                for name, key in (*rule.persons.items(), ("nobody", NOBODY))
            }
            self._ledger.ask(QUOTA, len(answers))
            for name, answer in answers.items():
                if answer != answers["nobody"]:
                    what = _first_difference(answer, answers["nobody"])
                    self._ledger.leak(QUOTA, "committee", f"file of {name}, used up", what)
        finally:
            self._district.unlimited()
            client.close()

    def _made(self, account: int) -> int:
        found = self._district.product.rows(
            "select coalesce(sum(made), 0) from registry_tally where account = %s and act = 'lookup'", account
        )
        return int(found[0][0])

    def _step_up(self) -> None:
        """A proof is the session's own: where this one's is old, another session's new one does not help."""
        rows = self._district.product.rows
        account = self._district.told["posts"]["committee"]["account"]
        person = self._district.rule.persons["inside"]
        rows(
            "update identity_presence set proved_at = now() - interval '6 minutes' where account_id = %s",
            account,
        )
        rows(
            """update identity_presence set proved_at = now()
               where key = encode(sha256(convert_to(%s, 'UTF8')), 'hex')""",
            self._district.session("committee", "spare"),
        )
        client = self._district.client("committee")
        for act in ("unmask/identity", "export"):
            answer = client.post(f"/desk/register/persons/{person}/{act}", reason=WHY)
            self._ledger.ask(CHECK)
            number = self._district.told["documents"]["inside"]
            if number in answer.body or answer.status == 200:
                self._ledger.leak(CHECK, "committee", act, f"{answer.status} with another session's proof")
        self._district.keep_alive()
        client.close()

    def _looks_are_ones_own(self) -> None:
        """Whatever page of the looks one asks for, each line is a look of somebody else's at oneself."""
        account = {
            post: f"account:{self._district.told['posts'][post]['account']}" for post in ("self", "cased")
        }
        for post, me in account.items():
            client, lines = self._district.client(post), set()
            for below in ("", "999999999999", "50", "1", "0", "-1", "x"):
                answer = client.get(f"/api/my/looks?below={below}")
                lines |= {one["number"] for one in json.loads(answer.body)["looks"]}
            own = self._district.product.rows(
                "select id from journal_access where %s = any (subjects) and account <> %s",
                f"person:{self._district.rule.persons[post]}", me,
            )  # fmt: skip
            self._ledger.ask(CHECK, len(lines))
            if foreign := lines - {number for (number,) in own}:
                self._ledger.leak(CHECK, post, "looks at me", f"lines of others: {sorted(foreign)[:5]}")
            if not lines:
                self._ledger.leak(CHECK, post, "looks at me", "there is no line, so nothing was shown")
            client.close()

    def _kept_nowhere(self) -> None:
        """Pages of somebody's are kept by no cache and bear no mark by which one could ask whether they changed."""
        for post, path in (
            ("self", "/my/file"), ("self", "/my/looks"), ("self", "/api/my/looks"), ("agent", "/my/companies"),
            ("committee", "/desk/register/companies"), ("committee", "/desk/search?q=9"),
            ("committee", f"/desk/register/persons/{self._district.rule.persons['inside']}"),
        ):  # fmt: skip
            client = self._district.client(post)
            answer = client.get(path)
            headers = {name.lower(): value for name, value in answer.headers.items()}
            self._ledger.ask(CACHE)
            if answer.status != 200 or "no-store" not in headers.get("cache-control", ""):
                self._ledger.leak(CACHE, post, path, f"{answer.status}, {headers.get('cache-control')}")
            if "etag" in headers or "last-modified" in headers:
                self._ledger.leak(CACHE, post, path, "bears a mark")
            again = client.get(
                path, **{"If-None-Match": "*", "If-Modified-Since": "Sat, 21 Nov 2026 00:00:00 GMT"}
            )
            if again.status == 304:
                self._ledger.leak(CACHE, post, path, "answers 304")
            client.close()


def _both(paths: tuple[str, str], tail: str) -> tuple[str, str]:
    return paths[0] + tail, paths[1] + tail


_CHANGES = re.compile(
    r'(csrfmiddlewaretoken" value="|nonce="|name="command" value="|name="typed_by" value=")[^"]*'
)


def _plain(answer: Answer, *said: str) -> str:
    """A text without what one said oneself and what differs each time."""
    text = _CHANGES.sub("", answer.body)
    for path in said:
        for part in (
            path,
            path.rpartition("/")[2],
            *re.findall(r"[0-9a-f-]{36}|[0-9A-Z]{15,}|YX[\d-]+", path),
        ):
            text = text.replace(part, "·") if len(part) > 2 else text
    return text


def _first_difference(one: str, other: str) -> str:
    place = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return f"…{one[max(0, place - 30) : place + 30]!r} beside {other[max(0, place - 30) : place + 30]!r}"
