"""Names of imported lines are longer, and a path names one line. Older code breaks by neither: it writes no paths."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("budgets", "0003_promises")]

    operations = [
        migrations.AlterField(
            model_name="budgetline",
            name="name_en",
            field=models.CharField(max_length=500),
        ),
        migrations.AlterField(
            model_name="budgetline",
            name="name_th",
            field=models.CharField(max_length=500),
        ),
        migrations.AlterField(
            model_name="figure",
            name="label_en",
            field=models.CharField(help_text="What is counted, for example: SSO spending.", max_length=500),
        ),
        migrations.AlterField(
            model_name="figure",
            name="label_th",
            field=models.CharField(max_length=500),
        ),
        migrations.AddConstraint(
            model_name="budgetline",
            constraint=models.UniqueConstraint(fields=("agency", "path_key"), name="budget_line_path_once"),
        ),
    ]
