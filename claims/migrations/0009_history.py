"""Who changed which field when: one append-only table, written by one trigger function and by nobody else.

`claims_track` puts the triggers on a table; a later migration that adds a noun calls it for the new table. What is
tracked now stands at the end of FORWARD and, for people, in claims/history/tracking.py.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import claims.models.change

FORWARD = """
-- Of which pages a row is a part. An owner is `page's table=column of the row>table.column>…`: from key to key.
-- Called by the function below, under its search_path.
CREATE FUNCTION claims_subjects_of(held jsonb, owners text[]) RETURNS text[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    owner text;
    steps text[];
    step text;
    key bigint;
    found text[] := '{}';
BEGIN
    FOREACH owner IN ARRAY owners LOOP
        steps := string_to_array(split_part(owner, '=', 2), '>');
        key := (held ->> steps[1])::bigint;
        FOREACH step IN ARRAY steps[2:] LOOP
            EXECUTE format('SELECT %I FROM public.%I WHERE id = $1', split_part(step, '.', 2), split_part(step, '.', 1))
                INTO key USING key;
        END LOOP;
        IF key IS NOT NULL THEN
            found := found || (split_part(owner, '=', 1) || ':' || key);
        END IF;
    END LOOP;
    RETURN found;
END $$;

-- With the rights of the tables' owner, because the application's role may not write history itself.
CREATE FUNCTION claims_record_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    machine text[] := TG_ARGV[0]::text[] || 'id'::text;
    owners text[] := TG_ARGV[1]::text[];
    was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    stands jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    belongs text[] := claims_subjects_of(coalesce(stands, was), owners);
BEGIN
    IF TG_OP = 'UPDATE' THEN -- what moved to another page is still part of the one that it left
        belongs := belongs || claims_subjects_of(was, ARRAY(
            SELECT owner FROM unnest(owners) AS owner, split_part(split_part(owner, '=', 2), '>', 1) AS link
            WHERE was -> link IS DISTINCT FROM stands -> link));
    END IF;
    INSERT INTO claims_change (table_name, row_id, subjects, before, after, tx, at, role, program)
    SELECT TG_TABLE_NAME, (coalesce(stands, was) ->> 'id')::bigint, ARRAY(SELECT DISTINCT unnest(belongs) ORDER BY 1),
        CASE WHEN was IS NOT NULL THEN coalesce(jsonb_object_agg(key, was -> key), '{}') END,
        CASE WHEN stands IS NOT NULL THEN coalesce(jsonb_object_agg(key, stands -> key), '{}') END,
        pg_current_xact_id()::text::bigint, clock_timestamp(), session_user, current_setting('application_name')
    FROM jsonb_object_keys(coalesce(stands, was)) AS key
    WHERE key <> ALL (machine) AND was -> key IS DISTINCT FROM stands -> key
        AND (TG_OP = 'UPDATE' OR coalesce(stands, was) ->> key <> '');
    RETURN NULL;
END $$;

-- A verb writes the ledger last: what its transaction changed since the verb before it is of its doing.
CREATE FUNCTION claims_record_cause() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    here bigint := pg_current_xact_id()::text::bigint;
    first_id bigint;
    last_id bigint;
BEGIN
    -- The time keeps out rows of a restored database whose transaction had the same number.
    SELECT min(id), max(id) INTO first_id, last_id FROM claims_change
        WHERE tx = here AND at >= transaction_timestamp();
    IF last_id IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO claims_changecause (tx, first, last, entry_id, user_id) VALUES (
        here,
        coalesce((SELECT max(last) + 1 FROM claims_changecause WHERE tx = here AND first >= first_id), first_id),
        last_id, NEW.entry_id,
        CASE WHEN NEW.content ->> 'user' ~ '^[1-9][0-9]{0,8}$'
            THEN (SELECT id FROM auth_user WHERE id = (NEW.content ->> 'user')::integer) END);
    RETURN NULL;
END $$;

CREATE FUNCTION claims_only_by_trigger() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'history is written by its triggers alone' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION claims_refuse_history() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: history is neither changed nor passed by', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- `machine`: columns that only machines write. `unless`: a column that is filled in rows that machines add and remove;
-- with `unless_updated` their updates are left out as well. `hot`: machines write this table all the time, so what
-- people write is told apart by a fixed list of columns: whoever adds a column to it, or changes a type, drops the
-- triggers before and calls this again after it. Everywhere else a new column is tracked by itself.
CREATE FUNCTION claims_track(
    tracked text, owners text[], machine text[] DEFAULT '{}', unless text DEFAULT NULL,
    unless_updated boolean DEFAULT false, hot boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    call text := format('EXECUTE FUNCTION claims_record_change(%L, %L)', machine, owners);
    added text := coalesce('NEW.' || quote_ident(unless) || ' IS NULL', 'true');
    removed text := coalesce('OLD.' || quote_ident(unless) || ' IS NULL', 'true');
    people text := (SELECT format('(%s) IS DISTINCT FROM (%s)',
            string_agg(format('OLD.%I', attname), ', ' ORDER BY attnum),
            string_agg(format('NEW.%I', attname), ', ' ORDER BY attnum))
        FROM pg_attribute WHERE attrelid = tracked::regclass AND attnum > 0 AND NOT attisdropped
            AND attname <> ALL (machine));
    saved text := CASE WHEN unless_updated THEN added || ' AND ' ELSE '' END || CASE
        WHEN hot THEN people
        WHEN machine = '{}' THEN 'OLD.* IS DISTINCT FROM NEW.*'
        ELSE format('to_jsonb(OLD) - %L::text[] IS DISTINCT FROM to_jsonb(NEW) - %L::text[]', machine, machine) END;
BEGIN
    EXECUTE format('CREATE TRIGGER history_of_added AFTER INSERT ON %I FOR EACH ROW WHEN (%s) %s', tracked, added, call);
    EXECUTE format('CREATE TRIGGER history_of_saved AFTER UPDATE ON %I FOR EACH ROW WHEN (%s) %s', tracked, saved, call);
    EXECUTE format('CREATE TRIGGER history_of_removed AFTER DELETE ON %I FOR EACH ROW WHEN (%s) %s', tracked, removed, call);
    EXECUTE format('CREATE TRIGGER history_not_passed_by BEFORE TRUNCATE ON %I FOR EACH STATEMENT '
        'EXECUTE FUNCTION claims_refuse_history()', tracked);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER history_of_added, ENABLE ALWAYS TRIGGER history_of_saved, '
        'ENABLE ALWAYS TRIGGER history_of_removed, ENABLE ALWAYS TRIGGER history_not_passed_by', tracked);
END $$;

-- A trigger function that may be used could be put on a table of one's own, and so write false history.
REVOKE EXECUTE ON FUNCTION claims_record_change(), claims_record_cause(), claims_subjects_of(jsonb, text[]),
    claims_track(text, text[], text[], text, boolean, boolean) FROM PUBLIC;

-- Every other role may only read. Whoever migrates keeps its rights: it may be the application's role itself.
DO $$
DECLARE
    held record;
BEGIN
    FOR held IN SELECT DISTINCT relname, relkind, grantee::regrole AS other FROM pg_class, aclexplode(relacl)
        WHERE relnamespace = 'public'::regnamespace AND grantee NOT IN (0, relowner)
            AND relname IN ('claims_change', 'claims_changecause', 'claims_change_id_seq', 'claims_changecause_id_seq')
    LOOP
        EXECUTE format('REVOKE ALL ON %s %I FROM %s',
            CASE held.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, held.relname, held.other);
        IF held.relkind = 'r' THEN
            EXECUTE format('GRANT SELECT ON %I TO %s', held.relname, held.other);
        END IF;
    END LOOP;
END $$;

CREATE TRIGGER change_by_trigger BEFORE INSERT ON claims_change
    FOR EACH ROW EXECUTE FUNCTION claims_only_by_trigger();
CREATE TRIGGER change_is_final BEFORE UPDATE OR DELETE ON claims_change
    FOR EACH ROW EXECUTE FUNCTION claims_refuse_history();
CREATE TRIGGER changes_are_kept BEFORE TRUNCATE ON claims_change
    FOR EACH STATEMENT EXECUTE FUNCTION claims_refuse_history();
CREATE TRIGGER cause_by_trigger BEFORE INSERT ON claims_changecause
    FOR EACH ROW EXECUTE FUNCTION claims_only_by_trigger();
CREATE TRIGGER cause_is_final BEFORE UPDATE OR DELETE ON claims_changecause
    FOR EACH ROW EXECUTE FUNCTION claims_refuse_history();
CREATE TRIGGER causes_are_kept BEFORE TRUNCATE ON claims_changecause
    FOR EACH STATEMENT EXECUTE FUNCTION claims_refuse_history();
CREATE TRIGGER history_of_verbs AFTER INSERT ON ledger_entrycontent
    FOR EACH ROW EXECUTE FUNCTION claims_record_cause();
ALTER TABLE claims_change ENABLE ALWAYS TRIGGER change_by_trigger, ENABLE ALWAYS TRIGGER change_is_final,
    ENABLE ALWAYS TRIGGER changes_are_kept;
ALTER TABLE claims_changecause ENABLE ALWAYS TRIGGER cause_by_trigger, ENABLE ALWAYS TRIGGER cause_is_final,
    ENABLE ALWAYS TRIGGER causes_are_kept;
ALTER TABLE ledger_entrycontent ENABLE ALWAYS TRIGGER history_of_verbs;

SELECT claims_track('claims_claim', '{claims_claim=id}');
SELECT claims_track('claims_claim_agencies', '{claims_claim=claim_id}');
SELECT claims_track('claims_claimant', '{claims_claim=claim_id}');
SELECT claims_track('claims_appearance', '{claims_claim=claim_id}');
SELECT claims_track('claims_assertion', '{claims_claim=claim_id}');
SELECT claims_track('claims_evidencecitation',
    '{claims_claim=claim_id,claims_officialresponse=response_id,claims_dossier=dossier_id}',
    '{quote_state,quote_state_at,quote_found}', 'watch_id', hot => true);
SELECT claims_track('claims_source', '{claims_source=id}',
    '{host,health,failures,failing_since,quiet,interval_seconds,next_check_at,lease_token,lease_until,attempts,last_outcome,
    last_status,last_checked_at,last_final_url,accepted_snapshot_id,etag,last_modified,checks_made,restless}',
    hot => true);
