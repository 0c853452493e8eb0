"""The whole workflow, held by the database: each move is a decision, ratings are blind, reasons are public."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import budgets.models.columns

# Taken apart from 0002: the functions that this migration replaces, to put them back.
_BEFORE = import_module("claims.migrations.0002_promises").FORWARD


def _before(name: str) -> str:
    start = _BEFORE.index(f"CREATE FUNCTION {name}(")
    end = _BEFORE.index("END $$;", start) + len("END $$;")
    return _BEFORE[start:end].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


FORWARD = """
-- The pairs of claims.review.transitions; a test compares the two.
CREATE FUNCTION claims_is_move(from_state text, to_state text) RETURNS boolean LANGUAGE sql IMMUTABLE
    SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (from_state, to_state) IN (
        ('', 'drafted'), ('', 'intake'), ('approved', 'drafted'),
        ('approved', 'published'), ('approved', 'retracted'), ('approved', 'superseded'),
        ('assigned', 'assigned'), ('assigned', 'declined'), ('assigned', 'drafted'),
        ('assigned', 'on_hold'), ('assigned', 'triaged'), ('awaiting_reply', 'awaiting_reply'),
        ('awaiting_reply', 'drafted'), ('awaiting_reply', 'in_review'), ('awaiting_reply', 'on_hold'),
        ('drafted', 'awaiting_reply'), ('drafted', 'declined'), ('drafted', 'drafted'),
        ('drafted', 'in_review'), ('drafted', 'on_hold'), ('in_review', 'approved'),
        ('in_review', 'drafted'), ('in_review', 'in_review'), ('in_review', 'second_review'),
        ('intake', 'declined'), ('intake', 'on_hold'), ('intake', 'triaged'),
        ('on_hold', 'assigned'), ('on_hold', 'awaiting_reply'), ('on_hold', 'drafted'),
        ('on_hold', 'intake'), ('on_hold', 'triaged'), ('on_hold', 'under_revision'),
        ('published', 'under_revision'), ('retracted', 'under_revision'), ('second_review', 'approved'),
        ('second_review', 'drafted'), ('second_review', 'second_review'), ('superseded', 'under_revision'),
        ('triaged', 'assigned'), ('triaged', 'declined'), ('triaged', 'on_hold'),
        ('under_revision', 'awaiting_reply'), ('under_revision', 'in_review'), ('under_revision', 'on_hold'),
        ('under_revision', 'under_revision'))
$$;

