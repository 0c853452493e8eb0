"""After a claim is hidden, or its texts withheld, no public address says a word of it, in either language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from budgets.figures import record_figure
from budgets.models.budget_line import BudgetLine
from budgets.vocabulary import Exactness, Phase, Provenance, Unit
from claims.api.urls import urlpatterns as api_patterns
from claims.models.assertion import Assertion
from claims.models.claim import Claim
from claims.models.edition import Edition
from claims.models.figure_attribution import FigureAttribution
from claims.models.hiding import Hiding
from claims.models.response import ResponseCoverage
from claims.publication.hiding import hide, lift_hiding
from claims.publication.verbs import publish
from claims.publication.withholding import ask_withholding, confirm_withholding
from claims.review.transitions import Role
from claims.review.verbs import approve, describe_revision, submit
from claims.vocabulary import Coverage, EditionKind, Rating, RevisionReason, SaidBasis, SubjectKind
from claims.web.urls import urlpatterns as web_patterns
from tests.factories.cast import Cast, make_cast, member
from tests.factories.claims import cite, draft_claim, publish_claim, respond
from tests.factories.nouns import AgencyFactory, DossierFactory, PersonFactory

MARK = "secretword"
REASON = ("It names somebody.", "มีชื่อบุคคล")
TEXTS = ("heading", "summary", "claimed", "said", "known", "not_known", "would_settle")
SLUGS = {"claim": "shy", "dossier": "file", "person": "speaker", "agency": "office", "budget-line": "line"}
# What is no page of a claim or takes no part in one.
_NO_SUBJECT = {"docs", "index", "schema", "nowhere"}


@dataclass(frozen=True)
class World:
    """Two editions of a claim that are full of the mark, and who may take them away."""

    claim: Claim
    cast: Cast
    other: User

    def editions(self) -> list[Edition]:
        found = Edition.objects.filter(subject_kind=SubjectKind.CLAIM, slug=self.claim.slug)
        return list(found.order_by("number"))


@pytest.fixture
def world(db: None) -> World:
    cast = make_cast()
    agency = AgencyFactory.create(slug="office")
    line = BudgetLine.objects.create(slug="line", agency=agency, name_en="Line", name_th="รายการ", depth=1)
    person = PersonFactory.create(slug="speaker")
    marked: dict[str, Any] = {f"{name}_{lang}": f"{MARK} {name}" for name in TEXTS for lang in ("en", "th")}
    dossier = DossierFactory.create(slug="file")
    claim = draft_claim(by=cast.contributor, slug="shy", person=person, dossier=dossier, number=1, **marked)
    claim.agencies.add(agency)
    Assertion.objects.filter(claim=claim).update(text_en=f"{MARK} part", text_th=f"{MARK} part")
    cite(claim, by=cast.contributor, quote=f"She said {MARK} aloud")
    respond(
        {claim: Coverage.PARTLY}, by=cast.contributor, speaker=person, text_en=f"{MARK} told", text_th=f"{MARK} บอก"
    )
    ResponseCoverage.objects.filter(claim=claim).update(note_en=f"{MARK} note", note_th=f"{MARK} note")
    figure = record_figure(
        by=cast.contributor, now=timezone.now(), slug="figure", label_en=f"{MARK} cost", label_th=f"{MARK} ราคา",
        agency=agency, line=line, value=Decimal(4), low=Decimal(4), high=Decimal(4), low_closed=True, high_closed=True,
        unit=Unit.MONEY, currency="THB", exactness=Exactness.EXACT, phase=Phase.UNSTATED,
        provenance=Provenance.CLAIMANT,
    )  # fmt: skip
    said = {"said_by_words_en": "She", "said_by_words_th": "เธอ"}
    FigureAttribution.objects.create(figure=figure, claim=claim, basis=SaidBasis.SAID, said_by=person, **said)
    publish_claim(claim, cast)
    _correct(claim, cast)
    return World(claim, cast, member(Role.EDITOR, "second-editor"))


def _correct(claim: Claim, cast: Cast) -> None:
    now = timezone.now()
    review = describe_revision(
        claim=claim, kind=EditionKind.CORRECTION, rating=Rating.NOT_YET_RATED, note=(f"{MARK} why", f"{MARK} เพราะ"),
        code=RevisionReason.OUR_ERROR, by=cast.contributor, now=now,
    )  # fmt: skip
    Claim.objects.filter(pk=claim.pk).update(heading_en=f"{MARK} again", heading_th=f"{MARK} อีก")
    review = approve(review=submit(review=review, by=cast.contributor, now=now), by=cast.reviewer, now=now)
    publish(review=review, by=cast.editor, now=now)


def addresses() -> Iterator[str]:
    """Every public address there is, of the claim and of all that it names, and what a search would ask."""
    for pattern in web_patterns:
        for lang in ("en", "th"):
            yield from _filled(pattern, f"/{lang}/")
    for pattern in api_patterns:
        if pattern.name not in _NO_SUBJECT:
            yield from _filled(pattern, "/api/")
    yield from ("/en/claims/?q=secretword", "/th/claims/?speaker=speaker", "/en/claims/?agency=office&sort=number")
    yield from ("/api/v1/claims/?q=secretword", "/api/v1/claims/?claimant=speaker", "/api/v1/claims/shy/?edition=1")
    yield from (f"/api/v1/{kind}/?claim=shy" for kind in ("responses", "evidence", "figures"))


_OF_CLAIM = ("edition", "clock", "clock-file", "status")
_SUBJECTS = dict.fromkeys(_OF_CLAIM, "claim") | {"budget-agency": "agency"}


def _filled(pattern: URLPattern, before: str) -> Iterator[str]:
    route, name = str(pattern.pattern), pattern.name or ""
    slug = SLUGS.get(_SUBJECTS.get(name, name), "")
    assert slug or "<" not in route, f"{pattern.name} is new: say which slug it takes"
    for number in ("1", "2") if "<int:number>" in route else ("",):
        yield before + route.replace("<slug:slug>", slug).replace("<int:number>", number)


def shown(reader: Client) -> list[str]:
    """The addresses whose answer holds the mark; those that hold only what was asked do not count."""
    found = []
    for address in addresses():
        answer = reader.get(address)
        assert answer.status_code in (200, 302, 404), (address, answer.status_code)
        text = answer.content.decode().replace('value="secretword"', "").replace("q=secretword", "")
        if MARK in text:
            found.append(address)
    return found


def put_away(world: World) -> Hiding:
    return hide(claim=world.claim, reason=REASON, by=world.cast.editor, now=timezone.now())


def test_every_kind_of_page_shows_the_mark_before(reader: Client, world: World) -> None:
    found = set(shown(reader))
    pages = {"/en/", "/th/claims/", "/en/claims/shy/", "/th/claims/shy/editions/1/", "/en/dossiers/file/"}
    pages |= {"/th/people/speaker/", "/en/agencies/office/", "/en/corrections/", "/th/claims/shy/clock/"}
    answers = {
        "claims/",
        "claims/shy/",
        "claims/shy/?edition=1",
        "dossiers/file/",
        "responses/",
        "evidence/",
        "figures/",
    }
    assert found >= pages | {f"/api/v1/{path}" for path in answers}


def test_of_a_hidden_claim_no_address_says_a_word(reader: Client, world: World) -> None:
    hiding = put_away(world)
    assert shown(reader) == []
    lift_hiding(hiding=hiding, note="It was another one.", by=world.other, now=timezone.now())
    assert "/en/claims/shy/" in shown(reader)


def test_of_withheld_editions_no_address_says_a_word(reader: Client, world: World) -> None:
    for edition in world.editions():
        withholding = ask_withholding(edition=edition, reason=REASON, by=world.cast.editor, now=timezone.now())
        confirm_withholding(withholding=withholding, by=world.other, now=timezone.now())
    assert shown(reader) == []


@pytest.mark.parametrize("path", ["claims/shy/", "claims/shy/editions/1/"])
def test_the_notice_says_why_in_both_languages_and_is_not_indexed(reader: Client, world: World, path: str) -> None:
    etag = reader.get(f"/en/{path}")["ETag"]
    put_away(world)
    for lang, words in (("en", ("Hidden for now", REASON[0])), ("th", ("ปิดไว้ชั่วคราว", REASON[1]))):
        answer = reader.get(f"/{lang}/{path}", headers={"if-none-match": etag})
        page = LexborHTMLParser(answer.content.decode())
        assert (answer.status_code, len(page.css("meta[name=robots][content=noindex]"))) == (200, 1)
        assert all(word in page.css("main")[0].text() for word in words)


def test_the_api_says_why_and_that_it_is_hidden(reader: Client, world: World) -> None:
    etag = reader.get("/api/v1/claims/shy/")["ETag"]
    put_away(world)
    for path in ("/api/v1/claims/shy/", "/api/v1/claims/shy/?edition=1", "/api/v1/claims/shy/clock/"):
        answer = reader.get(path, headers={"if-none-match": etag}).json()
        assert answer["withheld"] == {"reason": {"en": REASON[0], "th": REASON[1]}}, path
    claim = reader.get("/api/v1/claims/shy/").json()
    assert (claim["status"]["state"], claim["document"], claim["sources"]) == ("hidden", None, [])
    (line,) = reader.get("/api/v1/claims/").json()["items"]
    assert (line["heading"], line["withheld"], line["status"]["state"]) == (None, True, "hidden")
    (delta,) = reader.get("/api/v1/statuses/").json()["items"]
    assert delta["state"] == "hidden"


def test_a_hidden_claim_keeps_its_row_and_counts_for_nothing(reader: Client, world: World) -> None:
    def text(selector: str) -> str:
        page = LexborHTMLParser(reader.get("/en/dossiers/file/").content.decode())
        return " ".join(found.text() for found in page.css(selector))

    assert "Hidden for now" not in text("main")
    rated = Rating.NOT_YET_RATED.both["en"]
    assert rated in text("#matrix")
    put_away(world)
    assert "Hidden for now" in text("#matrix")
    assert rated not in text("#matrix")
    card = LexborHTMLParser(reader.get("/en/claims/").content.decode()).css(".card")[0].text()
    assert "Hidden for now" in card
    assert rated not in card
    assert "Said by" not in card
