"""Out of sight by two persons, held by the database: what is hidden stays so, and one function erases a text."""

from importlib import import_module

from django.db import migrations

# Taken apart from 0002: the function that this migration replaces, to put it back.
_BEFORE = import_module("claims.migrations.0002_promises").FORWARD


def _before(name: str) -> str:
    start = _BEFORE.index(f"CREATE FUNCTION {name}(")
    end = _BEFORE.index("END $$;", start) + len("END $$;")
    return _BEFORE[start:end].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


FORWARD = """
CREATE FUNCTION claims_check_new_hiding() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF num_nonnulls(NEW.confirmed_by_id, NEW.confirmed_at, NEW.lifted_by_id, NEW.lifted_at) > 0 THEN
        RAISE EXCEPTION 'a second person confirms or lifts a hiding after it began'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- It is confirmed once and lifted once, each by another person than who hid; nothing else of it changes.
CREATE FUNCTION claims_check_hiding() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (NEW.public_id, NEW.claim_id, NEW.reason_en, NEW.reason_th, NEW.by_id, NEW.at)
       IS DISTINCT FROM (OLD.public_id, OLD.claim_id, OLD.reason_en, OLD.reason_th, OLD.by_id, OLD.at)
        OR OLD.lifted_at IS NOT NULL
        OR (OLD.confirmed_at IS NOT NULL
            AND (NEW.confirmed_by_id, NEW.confirmed_at) IS DISTINCT FROM (OLD.confirmed_by_id, OLD.confirmed_at))
        OR num_nonnulls(NEW.confirmed_by_id, NEW.confirmed_at) = 1
        OR num_nonnulls(NEW.lifted_by_id, NEW.lifted_at) = 1
        OR (NEW.lifted_at IS NOT NULL AND (NEW.lifted_by_id = NEW.by_id OR NEW.lifting_note = '')) THEN
        RAISE EXCEPTION 'a hiding is confirmed and lifted by another person, who says why, and never changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION claims_check_hidden() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM claims_hiding WHERE claim_id = NEW.claim_id AND lifted_at IS NULL) THEN
        RAISE EXCEPTION '% is hidden until another person lifts it', NEW.slug
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION claims_check_new_withholding() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF num_nonnulls(NEW.confirmed_by_id, NEW.confirmed_at) > 0 THEN
        RAISE EXCEPTION 'a withholding is asked for first' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- Asked anew as often as needed; whoever confirms changes nothing else, and nothing changes afterwards.
CREATE FUNCTION claims_check_withholding() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.confirmed_at IS NOT NULL
        OR (NEW.public_id, NEW.edition_id) IS DISTINCT FROM (OLD.public_id, OLD.edition_id)
        OR (NEW.confirmed_at IS NOT NULL AND (NEW.reason_en, NEW.reason_th, NEW.asked_by_id, NEW.asked_at)
            IS DISTINCT FROM (OLD.reason_en, OLD.reason_th, OLD.asked_by_id, OLD.asked_at)) THEN
        RAISE EXCEPTION 'a withholding is confirmed as it was asked for, and never changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- The one way to take out a published text. It runs as the owner of the tables, whom the triggers below let through;
-- the application's role is not the owner and can become it by no SET, so for it this function is the only way.
CREATE FUNCTION claims_withhold(asked bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    withholding claims_withholding;
    edition claims_edition;
BEGIN
    SELECT * INTO withholding FROM claims_withholding WHERE id = asked FOR UPDATE;
    IF withholding.confirmed_at IS NULL
        OR withholding.confirmed_by_id = withholding.asked_by_id
        OR 2 <> (SELECT count(DISTINCT u.id) FROM auth_user u JOIN auth_user_groups m ON m.user_id = u.id
                 JOIN auth_group g ON g.id = m.group_id
                 WHERE u.id IN (withholding.asked_by_id, withholding.confirmed_by_id) AND u.is_active
                   AND g.name = 'editor') THEN
        RAISE EXCEPTION 'withholding % needs two editors', asked USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT * INTO STRICT edition FROM claims_edition WHERE id = withholding.edition_id;
    UPDATE claims_editiontext SET body = '', sort_key_en = '', sort_key_th = '',
        withheld_reason_en = withholding.reason_en, withheld_reason_th = withholding.reason_th
        WHERE edition_id = edition.id AND body <> '';
    UPDATE claims_publisheditem SET body = '', refs = '{}' WHERE edition_id = edition.id AND body <> '';
    -- Of the live edition: what lists, cards and panels show without opening it.
    UPDATE claims_publicstatus SET heading_en = '', heading_th = '', card = '{}', claimant_slugs = '{}',
        agency_slugs = '{}', sources = '[]', requests = '[]', notices = notices - 'superseded_by'
        WHERE edition_id = edition.id;
    -- The notes of editions stand in the history of the claim as well.
    UPDATE claims_publicstatus SET history = (
            SELECT jsonb_agg(CASE (line ->> 'number')::integer WHEN edition.number
                THEN line || '{"note": {"en": "", "th": ""}}' ELSE line END ORDER BY place)
            FROM jsonb_array_elements(history) WITH ORDINALITY AS lines (line, place))
        WHERE edition.subject_kind = 'claim' AND claim_public_id = edition.subject_id;
END $$;

CREATE FUNCTION claims_is_owner(checked oid) RETURNS boolean LANGUAGE sql STABLE
    SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT pg_get_userbyid(relowner) = current_user FROM pg_class WHERE oid = checked
$$;

-- From a text to none, with the reasons that two persons agreed on; whoever owns the tables is bound by that too.
CREATE FUNCTION claims_check_erasure() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT claims_is_owner(TG_RELID) OR NEW.edition_id <> OLD.edition_id
        OR (NEW.body, NEW.sort_key_en, NEW.sort_key_th) IS DISTINCT FROM ('', '', '')
        OR NOT EXISTS (SELECT 1 FROM claims_withholding w
            WHERE w.edition_id = OLD.edition_id AND w.confirmed_at IS NOT NULL
              AND (w.reason_en, w.reason_th) = (NEW.withheld_reason_en, NEW.withheld_reason_th)) THEN
        RAISE EXCEPTION '% on % is refused: what was published or decided is never changed', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION claims_check_item_erasure() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT claims_is_owner(TG_RELID) OR NEW.body <> '' OR NEW.refs <> '{}'
        OR (NEW.id, NEW.edition_id, NEW.kind, NEW.public_id, NEW.position)
           IS DISTINCT FROM (OLD.id, OLD.edition_id, OLD.kind, OLD.public_id, OLD.position)
        OR NOT EXISTS (SELECT 1 FROM claims_editiontext WHERE edition_id = OLD.edition_id AND body = '') THEN
        RAISE EXCEPTION '% on % is refused: what was published or decided is never changed', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- A withheld claim has no heading: nobody may give it one.
CREATE OR REPLACE FUNCTION claims_check_status() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM claims_edition e JOIN claims_claim c ON c.id = NEW.claim_id
        WHERE e.id = NEW.edition_id AND e.subject_kind = 'claim'
          AND e.subject_id = NEW.claim_public_id AND c.public_id = NEW.claim_public_id AND e.slug = NEW.slug
          AND e.number = (SELECT max(number) FROM claims_edition
                          WHERE subject_kind = 'claim' AND subject_id = NEW.claim_public_id)
          AND jsonb_array_length(NEW.history) = e.number
          AND EXISTS (SELECT 1 FROM claims_editiontext t WHERE t.edition_id = e.id AND CASE t.body
                      WHEN '' THEN (NEW.heading_en, NEW.heading_th) = ('', '')
                      ELSE t.body::jsonb -> 'heading' = jsonb_build_object('en', NEW.heading_en, 'th', NEW.heading_th)
                      END)) THEN
        RAISE EXCEPTION 'the status of % must show its newest edition', NEW.slug
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

DROP TRIGGER text_is_final ON claims_editiontext;
CREATE TRIGGER text_is_final BEFORE UPDATE ON claims_editiontext
    FOR EACH ROW EXECUTE FUNCTION claims_check_erasure();
CREATE TRIGGER text_stays BEFORE DELETE ON claims_editiontext FOR EACH ROW EXECUTE FUNCTION claims_refuse_change();
DROP TRIGGER item_is_final ON claims_publisheditem;
CREATE TRIGGER item_is_final BEFORE UPDATE ON claims_publisheditem
    FOR EACH ROW EXECUTE FUNCTION claims_check_item_erasure();
CREATE TRIGGER item_stays BEFORE DELETE ON claims_publisheditem FOR EACH ROW EXECUTE FUNCTION claims_refuse_change();
CREATE TRIGGER hiding_begins BEFORE INSERT ON claims_hiding FOR EACH ROW EXECUTE FUNCTION claims_check_new_hiding();
CREATE TRIGGER hiding_goes_on BEFORE UPDATE ON claims_hiding FOR EACH ROW EXECUTE FUNCTION claims_check_hiding();
CREATE TRIGGER withholding_begins BEFORE INSERT ON claims_withholding
    FOR EACH ROW EXECUTE FUNCTION claims_check_new_withholding();
CREATE TRIGGER withholding_goes_on BEFORE UPDATE ON claims_withholding
    FOR EACH ROW EXECUTE FUNCTION claims_check_withholding();
CREATE TRIGGER hidden_until_lifted BEFORE UPDATE OF state ON claims_publicstatus
    FOR EACH ROW WHEN (OLD.state = 'hidden' AND NEW.state <> 'hidden') EXECUTE FUNCTION claims_check_hidden();
ALTER TABLE claims_editiontext ENABLE ALWAYS TRIGGER text_is_final, ENABLE ALWAYS TRIGGER text_stays;
ALTER TABLE claims_publisheditem ENABLE ALWAYS TRIGGER item_is_final, ENABLE ALWAYS TRIGGER item_stays;
ALTER TABLE claims_hiding ENABLE ALWAYS TRIGGER hiding_begins, ENABLE ALWAYS TRIGGER hiding_goes_on;
ALTER TABLE claims_withholding ENABLE ALWAYS TRIGGER withholding_begins, ENABLE ALWAYS TRIGGER withholding_goes_on;
ALTER TABLE claims_publicstatus ENABLE ALWAYS TRIGGER hidden_until_lifted;
"""