SELECT claims_track('claims_evidencedocument', '{claims_evidencedocument=id}', '{sha256,size}');
SELECT claims_track('claims_officialresponse', '{claims_officialresponse=id,claims_dossier=dossier_id}');
SELECT claims_track('claims_responsecoverage', '{claims_claim=claim_id,claims_officialresponse=response_id}');
SELECT claims_track('claims_responserequest', '{claims_claim=claim_id}');
SELECT claims_track('claims_statementsearch', '{claims_claim=claim_id}');
SELECT claims_track('claims_claimreview', '{claims_claim=claim_id}',
    '{content_hash,digests,approved_hash,legal_hash}');
SELECT claims_track('claims_figureattribution', '{claims_claim=claim_id,claims_dossier=dossier_id}');
SELECT claims_track('claims_figurecheck', '{claims_claim=assertion_id>claims_assertion.claim_id}');
SELECT claims_track('claims_reading',
    '{claims_claim=figure_check_id>claims_figurecheck.assertion_id>claims_assertion.claim_id}');
SELECT claims_track('claims_operand', '{claims_claim=reading_id>claims_reading.figure_check_id>'
    'claims_figurecheck.assertion_id>claims_assertion.claim_id}');
SELECT claims_track('claims_dossier', '{claims_dossier=id}');
SELECT claims_track('claims_dossier_agencies', '{claims_dossier=dossier_id}');
SELECT claims_track('claims_dossiernote', '{claims_dossier=dossier_id}');
SELECT claims_track('claims_event', '{claims_claim=claim_id,claims_dossier=dossier_id}');
SELECT claims_track('claims_person', '{claims_person=id}');
SELECT claims_track('claims_personalias', '{claims_person=person_id}');
SELECT claims_track('claims_office', '{claims_office=id}');
SELECT claims_track('claims_tenure', '{claims_person=person_id,claims_office=office_id}');
SELECT claims_track('budgets_jurisdiction', '{budgets_jurisdiction=id}');
SELECT claims_track('budgets_agency', '{budgets_agency=id}');
SELECT claims_track('budgets_fiscalyear', '{budgets_jurisdiction=jurisdiction_id}');
SELECT claims_track('budgets_budgetline', '{budgets_budgetline=id,budgets_agency=agency_id}', '{depth}', 'path_key');
SELECT claims_track('budgets_figure', '{budgets_figure=id}', '{}', 'budget_import_id', true);
SELECT claims_track('budgets_columnmapping', '{budgets_columnmapping=id}', '{changed_at}');
SELECT claims_track('budgets_mappingalias', '{budgets_columnmapping=mapping_id}');
"""

BACKWARD = """
DO $$
DECLARE
    found record;
