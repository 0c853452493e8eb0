"""What publication promises, held by the database for every role: two persons, one live edition, nothing changes."""

from django.db import migrations

FORWARD = """
INSERT INTO claims_changecounter (id, last) VALUES (1, 0);

CREATE FUNCTION claims_refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: what was published or decided is never changed', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- One transition at a time, never by the hand that wrote it, and nothing after publication.
CREATE FUNCTION claims_check_review() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.state = 'published' THEN
        RAISE EXCEPTION 'review % is published and final', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.claim_id <> OLD.claim_id OR NEW.number <> OLD.number THEN
        RAISE EXCEPTION 'review % stays with its claim', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('drafted', 'in_review'), ('in_review', 'drafted'), ('in_review', 'approved'),
        ('approved', 'drafted'), ('approved', 'published')) THEN
        RAISE EXCEPTION 'review % cannot go from % to %', OLD.id, OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.state IN ('in_review', 'approved') AND NEW.state <> 'drafted'
        AND (NEW.content_hash, NEW.digests, NEW.rating, NEW.reasons_en, NEW.reasons_th, NEW.kind, NEW.note_en, NEW.note_th)
        IS DISTINCT FROM
        (OLD.content_hash, OLD.digests, OLD.rating, OLD.reasons_en, OLD.reasons_th, OLD.kind, OLD.note_en, OLD.note_th)
        THEN
        RAISE EXCEPTION 'review % is frozen while others judge it', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.state IN ('approved', 'published') THEN
        PERFORM claims_require_two_persons(NEW);
    END IF;
    IF NEW.state = 'published' AND NOT EXISTS (SELECT 1 FROM claims_edition WHERE review_id = NEW.id) THEN
        RAISE EXCEPTION 'review % has no edition', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION claims_require_two_persons(review claims_claimreview) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
                                             WHERE e.subject_kind = 'claim' AND e.subject_id = c.public_id)) THEN
        RAISE EXCEPTION 'review % needs a second person who approved this very text', review.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$;

CREATE FUNCTION claims_check_new_review() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.state <> 'drafted' THEN
        RAISE EXCEPTION 'a review begins as a draft' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- Writing after somebody else approved would launder one's own text.
CREATE FUNCTION claims_check_author() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM claims_claimreview WHERE id = NEW.review_id AND state = 'drafted' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'review % is not being drafted', NEW.review_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION claims_check_edition() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    review claims_claimreview;
    newest integer;
BEGIN
    SELECT * INTO review FROM claims_claimreview WHERE id = NEW.review_id FOR UPDATE;
    IF review.state IS DISTINCT FROM 'approved' THEN
        RAISE EXCEPTION 'an edition needs an approved review' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    PERFORM claims_require_two_persons(review);
    IF NEW.approved_by_id <> review.approved_by_id THEN
        RAISE EXCEPTION 'the edition names another approver than its review'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.digest IS DISTINCT FROM review.digests ->> (NEW.subject_kind || ':' || NEW.subject_id) THEN
        RAISE EXCEPTION 'the edition is not a document that was approved'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.subject_kind = 'claim' AND (NEW.kind, NEW.note_en, NEW.note_th) IS DISTINCT FROM
        (CASE NEW.number WHEN 1 THEN 'initial' ELSE review.kind END,
         CASE NEW.number WHEN 1 THEN '' ELSE review.note_en END,
         CASE NEW.number WHEN 1 THEN '' ELSE review.note_th END) THEN
        RAISE EXCEPTION 'the edition says another thing of itself than was approved'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.subject_kind = 'claim' AND NOT EXISTS (
        SELECT 1 FROM claims_claim WHERE id = review.claim_id AND public_id = NEW.subject_id AND slug = NEW.slug) THEN
        RAISE EXCEPTION 'the edition is of another claim than its review'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT coalesce(max(number), 0) INTO newest FROM claims_edition
        WHERE subject_kind = NEW.subject_kind AND subject_id = NEW.subject_id;
    IF NEW.number <> newest + 1 THEN
        RAISE EXCEPTION 'edition % does not follow edition %', NEW.number, newest
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION claims_check_edition_text() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM claims_edition WHERE id = NEW.edition_id
                   AND digest = encode(sha256(convert_to(NEW.body, 'UTF8')), 'hex')) THEN
        RAISE EXCEPTION 'the text is not the one its edition was digested from'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- Once its review is published, an edition is complete.
CREATE FUNCTION claims_check_item() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM claims_edition e JOIN claims_claimreview r ON r.id = e.review_id
                   WHERE e.id = NEW.edition_id AND r.state = 'approved') THEN
        RAISE EXCEPTION 'edition % is complete', NEW.edition_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION claims_check_counter() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.id <> OLD.id OR NEW.last <= OLD.last THEN
        RAISE EXCEPTION 'the counter of changes only counts up' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- The live pointer goes to the claim's own newest edition and never back.
CREATE FUNCTION claims_check_status() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM claims_edition e JOIN claims_claim c ON c.id = NEW.claim_id
        WHERE e.id = NEW.edition_id AND e.subject_kind = 'claim'
          AND e.subject_id = NEW.claim_public_id AND c.public_id = NEW.claim_public_id AND e.slug = NEW.slug
          AND e.number = (SELECT max(number) FROM claims_edition
                          WHERE subject_kind = 'claim' AND subject_id = NEW.claim_public_id)
          AND jsonb_array_length(NEW.history) = e.number
          AND EXISTS (SELECT 1 FROM claims_editiontext t WHERE t.edition_id = e.id AND (t.body = ''
                      OR t.body::jsonb -> 'heading' = jsonb_build_object('en', NEW.heading_en, 'th', NEW.heading_th)))) THEN
        RAISE EXCEPTION 'the status of % must show its newest edition', NEW.slug
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION claims_keep_slug() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM claims_edition WHERE subject_kind = TG_ARGV[0] AND subject_id = OLD.public_id) THEN
        RAISE EXCEPTION 'the address of a published % never changes', TG_ARGV[0]
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER review_steps BEFORE UPDATE ON claims_claimreview
    FOR EACH ROW EXECUTE FUNCTION claims_check_review();
CREATE TRIGGER review_begins BEFORE INSERT ON claims_claimreview
    FOR EACH ROW EXECUTE FUNCTION claims_check_new_review();
CREATE TRIGGER author_writes_drafts BEFORE INSERT ON claims_reviewauthor
    FOR EACH ROW EXECUTE FUNCTION claims_check_author();
CREATE TRIGGER author_stays BEFORE UPDATE OR DELETE ON claims_reviewauthor
    FOR EACH ROW EXECUTE FUNCTION claims_refuse_change();
CREATE TRIGGER authors_are_kept BEFORE TRUNCATE ON claims_reviewauthor
    FOR EACH STATEMENT EXECUTE FUNCTION claims_refuse_change();
CREATE TRIGGER edit_is_final BEFORE UPDATE OR DELETE ON claims_draftedit
    FOR EACH ROW EXECUTE FUNCTION claims_refuse_change();
CREATE TRIGGER edits_are_kept BEFORE TRUNCATE ON claims_draftedit
    FOR EACH STATEMENT EXECUTE FUNCTION claims_refuse_change();
CREATE TRIGGER decision_is_final BEFORE UPDATE OR DELETE ON claims_reviewdecision
    FOR EACH ROW EXECUTE FUNCTION claims_refuse_change();
CREATE TRIGGER decisions_are_kept BEFORE TRUNCATE ON claims_reviewdecision
    FOR EACH STATEMENT EXECUTE FUNCTION claims_refuse_change();
CREATE TRIGGER edition_has_two_persons BEFORE INSERT ON claims_edition
    FOR EACH ROW EXECUTE FUNCTION claims_check_edition();
CREATE TRIGGER edition_is_final BEFORE UPDATE OR DELETE ON claims_edition
    FOR EACH ROW EXECUTE FUNCTION claims_refuse_change();
CREATE TRIGGER editions_are_kept BEFORE TRUNCATE ON claims_edition
    FOR EACH STATEMENT EXECUTE FUNCTION claims_refuse_change();
CREATE TRIGGER text_is_digested BEFORE INSERT ON claims_editiontext
    FOR EACH ROW EXECUTE FUNCTION claims_check_edition_text();
CREATE TRIGGER text_is_final BEFORE UPDATE OR DELETE ON claims_editiontext
    FOR EACH ROW EXECUTE FUNCTION claims_refuse_change();
CREATE TRIGGER texts_are_kept BEFORE TRUNCATE ON claims_editiontext
    FOR EACH STATEMENT EXECUTE FUNCTION claims_refuse_change();
CREATE TRIGGER item_of_new_edition BEFORE INSERT ON claims_publisheditem
    FOR EACH ROW EXECUTE FUNCTION claims_check_item();
CREATE TRIGGER counter_counts_up BEFORE UPDATE ON claims_changecounter
    FOR EACH ROW EXECUTE FUNCTION claims_check_counter();
CREATE TRIGGER counter_stays BEFORE DELETE ON claims_changecounter
    FOR EACH ROW EXECUTE FUNCTION claims_refuse_change();
CREATE TRIGGER item_is_final BEFORE UPDATE OR DELETE ON claims_publisheditem
    FOR EACH ROW EXECUTE FUNCTION claims_refuse_change();
CREATE TRIGGER items_are_kept BEFORE TRUNCATE ON claims_publisheditem
    FOR EACH STATEMENT EXECUTE FUNCTION claims_refuse_change();
CREATE TRIGGER status_points_at_newest BEFORE INSERT OR UPDATE OF edition_id, claim_id, claim_public_id, slug,
    heading_en, heading_th, history ON claims_publicstatus FOR EACH ROW EXECUTE FUNCTION claims_check_status();
CREATE TRIGGER status_stays BEFORE DELETE ON claims_publicstatus
    FOR EACH ROW EXECUTE FUNCTION claims_refuse_change();
CREATE TRIGGER statuses_are_kept BEFORE TRUNCATE ON claims_publicstatus
    FOR EACH STATEMENT EXECUTE FUNCTION claims_refuse_change();
CREATE TRIGGER claim_keeps_slug BEFORE UPDATE OF slug ON claims_claim
    FOR EACH ROW WHEN (OLD.slug <> NEW.slug) EXECUTE FUNCTION claims_keep_slug('claim');
CREATE TRIGGER dossier_keeps_slug BEFORE UPDATE OF slug ON claims_dossier
    FOR EACH ROW WHEN (OLD.slug <> NEW.slug) EXECUTE FUNCTION claims_keep_slug('dossier');
CREATE TRIGGER person_keeps_slug BEFORE UPDATE OF slug ON claims_person
    FOR EACH ROW WHEN (OLD.slug <> NEW.slug) EXECUTE FUNCTION claims_keep_slug('person');
CREATE TRIGGER agency_keeps_slug BEFORE UPDATE OF slug ON budgets_agency
    FOR EACH ROW WHEN (OLD.slug <> NEW.slug) EXECUTE FUNCTION claims_keep_slug('agency');

ALTER TABLE claims_claimreview ENABLE ALWAYS TRIGGER review_steps, ENABLE ALWAYS TRIGGER review_begins;
ALTER TABLE claims_reviewauthor ENABLE ALWAYS TRIGGER author_writes_drafts, ENABLE ALWAYS TRIGGER author_stays,
    ENABLE ALWAYS TRIGGER authors_are_kept;
ALTER TABLE claims_draftedit ENABLE ALWAYS TRIGGER edit_is_final, ENABLE ALWAYS TRIGGER edits_are_kept;
ALTER TABLE claims_reviewdecision ENABLE ALWAYS TRIGGER decision_is_final, ENABLE ALWAYS TRIGGER decisions_are_kept;
ALTER TABLE claims_edition ENABLE ALWAYS TRIGGER edition_has_two_persons, ENABLE ALWAYS TRIGGER edition_is_final,
    ENABLE ALWAYS TRIGGER editions_are_kept;
ALTER TABLE claims_editiontext ENABLE ALWAYS TRIGGER text_is_digested, ENABLE ALWAYS TRIGGER text_is_final,
    ENABLE ALWAYS TRIGGER texts_are_kept;
ALTER TABLE claims_changecounter ENABLE ALWAYS TRIGGER counter_counts_up, ENABLE ALWAYS TRIGGER counter_stays;
ALTER TABLE claims_publisheditem ENABLE ALWAYS TRIGGER item_of_new_edition, ENABLE ALWAYS TRIGGER item_is_final, ENABLE ALWAYS TRIGGER items_are_kept;
ALTER TABLE claims_publicstatus ENABLE ALWAYS TRIGGER status_points_at_newest, ENABLE ALWAYS TRIGGER status_stays,
    ENABLE ALWAYS TRIGGER statuses_are_kept;
"""

