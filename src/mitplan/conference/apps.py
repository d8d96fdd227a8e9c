from django.apps import AppConfig


class ConferenceConfig(AppConfig):
    name = "mitplan.conference"
    label = "conference"
