"""Citations of a claim, a dossier or a response.

Source and exact quote identify one among its siblings. A quote that no longer stands in the file is taken for the one
that now stands at its position; then it counts as unchecked again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claims.evidence import EvidenceRefused, cite_evidence, forget_observation
from claims.models.assertion import Assertion
from claims.models.claim import Claim
from claims.models.dossier import Dossier
from claims.models.evidence import EvidenceCitation
from claims.models.response import OfficialResponse
from claims.models.source import Source
from claims.seeding.loading.differences import Difference, Wanted, differences
from claims.seeding.loading.session import Session, both
from claims.seeding.schema.story import CitationEntry


class CitationPlan:
    """What a subject's citations are and what the file wants of them. New ones are cited by the verb."""

    def __init__(
        self,
        session: Session,
        name: str,
        row: Claim | Dossier | OfficialResponse | None,
        entries: Sequence[CitationEntry],
        assertions: Mapping[int, Assertion],
    ) -> None:
        """Compare; `assertions` are the claim's by number, and may still be unsaved."""
        self.session = session
        self.entries = entries
        self.assertions = assertions
        wanted = [self._wanted(name, entry, position) for position, entry in enumerate(entries, start=1)]
        cited = list(row.citations.all()) if row else []
        self.found: list[Difference[EvidenceCitation]] = differences(EvidenceCitation, _matched(cited, wanted), wanted)
        for one in self.found:
            session.note("citation", one)
        session.citations |= {entry.key: one.row for entry, one in zip(entries, self.found, strict=True)}

    @property
    def changed(self) -> list[Difference[EvidenceCitation]]:
        """Standing citations with other words around the quote."""
        return [one for one in self.found if not one.is_new and one.fields]

    def save_changed(self) -> None:
        """Save the standing citations that differ; call it inside the verb that revises their subject."""
        for one in self.changed:
            if "quote_exact" in one.fields:
                forget_observation(one.row)
                watched = Source.objects.filter(citations=one.row, lease_token__isnull=True)
                watched.update(next_check_at=self.session.now)
        self.session.save_all(self.changed)

    def cite(
        self,
        *,
        claim: Claim | None = None,
        dossier: Dossier | None = None,
        response: OfficialResponse | None = None,
    ) -> None:
        """Cite the new quotes for their subject, which stands by now."""
        for entry, one in zip(self.entries, self.found, strict=True):
            if not one.is_new:
                continue
            citation = one.take()
            citation.claim, citation.dossier, citation.response = claim, dossier, response
            try:
                cite_evidence(citation=citation, by=self.session.by, now=self.session.now)
            except EvidenceRefused as error:
                self.session.refuse(f"{entry.at.file}:{entry.at.line}: {entry.key}: {error}")

    def _wanted(self, name: str, entry: CitationEntry, position: int) -> Wanted:
        source = self.session.sources[entry.source]
        values = {
            "source": source,
            "position": position,
            "stance": entry.stance,
            "assertion": self.assertions[entry.assertion] if entry.assertion else None,
            **both("locator", entry.locator),
            "quote_exact": entry.quote.exact,
            "quote_prefix": entry.quote.prefix,
            "quote_suffix": entry.quote.suffix,
            "quote_lang": entry.quote.lang,
            "translation": entry.translation,
        }
        return Wanted(f"{name}/{entry.key}", (source.pk, entry.quote.exact), values)


def _matched(
    cited: Sequence[EvidenceCitation], wanted: Sequence[Wanted]
) -> dict[tuple[int | None, str], EvidenceCitation]:
    """Lead from (source, exact quote) as the file has them to the standing citation that is meant."""
    by_quote = {(one.source_id, one.quote_exact): one for one in cited}
    named = {want.identity for want in wanted}
    rest: dict[tuple[int | None, int], list[EvidenceCitation]] = {}
    for key, one in by_quote.items():
        if key not in named:
            rest.setdefault((one.source_id, one.position), []).append(one)
    matched = dict(by_quote)
    for want in wanted:
        source, quote = want.values["source"].pk, want.values["quote_exact"]
        candidates = rest.get((source, want.values["position"]), [])
        if (source, quote) not in by_quote and len(candidates) == 1:
            matched[source, quote] = candidates[0]
    return matched
