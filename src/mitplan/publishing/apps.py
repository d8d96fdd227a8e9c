from django.apps import AppConfig
from django.db.models.signals import post_migrate

from mitplan.publishing import search_index


class PublishingConfig(AppConfig):
    name = "mitplan.publishing"
    label = "publishing"

    def ready(self) -> None:
        post_migrate.connect(
            search_index.install, sender=self, dispatch_uid="mitplan.publishing.search_index"
        )
