"""Which version a person took as the baseline, and why, never changes: for every role."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER accepted_version_stays BEFORE UPDATE OR DELETE ON claims_acceptedversion
    FOR EACH ROW EXECUTE FUNCTION claims_refuse_change();
ALTER TABLE claims_acceptedversion ENABLE ALWAYS TRIGGER accepted_version_stays;
"""
BACKWARD = "DROP TRIGGER accepted_version_stays ON claims_acceptedversion;"


class Migration(migrations.Migration):
    dependencies = [("claims", "0005_watch_lists_and_incidents")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
