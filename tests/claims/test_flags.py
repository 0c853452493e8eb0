"""A flag opens once, and a person or a recovery closes it."""

from datetime import timedelta

import pytest

from claims.flags import FlagClosed, close_flag, open_flag, resolve_flags
from claims.models.flag import Flag
from claims.vocabulary import FlagCode
from tests.factories.cast import Cast
from tests.factories.claims import NOW, cite, draft_claim


def test_the_same_flag_opens_once(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    citation = cite(claim, by=cast.contributor)
    first = open_flag(code=FlagCode.QUOTE_LOST, claim=claim, source=citation.source, citation=citation, now=NOW)
    again = open_flag(
        code=FlagCode.QUOTE_LOST, claim=claim, source=citation.source, citation=citation, now=NOW + timedelta(days=1)
    )
    assert first is not None
    assert again is None
    assert Flag.objects.open().count() == 1


def test_a_closed_flag_may_open_again(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    flag = open_flag(code=FlagCode.QUOTE_LOST, claim=claim, now=NOW)
    assert flag is not None
    close_flag(flag=flag, note="The page moved.", by=cast.reviewer, now=NOW)
    with pytest.raises(FlagClosed, match="was closed"):
        close_flag(flag=flag, note="Again.", by=cast.reviewer, now=NOW)
    assert open_flag(code=FlagCode.QUOTE_LOST, claim=claim, now=NOW + timedelta(days=1)) is not None


def test_a_recovery_closes_the_flags_of_its_citation_only(cast: Cast) -> None:
    claim = draft_claim(by=cast.contributor)
    one, two = cite(claim, by=cast.contributor), cite(claim, by=cast.contributor)
    for citation in (one, two):
        open_flag(code=FlagCode.QUOTE_EDITED, claim=claim, citation=citation, now=NOW)
    assert resolve_flags(code=FlagCode.QUOTE_EDITED, citation=one, note="Found again.", now=NOW) == 1
    assert Flag.objects.open().get().citation == two
