from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "mitplan.publishing"
    label = "publishing"