-- A state changes only to what the newest decision says.
CREATE OR REPLACE FUNCTION claims_check_review() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.state IN ('declined', 'published', 'retracted', 'superseded') THEN
        RAISE EXCEPTION 'review % is % and final', OLD.id, OLD.state USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.claim_id <> OLD.claim_id OR NEW.number <> OLD.number THEN
        RAISE EXCEPTION 'review % stays with its claim', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.state <> OLD.state THEN
        IF NOT claims_is_move(OLD.state, NEW.state)
            OR (OLD.state = 'on_hold' AND NEW.state <> OLD.held_from) THEN
            RAISE EXCEPTION 'review % cannot go from % to %', OLD.id, OLD.state, NEW.state
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NEW.state = 'on_hold' AND NEW.held_from <> OLD.state THEN
            RAISE EXCEPTION 'review % goes back to where it was held', OLD.id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF (SELECT (d.from_state, d.to_state) FROM claims_reviewdecision d WHERE d.review_id = OLD.id
            ORDER BY d.id DESC LIMIT 1) IS DISTINCT FROM (OLD.state, NEW.state) THEN
            RAISE EXCEPTION 'review % moves by a decision only', OLD.id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    IF OLD.state IN ('in_review', 'second_review', 'approved') AND NEW.state <> 'drafted'
        AND (NEW.content_hash, NEW.digests, NEW.rating, NEW.reasons_en, NEW.reasons_th, NEW.kind, NEW.note_en,
             NEW.note_th, NEW.pending_language, NEW.superseded_by_id, NEW.submitted_by_id)
        IS DISTINCT FROM
        (OLD.content_hash, OLD.digests, OLD.rating, OLD.reasons_en, OLD.reasons_th, OLD.kind, OLD.note_en,
             OLD.note_th, OLD.pending_language, OLD.superseded_by_id, OLD.submitted_by_id)
        THEN
        RAISE EXCEPTION 'review % is frozen while others judge it', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.state IN ('approved', 'published', 'retracted', 'superseded') THEN
        PERFORM claims_require_two_persons(NEW);
    END IF;
    IF NEW.state IN ('published', 'retracted', 'superseded') THEN
        IF NOT EXISTS (SELECT 1 FROM claims_edition WHERE review_id = NEW.id AND subject_kind = 'claim') THEN
            RAISE EXCEPTION 'review % has no edition', OLD.id USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NEW.state <> (CASE NEW.kind WHEN 'retraction' THEN 'retracted' WHEN 'supersession' THEN 'superseded'
                         ELSE 'published' END) THEN
            RAISE EXCEPTION 'review % is a % and cannot be %', OLD.id, NEW.kind, NEW.state
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NEW.embargo_until > clock_timestamp() THEN
            RAISE EXCEPTION 'review % is not public before %', OLD.id, NEW.embargo_until
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION claims_require_two_persons(review claims_claimreview) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF review.approved_by_id IS NULL OR review.submitted_by_id IS NULL OR review.content_hash = ''
        OR review.approved_hash IS DISTINCT FROM review.content_hash
        OR NOT EXISTS (SELECT 1 FROM claims_reviewauthor a
                       WHERE a.review_id = review.id AND a.user_id = review.submitted_by_id)
        OR EXISTS (SELECT 1 FROM claims_reviewauthor a
                   WHERE a.review_id = review.id AND a.user_id = review.approved_by_id)
        OR EXISTS (SELECT 1 FROM claims_draftedit d JOIN claims_claim c ON c.public_id = d.subject_id
                   WHERE c.id = review.claim_id AND d.subject_kind = 'claim' AND d.user_id = review.approved_by_id
                     AND d.after_edition >= (SELECT coalesce(max(e.number), 0) FROM claims_edition e
                                             WHERE e.subject_kind = 'claim' AND e.subject_id = c.public_id))
        OR EXISTS (SELECT 1 FROM claims_waiver w WHERE w.claim_id = review.claim_id
                   AND w.by_id = review.approved_by_id AND w.withdrawn_at IS NULL) THEN
        RAISE EXCEPTION 'review % needs a second person who approved this very text', review.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF review.rating <> 'not_yet_rated' AND NOT (
        SELECT coalesce(bool_or(i.by_id = review.approved_by_id AND i.rating = review.rating), false)
           AND count(*) FILTER (WHERE i.rating = review.rating) >= count(*) FILTER (WHERE i.rating <> review.rating)
        FROM claims_independentrating i
        WHERE i.review_id = review.id AND i.content_hash = review.content_hash) THEN
        RAISE EXCEPTION 'review % needs an independent rating by its approver, and no majority against it', review.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM claims_interest i WHERE i.user_id = review.approved_by_id AND i.ended_on IS NULL AND (
        i.person_id IN (SELECT person_id FROM claims_claimant WHERE claim_id = review.claim_id)
        OR i.agency_id IN (SELECT party_id FROM claims_claimant WHERE claim_id = review.claim_id)
        OR i.agency_id IN (SELECT agency_id FROM claims_claim_agencies WHERE claim_id = review.claim_id))) THEN
        RAISE EXCEPTION 'the approver of review % has an interest in it', review.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$;

CREATE OR REPLACE FUNCTION claims_check_new_review() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.state NOT IN ('intake', 'drafted', 'under_revision') OR (NEW.state = 'under_revision') <> (NEW.number > 1) THEN
        RAISE EXCEPTION 'a review begins as a draft' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION claims_check_author() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM claims_claimreview WHERE id = NEW.review_id
        AND state IN ('intake', 'triaged', 'assigned', 'drafted', 'awaiting_reply', 'under_revision') FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'review % is not being drafted', NEW.review_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- A decision goes out from where the review stands, and one is carried out before the next is made.