BACKWARD = f"""
DROP TRIGGER hidden_until_lifted ON claims_publicstatus;
DROP TRIGGER withholding_goes_on ON claims_withholding;
DROP TRIGGER withholding_begins ON claims_withholding;
DROP TRIGGER hiding_goes_on ON claims_hiding;
DROP TRIGGER hiding_begins ON claims_hiding;
DROP TRIGGER item_stays ON claims_publisheditem;
DROP TRIGGER item_is_final ON claims_publisheditem;
CREATE TRIGGER item_is_final BEFORE UPDATE OR DELETE ON claims_publisheditem
    FOR EACH ROW EXECUTE FUNCTION claims_refuse_change();
DROP TRIGGER text_stays ON claims_editiontext;
DROP TRIGGER text_is_final ON claims_editiontext;
CREATE TRIGGER text_is_final BEFORE UPDATE OR DELETE ON claims_editiontext
    FOR EACH ROW EXECUTE FUNCTION claims_refuse_change();
ALTER TABLE claims_editiontext ENABLE ALWAYS TRIGGER text_is_final;
ALTER TABLE claims_publisheditem ENABLE ALWAYS TRIGGER item_is_final;
{_before("claims_check_status")}
DROP FUNCTION claims_check_item_erasure();
DROP FUNCTION claims_check_erasure();
DROP FUNCTION claims_is_owner(oid);
DROP FUNCTION claims_withhold(bigint);
DROP FUNCTION claims_check_withholding();
DROP FUNCTION claims_check_new_withholding();
DROP FUNCTION claims_check_hidden();
DROP FUNCTION claims_check_hiding();
DROP FUNCTION claims_check_new_hiding();
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0009_history")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
