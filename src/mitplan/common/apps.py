from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CommonConfig(AppConfig):
    name = "mitplan.common"
    label = "common"

    def ready(self) -> None:
        from mitplan.common import triggers  # noqa: PLC0415 – models exist only once apps are ready

        # SQLite drops triggers silently when a table is altered, so they return after each migration.
        post_migrate.connect(triggers.install_for_app, dispatch_uid="mitplan.common.triggers")