CREATE FUNCTION claims_check_decision() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    standing text;
    last text;
BEGIN
    SELECT state INTO standing FROM claims_claimreview WHERE id = NEW.review_id FOR UPDATE;
    SELECT to_state INTO last FROM claims_reviewdecision WHERE review_id = NEW.review_id ORDER BY id DESC LIMIT 1;
    IF NOT claims_is_move(NEW.from_state, NEW.to_state)
        OR (last IS NOT NULL AND last <> standing)
        OR NOT (NEW.from_state = standing
                OR (last IS NULL AND NEW.from_state IN ('', 'published', 'retracted', 'superseded')
                    AND NEW.to_state = standing)) THEN
        RAISE EXCEPTION 'review % cannot be decided from % to %: it is %', NEW.review_id, NEW.from_state, NEW.to_state,
            standing USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION claims_check_decided() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    reviewed bigint;
BEGIN
    reviewed := CASE TG_TABLE_NAME WHEN 'claims_claimreview' THEN NEW.id ELSE (to_jsonb(NEW) ->> 'review_id')::bigint END;
    IF (SELECT r.state FROM claims_claimreview r WHERE r.id = reviewed) IS DISTINCT FROM
       (SELECT d.to_state FROM claims_reviewdecision d WHERE d.review_id = reviewed ORDER BY d.id DESC LIMIT 1)
       AND EXISTS (SELECT 1 FROM claims_claimreview WHERE id = reviewed) THEN
        RAISE EXCEPTION 'review % stands elsewhere than its newest decision says', reviewed
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- Blind: of the submitted text, while it is judged, by somebody who wrote none of it.
CREATE FUNCTION claims_check_rating() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM claims_claimreview r WHERE r.id = NEW.review_id AND r.state IN ('in_review', 'second_review')
        AND r.content_hash = NEW.content_hash
        AND NOT EXISTS (SELECT 1 FROM claims_reviewauthor a WHERE a.review_id = r.id AND a.user_id = NEW.by_id) FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a rating of review % is by somebody who wrote none of the text that is judged', NEW.review_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION claims_check_declined() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM claims_claimreview WHERE claim_id = NEW.claim_id AND state = 'declined')
        OR EXISTS (SELECT 1 FROM claims_edition e JOIN claims_claim c ON c.public_id = e.subject_id
                   WHERE c.id = NEW.claim_id AND e.subject_kind = 'claim')
        OR EXISTS (SELECT 1 FROM claims_draftedit d JOIN claims_claim c ON c.public_id = d.subject_id
                   WHERE c.id = NEW.claim_id AND d.subject_kind = 'claim' AND d.user_id = NEW.by_id) THEN
        RAISE EXCEPTION 'a claim is declined by somebody who wrote none of it, before it was ever published'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION claims_check_waiver() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL OR NEW.withdrawn_by_id IS NULL
        OR (NEW.claim_id, NEW.rule, NEW.reason_en, NEW.reason_th, NEW.by_id, NEW.at)
           IS DISTINCT FROM (OLD.claim_id, OLD.rule, OLD.reason_en, OLD.reason_th, OLD.by_id, OLD.at) THEN
        RAISE EXCEPTION 'a waiver is withdrawn, never changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER decision_goes_on BEFORE INSERT ON claims_reviewdecision
    FOR EACH ROW EXECUTE FUNCTION claims_check_decision();
CREATE CONSTRAINT TRIGGER decision_is_carried_out AFTER INSERT ON claims_reviewdecision DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION claims_check_decided();
CREATE CONSTRAINT TRIGGER review_is_decided AFTER INSERT ON claims_claimreview DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION claims_check_decided();
CREATE TRIGGER rating_is_blind BEFORE INSERT ON claims_independentrating
    FOR EACH ROW EXECUTE FUNCTION claims_check_rating();
CREATE TRIGGER declined_by_another BEFORE INSERT ON claims_declined
    FOR EACH ROW EXECUTE FUNCTION claims_check_declined();
