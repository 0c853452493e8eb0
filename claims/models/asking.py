"""How we ask an office, what counts in its clock, and what comes back through the one-time link."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from budgets.models.columns import COMMON_ERA, public_id
from claims.vocabulary import Channel, Language


class RequestLetter(models.Model):
    """A formal letter to an office about a claim. Once it is delivered there is a `ResponseRequest`, and not before."""

    public_id = public_id()
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="letters")
    office = models.ForeignKey("claims.Office", on_delete=models.PROTECT, related_name="letters")
    year = models.PositiveSmallIntegerField(editable=False, help_text="C.E. year of its number.")
    serial = models.PositiveIntegerField(editable=False, help_text="Running number in the year.")
    lang = models.CharField(max_length=2, choices=Language.choices)
    channel = models.CharField(max_length=12, choices=Channel.choices, default=Channel.EMAIL)
    to_name = models.CharField(
        max_length=200, help_text="As it stands on the letter; the office, not the person, owes."
    )
    to_address = models.EmailField(blank=True, help_text="For e-mail.")
    subject = models.CharField(max_length=300)
    body = models.TextField(help_text="Plain text. Say what is claimed, what is asked, and by when.")
    working_days = models.PositiveSmallIntegerField(default=15)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    send_due_at = models.DateTimeField(null=True, help_text="Set: a worker is to send it.")
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True, help_text="Given up; a person decides what to do.")
    failure = models.CharField(max_length=300, blank=True)
    pdf = models.FileField(upload_to="letters/", blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    request = models.OneToOneField("claims.ResponseRequest", on_delete=models.PROTECT, null=True, related_name="letter")

    class Meta:
        ordering = ["-year", "-serial"]
        indexes = [
            models.Index(fields=["send_due_at"], condition=Q(send_due_at__isnull=False), name="letter_due"),
            models.Index(fields=["failed_at"], condition=Q(failed_at__isnull=False), name="letter_failed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="letter_number_once"),
            models.CheckConstraint(
                condition=Q(lang__in=Language.values) & Q(channel__in=Channel.values), name="letter_codes_known"
            ),
            models.CheckConstraint(
                condition=Q(working_days__gte=1, working_days__lte=365), name="letter_days_possible"
            ),
            models.CheckConstraint(
                condition=Q(send_due_at__isnull=True) | ~Q(to_address=""), name="letter_to_be_sent_has_address"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}, {self.to_name}"

    @property
    def number(self) -> str:
        """As it stands on the letter."""
        return f"TR {self.year}/{self.serial:04d}"


class ReplyLink(models.Model):
    """The one-time link that an official answers by. Only the hash of its token is kept."""

    request = models.ForeignKey("claims.ResponseRequest", on_delete=models.PROTECT, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="reply_link_expires_later")
        ]

    def __str__(self) -> str:
        return f"link of {self.request_id}"


class ReceivedReply(models.Model):
    """What an official sent through the link. Never published by itself: a person reads it and records a response."""

    public_id = public_id()
    request = models.ForeignKey("claims.ResponseRequest", on_delete=models.PROTECT, related_name="received")
    link = models.OneToOneField(ReplyLink, on_delete=models.PROTECT, related_name="received")
    only_acknowledges = models.BooleanField(default=False, help_text="The sender says: received, an answer follows.")
    text = models.TextField(blank=True)
    sender_name = models.CharField(max_length=200)
    sender_post = models.CharField(max_length=200, blank=True)
    file = models.FileField(upload_to="received/", blank=True)
    file_name = models.CharField(max_length=200, blank=True, help_text="As the sender called it.")
    file_sha256 = models.CharField(max_length=64, blank=True)
    file_size = models.PositiveIntegerField(default=0)
    received_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    handling_note = models.CharField(max_length=300, blank=True)
    response = models.ForeignKey(
        "claims.OfficialResponse", on_delete=models.PROTECT, null=True, blank=True, related_name="received"
    )

    class Meta:
        ordering = ["-received_at"]
        verbose_name_plural = "received replies"
        indexes = [
            models.Index(fields=["received_at"], condition=Q(handled_at__isnull=True), name="received_unhandled")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True, handled_by__isnull=True)
                | Q(handled_at__isnull=False, handled_by__isnull=False),
                name="received_handled_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sender_name}, {self.received_at:%Y-%m-%d}"


class ClockPause(models.Model):
    """Days on which the clock of a request does not count, with a public reason."""

    request = models.ForeignKey("claims.ResponseRequest", on_delete=models.PROTECT, related_name="pauses")
    from_on = models.DateField(validators=COMMON_ERA, help_text="The first day that does not count.")
    until_on = models.DateField(
        validators=COMMON_ERA, null=True, blank=True, help_text="The last one; empty: it still stands."
    )
    reason_en = models.CharField(max_length=300)
    reason_th = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["request", "from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="pause_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(until_on__isnull=True),
                name="pause_one_open_per_request",
                violation_error_message="The clock stands already: let it go on first.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_on} – {self.until_on or '…'}"


class ClockExtension(models.Model):
    """Working days that we added to a deadline, with a public reason. Append-only."""

    request = models.ForeignKey("claims.ResponseRequest", on_delete=models.PROTECT, related_name="extensions")
    working_days = models.PositiveSmallIntegerField()
    granted_on = models.DateField(validators=COMMON_ERA)
    reason_en = models.CharField(max_length=300)
    reason_th = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["request", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(working_days__gte=1, working_days__lte=365), name="extension_days_possible"
            )
        ]

    def __str__(self) -> str:
        return f"+{self.working_days}"