BEGIN
    FOR found IN SELECT tgname, tgrelid::regclass AS tracked FROM pg_trigger
        WHERE starts_with(tgname, 'history_of_') OR tgname = 'history_not_passed_by'
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', found.tgname, found.tracked);
    END LOOP;
END $$;
DROP TRIGGER change_by_trigger ON claims_change;
DROP TRIGGER change_is_final ON claims_change;
DROP TRIGGER changes_are_kept ON claims_change;
DROP TRIGGER cause_by_trigger ON claims_changecause;
DROP TRIGGER cause_is_final ON claims_changecause;
DROP TRIGGER causes_are_kept ON claims_changecause;
DROP FUNCTION claims_track(text, text[], text[], text, boolean, boolean);
DROP FUNCTION claims_refuse_history();
DROP FUNCTION claims_only_by_trigger();
DROP FUNCTION claims_record_cause();
DROP FUNCTION claims_record_change();
DROP FUNCTION claims_subjects_of(jsonb, text[]);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0008_workflow"),
        ("ledger", "0003_cursor"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table_name", models.CharField(max_length=63)),
                ("row_id", models.BigIntegerField()),
                (
                    "subjects",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=90), size=None),
                ),
                ("before", models.JSONField(decoder=claims.models.change.ExactNumbers, null=True)),
                ("after", models.JSONField(decoder=claims.models.change.ExactNumbers, null=True)),
                ("tx", models.BigIntegerField()),
                ("at", models.DateTimeField(help_text="The database's time.")),
                ("role", models.CharField(help_text="Role that was connected to the database.", max_length=63)),
                (
                    "program",
                    models.CharField(blank=True, help_text="What the connection called itself.", max_length=63),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["subjects"], name="change_subjects"),
                    models.Index(fields=["tx", "id"], name="change_of_transaction"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("before__isnull", False), ("after__isnull", False), _connector="OR"),
                        name="change_has_a_side",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeCause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tx", models.BigIntegerField()),
                ("first", models.BigIntegerField()),
                ("last", models.BigIntegerField()),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.entry"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        help_text="Null: a machine.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["tx", "first"], name="change_cause_of_transaction")],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