CREATE TRIGGER waiver_is_withdrawn BEFORE UPDATE ON claims_waiver
    FOR EACH ROW EXECUTE FUNCTION claims_check_waiver();
ALTER TABLE claims_reviewdecision ENABLE ALWAYS TRIGGER decision_goes_on, ENABLE ALWAYS TRIGGER decision_is_carried_out;
ALTER TABLE claims_claimreview ENABLE ALWAYS TRIGGER review_is_decided;
ALTER TABLE claims_independentrating ENABLE ALWAYS TRIGGER rating_is_blind;
ALTER TABLE claims_declined ENABLE ALWAYS TRIGGER declined_by_another;
ALTER TABLE claims_waiver ENABLE ALWAYS TRIGGER waiver_is_withdrawn;
"""

# Whoever may add a row may not take it back.
_FINAL = ("independentrating", "declined", "redirect", "calendarday", "clockextension", "contact")
_KEPT = ("waiver", "hiding", "withholding", "interest", "replylink", "receivedreply", "requestletter", "clockpause")


def _keep(table: str, events: str) -> str:
    return f"""
CREATE TRIGGER {table}_stays BEFORE {events} ON claims_{table} FOR EACH ROW EXECUTE FUNCTION claims_refuse_change();
CREATE TRIGGER {table}_is_kept BEFORE TRUNCATE ON claims_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION claims_refuse_change();
ALTER TABLE claims_{table} ENABLE ALWAYS TRIGGER {table}_stays, ENABLE ALWAYS TRIGGER {table}_is_kept;
"""


FORWARD += "".join(_keep(table, "UPDATE OR DELETE") for table in _FINAL)
FORWARD += "".join(_keep(table, "DELETE") for table in _KEPT)

BACKWARD = "".join(
    f"DROP TRIGGER {table}_stays ON claims_{table};\nDROP TRIGGER {table}_is_kept ON claims_{table};\n"
    for table in (*_FINAL, *_KEPT)
)
BACKWARD += """
DROP TRIGGER decision_goes_on ON claims_reviewdecision;
DROP TRIGGER decision_is_carried_out ON claims_reviewdecision;
DROP TRIGGER review_is_decided ON claims_claimreview;
DROP TRIGGER rating_is_blind ON claims_independentrating;
DROP TRIGGER declined_by_another ON claims_declined;
DROP TRIGGER waiver_is_withdrawn ON claims_waiver;
DROP FUNCTION claims_check_decision();
DROP FUNCTION claims_check_decided();
DROP FUNCTION claims_check_rating();
DROP FUNCTION claims_check_declined();
DROP FUNCTION claims_check_waiver();
"""
BACKWARD += "\n".join(
    _before(name)
    for name in (
        "claims_check_review",
        "claims_require_two_persons",
        "claims_check_new_review",
        "claims_check_author",
    )
)
BACKWARD += "\nDROP FUNCTION claims_is_move(text, text);"


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0007_desk"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Declined",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(db_default=budgets.models.columns.Uuid7(), editable=False, unique=True)),
                ("heading_en", models.CharField(max_length=300)),
                ("heading_th", models.CharField(max_length=300)),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("not_checkable", "Nothing in it can be checked"),
                            ("not_public_money", "It is not about public money"),
                            ("not_said", "We could not find that it was said"),
                            ("duplicate", "It is here already"),
                            ("too_small", "Too little depends on it"),
                            ("private", "It concerns a private person"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason_en", models.TextField()),
                ("reason_th", models.TextField()),
                ("declined_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="declined", to="claims.claim"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "declined claims",
                "ordering": ["-declined_at", "-id"],
                "indexes": [models.Index(fields=["-declined_at", "-id"], name="declined_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "code__in",
                                ["not_checkable", "not_public_money", "not_said", "duplicate", "too_small", "private"],
                            ),
                            models.Q(("reason_en", ""), _negated=True),
                            models.Q(("reason_th", ""), _negated=True),
                        ),
                        name="declined_says_why",
                    )
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
