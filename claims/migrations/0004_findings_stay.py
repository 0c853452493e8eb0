"""A finding never changes, for every role: another result is another row."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER finding_stays BEFORE UPDATE ON claims_finding
    FOR EACH ROW EXECUTE FUNCTION claims_refuse_change();
ALTER TABLE claims_finding ENABLE ALWAYS TRIGGER finding_stays;
"""
BACKWARD = "DROP TRIGGER finding_stays ON claims_finding;"


class Migration(migrations.Migration):
    dependencies = [("claims", "0003_figure_checks")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
