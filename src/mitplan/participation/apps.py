from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "mitplan.participation"
    label = "participation"

    def ready(self) -> None:
        from mitplan.participation import listeners  # noqa: F401, PLC0415 – models exist only once apps are ready
