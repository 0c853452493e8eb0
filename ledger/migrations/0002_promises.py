"""What the ledger promises, held by the database for every role: append-only, gapless, time never backwards."""

from django.db import migrations

FORWARD = """
INSERT INTO ledger_head (id, size, last_at) VALUES (1, 0, clock_timestamp());

CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION ledger_check_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE head ledger_head;
BEGIN
    SELECT * INTO head FROM ledger_head WHERE id = 1;
    IF NEW.index <> head.size - 1 OR NEW.recorded_at <> head.last_at THEN
        RAISE EXCEPTION 'ledger entry % does not follow the head', NEW.index
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION ledger_check_head_step() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.id <> OLD.id OR NEW.size <> OLD.size + 1 OR NEW.last_at < OLD.last_at THEN
        RAISE EXCEPTION 'the head of the ledger moves one entry at a time and never back in time'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION ledger_check_head_filled() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM ledger_entry WHERE index = NEW.size - 1) THEN
        RAISE EXCEPTION 'ledger entry % is missing', NEW.size - 1 USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER entry_follows_head BEFORE INSERT ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_check_entry();
CREATE TRIGGER entry_is_final BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER entry_is_kept BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER content_is_final BEFORE UPDATE OR DELETE ON ledger_entrycontent
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER content_is_kept BEFORE TRUNCATE ON ledger_entrycontent
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER head_steps BEFORE UPDATE ON ledger_head
    FOR EACH ROW EXECUTE FUNCTION ledger_check_head_step();
CREATE CONSTRAINT TRIGGER head_is_filled AFTER UPDATE ON ledger_head DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION ledger_check_head_filled();
CREATE TRIGGER head_stays BEFORE DELETE ON ledger_head
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER head_is_kept BEFORE TRUNCATE ON ledger_head
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER entry_follows_head, ENABLE ALWAYS TRIGGER entry_is_final,
    ENABLE ALWAYS TRIGGER entry_is_kept;
ALTER TABLE ledger_entrycontent ENABLE ALWAYS TRIGGER content_is_final, ENABLE ALWAYS TRIGGER content_is_kept;
ALTER TABLE ledger_head ENABLE ALWAYS TRIGGER head_steps, ENABLE ALWAYS TRIGGER head_is_filled,
    ENABLE ALWAYS TRIGGER head_stays, ENABLE ALWAYS TRIGGER head_is_kept;
"""

BACKWARD = """
DROP TRIGGER head_is_kept ON ledger_head;
DROP TRIGGER head_stays ON ledger_head;
DROP TRIGGER head_is_filled ON ledger_head;
DROP TRIGGER head_steps ON ledger_head;
DROP TRIGGER content_is_kept ON ledger_entrycontent;
DROP TRIGGER content_is_final ON ledger_entrycontent;
DROP TRIGGER entry_is_kept ON ledger_entry;
DROP TRIGGER entry_is_final ON ledger_entry;
DROP TRIGGER entry_follows_head ON ledger_entry;
DROP FUNCTION ledger_check_head_filled();
DROP FUNCTION ledger_check_head_step();
DROP FUNCTION ledger_check_entry();
DROP FUNCTION ledger_refuse_change();
DELETE FROM ledger_head;
"""


class Migration(migrations.Migration):
    """Triggers of the ledger."""

    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
