from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "mitplan.plan"
    label = "plan"
