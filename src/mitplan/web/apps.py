from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "mitplan.web"
    label = "web"
