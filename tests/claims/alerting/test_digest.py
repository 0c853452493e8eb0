"""Once per working day, after the hour, who wants it is told what waits: the desk's own counts, no word of a claim."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import Settings

from claims.alerting.digest import is_working_day, make_digests
from claims.alerting.preferences import Wishes, WishRefused, choose_alerts
from claims.models.calendar import CalendarDay
from claims.models.desk import Alert, AlertPreference
from claims.outbound.policy import Policy
from ledger.models import Entry
from tests.claims.admin.conftest import As
from tests.factories.cast import Cast
from tests.factories.claims import draft_claim
from tests.factories.nouns import JurisdictionFactory

MONDAY = datetime(2026, 3, 9, 1, 30, tzinfo=UTC)  # half past eight in Bangkok
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def hour(settings: Settings) -> None:
    settings.DIGEST_HOUR = 8


def wishes(**fields: object) -> Wishes:
    return Wishes(**({"new_replies": True, "lost_quotes": True, "digest": True} | fields))  # type: ignore[arg-type]


def wants(cast: Cast) -> None:
    """The contributor has a draft, an address, and wants the digest."""
    draft_claim(by=cast.contributor, now=MONDAY - 3 * DAY)
    type(cast.contributor).objects.filter(pk=cast.contributor.pk).update(email="c@example.org")
    choose_alerts(wishes=wishes(), policy=Policy(), by=cast.contributor)


def test_it_tells_how_much_waits_since_when_and_where(cast: Cast, settings: Settings) -> None:
    wants(cast)
    assert make_digests(now=MONDAY) == 1
    alert = Alert.objects.get()
    assert (alert.user, alert.kind, alert.key, alert.path) == (cast.contributor, "digest", "2026-03-09", "/admin/")
    assert (alert.due_at, alert.state, alert.by_webhook) == (MONDAY, "waiting", False)
    assert "1 thing waits for you" in alert.subject
    assert "My drafts: 1, oldest 3\xa0days" in alert.text
    assert f"{settings.PUBLIC_ORIGIN}/admin/claims/claim/?waits=my_drafts" in alert.text
    assert "MP says" not in alert.text


def test_once_a_day_and_again_on_the_next(cast: Cast) -> None:
    wants(cast)
    assert [make_digests(now=MONDAY + timedelta(hours=hours)) for hours in (0, 1, 10)] == [1, 0, 0]
    assert make_digests(now=MONDAY + DAY) == 1


@pytest.mark.parametrize(
    "now",
    [
        MONDAY - timedelta(hours=1),  # half past seven
        MONDAY - DAY,  # Sunday
        datetime(2026, 4, 13, 2, 0, tzinfo=UTC),  # Songkran
    ],
)
def test_not_before_the_hour_nor_on_a_day_off(now: datetime, cast: Cast) -> None:
    wants(cast)
    assert make_digests(now=now) == 0
    assert AlertPreference.objects.get().digest_sent_on is None


def test_a_day_that_was_announced_late_is_a_day_off(cast: Cast) -> None:
    assert is_working_day(date(2026, 3, 9))
    CalendarDay.objects.create(
        jurisdiction=JurisdictionFactory.create(), day=date(2026, 3, 9), name_en="Closed", name_th="ปิด",
        announced_on=date(2026, 3, 5), where="Gazette", recorded_by=cast.editor, recorded_at=MONDAY,
    )  # fmt: skip
    assert not is_working_day(date(2026, 3, 9))


def test_who_has_nothing_waiting_no_address_or_no_wish_gets_no_mail(cast: Cast) -> None:
    wants(cast)
    choose_alerts(wishes=wishes(), policy=Policy(), by=cast.auditor)  # nothing waits for auditors
    draft_claim(by=cast.reviewer)
    choose_alerts(wishes=wishes(), policy=Policy(), by=cast.reviewer)  # no address
    choose_alerts(wishes=wishes(digest=False), policy=Policy(), by=cast.editor)
    assert make_digests(now=MONDAY) == 1
    assert Alert.objects.get().user == cast.contributor


def test_a_new_address_gets_a_new_secret_and_an_old_one_keeps_its_own(cast: Cast) -> None:
    url = "https://hooks.example.org/a"
    first = choose_alerts(wishes=wishes(webhook_url=url), policy=Policy(), by=cast.editor).webhook_secret
    again = choose_alerts(wishes=wishes(webhook_url=url, digest=False), policy=Policy(), by=cast.editor).webhook_secret
    other = choose_alerts(wishes=wishes(webhook_url=url + "b"), policy=Policy(), by=cast.editor).webhook_secret
    assert first == again != other
    assert len(first) >= 40
    gone = choose_alerts(wishes=wishes(), policy=Policy(), by=cast.editor)
    assert (gone.webhook_url, gone.webhook_secret) == ("", "")
    entry = Entry.objects.select_related("content").latest("index")
    assert (entry.verb, entry.content.content["webhook"]) == ("alerts.chosen", False)


@pytest.mark.parametrize("url", ["http://hooks.example.org/", "https://10.0.0.1/", "https://localhost/x", "nonsense"])
def test_alerts_go_nowhere_private_and_nowhere_in_the_clear(url: str, cast: Cast) -> None:
    with pytest.raises(WishRefused):
        choose_alerts(wishes=wishes(webhook_url=url), policy=Policy(), by=cast.editor)
    assert not AlertPreference.objects.exists()


def test_one_chooses_on_a_page_of_ones_own(cast: Cast, browser: As) -> None:
    url = "/admin/claims/alertpreference/mine/"
    page = browser("contributor").get(url).content.decode()
    assert "Your account has no e-mail address" in page
    assert "after 8:00" in page
    refused = browser("contributor").post(url, {"digest": "on", "webhook_url": "https://10.0.0.1/"})
    assert "private network" in refused.content.decode()
    browser("contributor").post(url, {"digest": "on", "webhook_url": "https://hooks.example.org/"})
    kept = AlertPreference.objects.get()
    assert (kept.user, kept.digest, kept.new_replies) == (cast.contributor, True, False)
    assert kept.webhook_secret in browser("contributor").get(url).content.decode()
    assert kept.webhook_secret not in browser("editor").get(url).content.decode()
    assert browser("editor").get("/admin/claims/alertpreference/").status_code == 403
