from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('participation', '0010_groups_lineage_and_anchors'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='submission',
            name='submission_one_draft_per_organisation',
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(condition=models.Q(('received_at__isnull', True), models.Q(('route__in', ['mail', 'letter', 'spoken', 'import']), _negated=True)), fields=('consultation', 'organisation'), name='submission_one_draft_per_organisation', violation_error_message='Es gibt schon einen Entwurf dieser Organisation.'),
        ),
    ]
