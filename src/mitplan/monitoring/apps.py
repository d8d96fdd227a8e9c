from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "mitplan.monitoring"
    label = "monitoring"