_TRIGGERS = {
    "budgets_agency": ["agency_keeps_slug"],
    "claims_person": ["person_keeps_slug"],
    "claims_dossier": ["dossier_keeps_slug"],
    "claims_claim": ["claim_keeps_slug"],
    "claims_publicstatus": [
        "status_points_at_newest",
        "status_stays",
        "statuses_are_kept",
    ],
    "claims_changecounter": ["counter_counts_up", "counter_stays"],
    "claims_publisheditem": ["item_of_new_edition", "item_is_final", "items_are_kept"],
    "claims_editiontext": ["text_is_digested", "text_is_final", "texts_are_kept"],
    "claims_edition": [
        "edition_has_two_persons",
        "edition_is_final",
        "editions_are_kept",
    ],
    "claims_draftedit": ["edit_is_final", "edits_are_kept"],
    "claims_reviewdecision": ["decision_is_final", "decisions_are_kept"],
    "claims_reviewauthor": ["author_writes_drafts", "author_stays", "authors_are_kept"],
    "claims_claimreview": ["review_steps", "review_begins"],
}
_FUNCTIONS = [
    "claims_keep_slug()",
    "claims_check_status()",
    "claims_check_counter()",
    "claims_check_item()",
    "claims_check_edition_text()",
    "claims_check_edition()",
    "claims_check_author()",
    "claims_check_new_review()",
    "claims_check_review()",
    "claims_require_two_persons(claims_claimreview)",
    "claims_refuse_change()",
]
BACKWARD = "\n".join(
    [f"DROP TRIGGER {name} ON {table};" for table, names in _TRIGGERS.items() for name in names]
    + [f"DROP FUNCTION {function};" for function in _FUNCTIONS]
    + ["DELETE FROM claims_changecounter;"]
)


class Migration(migrations.Migration):
    """Triggers of reviews, editions and statuses."""

    dependencies = [("claims", "0001_initial"), ("ledger", "0002_promises")]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
