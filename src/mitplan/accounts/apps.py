from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "mitplan.accounts"
    label = "accounts"
