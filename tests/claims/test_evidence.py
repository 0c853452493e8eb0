"""Citations are exact, come from one place, and belong to one subject."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from claims.authorship import authors_since_edition, subject_of
from claims.evidence import EvidenceRefused, cite_evidence, watch_source
from claims.models.evidence import EvidenceCitation
from claims.models.source import Source
from claims.outbound.policy import Policy
from claims.vocabulary import Coverage
from ledger.models import Entry
from tests.factories.cast import Cast
from tests.factories.claims import NOW, cite, draft_claim, make_source, open_review, respond
from tests.factories.nouns import DossierFactory


def citation_of(**fields: object) -> EvidenceCitation:
    return EvidenceCitation(**{"quote_exact": "She said so", "quote_lang": "en", "translation": "กล่าว"} | fields)


def test_citing_makes_the_source_due_now_and_records_it_last(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    source = make_source(by=cast.contributor)
    later = NOW + timedelta(days=3)
    cite(claim, by=cast.contributor, source=source, now=later)
    assert Source.objects.get(pk=source.pk).next_check_at == later
    assert Entry.objects.latest("index").verb == "evidence.cited"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://127.0.0.1/x", "back to this machine"),
        ("http://169.254.169.254/latest/meta-data", "one local network"),
        ("file:///etc/passwd", "http"),
        ("https://user:secret@news.example.org/", ""),
        ("https://intranet/", ""),
        ("", ""),
    ],
)
def test_an_address_that_can_never_be_watched_is_refused_with_a_sentence(cast: Cast, url: str, sentence: str) -> None:
    source = Source(url=url, title="x", title_lang="en", lang="en", publisher_en="x", publisher_th="x")
    with pytest.raises(EvidenceRefused) as refused:
        watch_source(source=source, policy=Policy(), by=cast.contributor, now=NOW)
    assert sentence in str(refused.value)
    assert not Source.objects.exists()


def test_a_page_is_watched_once_for_all_who_cite_it(cast: Cast) -> None:
    make_source(by=cast.contributor, url="https://news.example.org/story")
    with pytest.raises(EvidenceRefused, match="already exists"):
        make_source(by=cast.contributor, url="HTTPS://news.example.org:443/story")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"quote_exact": "  "}, "quote_exact"),
        ({"quote_exact": "one\x00two"}, "control characters"),
        ({"quote_exact": "one \u202etwo"}, "direction-changing"),
        ({"source": None}, "citation_from_one_place"),
        ({"quote_lang": "xx"}, "quote_lang"),
    ],
)
def test_a_faulty_quote_is_refused(cast: Cast, fields: dict[str, object], sentence: str) -> None:
    claim = draft_claim(by=cast.contributor)
    citation = citation_of(**{"claim": claim, "source": make_source(by=cast.contributor)} | fields)
    with pytest.raises(EvidenceRefused, match=sentence):
        cite_evidence(citation=citation, by=cast.contributor, now=NOW)


def test_an_assertion_of_another_claim_is_refused(cast: Cast) -> None:
    one, two = draft_claim(by=cast.contributor), draft_claim(by=cast.contributor)
    citation = citation_of(claim=one, source=make_source(by=cast.contributor), assertion=two.assertions.get())
    with pytest.raises(EvidenceRefused, match="another claim"):
        cite_evidence(citation=citation, by=cast.contributor, now=NOW)


def test_a_quote_is_stored_in_normal_form_c(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    assert cite(claim, by=cast.contributor, quote=" Cafe\u0301 budget ").quote_exact == "Café budget"


def test_the_database_wants_exactly_one_subject(cast: Cast) -> None:
    citation = citation_of(source=make_source(by=cast.contributor))
    with pytest.raises(IntegrityError), transaction.atomic():
        citation.save()


def test_a_quote_of_a_response_counts_as_an_edit_of_the_claims_it_covers(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    response = respond({claim: Coverage.PARTLY}, by=cast.contributor)
    citation = citation_of(response=response, source=make_source(by=cast.contributor))
    cite_evidence(citation=citation, by=cast.reviewer, now=NOW)
    assert open_review(claim).state == "drafted"
    assert authors_since_edition([subject_of(claim)]) == {cast.contributor.pk, cast.reviewer.pk}


def test_a_dossier_can_be_cited_for(cast: Cast) -> None:
    citation = citation_of(dossier=DossierFactory.create(), source=make_source(by=cast.contributor))
    cite_evidence(citation=citation, by=cast.contributor, now=NOW)
    assert EvidenceCitation.objects.get().dossier is not None
