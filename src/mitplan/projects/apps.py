from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "mitplan.projects"
    label = "projects"
