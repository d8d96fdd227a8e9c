from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "mitplan.participation"
    label = "participation"
