"""What somebody wants to be told of."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from claims.alerting.signing import new_secret
from claims.models.desk import AlertPreference
from claims.outbound.policy import Policy, Refused, judge_url
from ledger.recording import record


class WishRefused(Exception):
    """An address for alerts cannot be used; carries one sentence."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody chose; without an address nothing is posted anywhere."""

    new_replies: bool
    lost_quotes: bool
    digest: bool
    webhook_url: str = ""


def choose_alerts(*, wishes: Wishes, policy: Policy, by: User) -> AlertPreference:
    """Store one's own wishes. Raises `WishRefused`.

    A new address gets a new secret to sign with, so that who knew the old one learns nothing of what is posted now.
    """
    url = _judged(wishes.webhook_url, policy)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # the row may not be there yet, so the person is locked
        kept = AlertPreference.objects.filter(user=by).first() or AlertPreference(user=by)
        if url != kept.webhook_url:
            kept.webhook_url, kept.webhook_secret = url, new_secret() if url else ""
        kept.new_replies, kept.lost_quotes, kept.digest = wishes.new_replies, wishes.lost_quotes, wishes.digest
        kept.save()
        content = {"user": str(by.pk), "digest": kept.digest, "webhook": bool(url)}
        record("alerts.chosen", subject_kind="alerts", subject_id=str(kept.pk), content=content)
    return kept


def forget_webhook(*, user: User, url: str) -> None:
    """Take the address away because whoever answers there says that it is gone for good."""
    with transaction.atomic():
        kept = AlertPreference.objects.select_for_update().filter(user=user, webhook_url=url).first()
        if kept is None:  # its owner has chosen another one meanwhile
            return
        kept.webhook_url, kept.webhook_secret = "", ""
        kept.save(update_fields=["webhook_url", "webhook_secret"])
        record("alerts.webhook_gone", subject_kind="alerts", subject_id=str(kept.pk), content={"user": str(user.pk)})


def _judged(url: str, policy: Policy) -> str:
    if not url.strip():
        return ""
    try:
        target = judge_url(url.strip(), policy)
    except Refused as refused:
        raise WishRefused(refused.sentence["en"]) from refused
    if target.scheme != "https" and not target.is_local_site:
        raise WishRefused("Alerts are posted over https only.")
    return target.url
