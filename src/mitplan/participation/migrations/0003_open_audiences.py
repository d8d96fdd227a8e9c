from django.db import migrations, models
from django.db.models import OuterRef, Subquery

MODELS = ("Audience", "Question")


def note_openings(apps, schema_editor):
    """Circles and questions of opened rounds were opened with them; the old guard steps aside for it."""
    consultations = apps.get_model("participation", "Consultation").objects
    opened = consultations.filter(pk=OuterRef("consultation")).values("opened_at")
    for name in MODELS:
        model = apps.get_model("participation", name)
        table = model._meta.db_table
        on = f' ON "{table}"' if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f'DROP TRIGGER IF EXISTS "mitplan_{table}_update"{on}')
        model.objects.update(opened_at=Subquery(opened))


class Migration(migrations.Migration):
    """The triggers return after the migration, now asking for the new column."""

    dependencies = [("participation", "0002_rebasings")]

    operations = [
        *(
            migrations.AddField(
                model_name=name.lower(),
                name="opened_at",
                field=models.DateTimeField(blank=True, null=True, verbose_name="eröffnet am"),
            )
            for name in MODELS
        ),
        migrations.RunPython(note_openings, migrations.RunPython.noop),
    ]
