from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "mitplan.ui"
    label = "ui"
