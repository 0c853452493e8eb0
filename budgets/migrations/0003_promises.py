"""What figures and imports promise, held by the database for every role: an amount never changes in place."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION budgets_refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'the amount of figure % is never edited: supersede or retract it', OLD.id
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION budgets_check_import() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.imported_by_id <> OLD.imported_by_id OR NEW.file_digest <> OLD.file_digest OR NEW.dataset <> OLD.dataset THEN
        RAISE EXCEPTION 'import % stays what it was: who asked for it, which file, which dataset', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.published_at IS NOT NULL
        AND (NEW.published_at, NEW.published_by_id) IS DISTINCT FROM (OLD.published_at, OLD.published_by_id) THEN
        RAISE EXCEPTION 'import % was published; undo it instead', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION budgets_check_new_import() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.published_at IS NOT NULL OR NEW.undone_at IS NOT NULL THEN
        RAISE EXCEPTION 'an import begins unpublished' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- Named columns only: superseding and retracting a million figures costs nothing here.
CREATE TRIGGER figure_amount_stays BEFORE UPDATE OF
        value, low, high, low_closed, high_closed, unit, currency, agency_id, line_id, phase, nominal, provenance,
        period_basis, period_year, period_earliest, period_latest, budget_import_id
    ON budgets_figure FOR EACH ROW EXECUTE FUNCTION budgets_refuse_change();
CREATE TRIGGER figure_is_kept BEFORE DELETE ON budgets_figure FOR EACH ROW EXECUTE FUNCTION budgets_refuse_change();
CREATE TRIGGER import_stays BEFORE UPDATE ON budgets_budgetimport FOR EACH ROW EXECUTE FUNCTION budgets_check_import();
CREATE TRIGGER import_begins BEFORE INSERT ON budgets_budgetimport
    FOR EACH ROW EXECUTE FUNCTION budgets_check_new_import();

ALTER TABLE budgets_figure ENABLE ALWAYS TRIGGER figure_amount_stays;
ALTER TABLE budgets_figure ENABLE ALWAYS TRIGGER figure_is_kept;
ALTER TABLE budgets_budgetimport ENABLE ALWAYS TRIGGER import_stays;
ALTER TABLE budgets_budgetimport ENABLE ALWAYS TRIGGER import_begins;
"""

BACKWARD = """
DROP TRIGGER figure_amount_stays ON budgets_figure;
DROP TRIGGER figure_is_kept ON budgets_figure;
DROP TRIGGER import_stays ON budgets_budgetimport;
DROP TRIGGER import_begins ON budgets_budgetimport;
DROP FUNCTION budgets_refuse_change();
DROP FUNCTION budgets_check_import();
DROP FUNCTION budgets_check_new_import();
"""


class Migration(migrations.Migration):
    dependencies = [("budgets", "0002_imports")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
