"""Addresses of signing in and out. Addresses of mail are the secretariat's to change, so theirs are left out."""

from allauth.account.urls import urlpatterns as of_allauth

LEFT_OUT = {"account_email", "account_email_verification_sent", "account_confirm_email"}

urlpatterns = [each for each in of_allauth if each.name not in LEFT_OUT]
