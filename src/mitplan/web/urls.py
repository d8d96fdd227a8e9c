"""Addresses of the room web."""

from django.urls import path

from mitplan.web.views import exports, inbox, legal, machines, persons, setup, start

app_name = "web"
urlpatterns = [
    path("", start.start, name="start"),
    path("aufgaben/", inbox.tasks, name="tasks"),
    path("aufgaben/nicht-zugestellt/", inbox.undelivered, name="undelivered"),
    path("aufgaben/nicht-zugestellt/<int:pk>/", inbox.send_again, name="send_again"),
    path("dateien/<int:pk>/", exports.export, name="export"),
    path("dateien/<int:pk>/herunterladen/", exports.export_file, name="export_file"),
    path("meine-daten/", persons.own_data, name="own_data"),
    path("meine-daten/datei/", persons.own_data_file, name="own_data_file"),
    path("meine-daten/loeschen/", persons.erase_own, name="erase_own"),
    path("personen/", persons.persons, name="persons"),
    path("personen/<int:pk>/", persons.person, name="person"),
    path("personen/<int:pk>/datei/", persons.person_file, name="person_file"),
    path("personen/<int:pk>/loeschen/", persons.erase, name="erase_person"),
    path("neu/", setup.new_plan, name="new_plan"),
    path("neu/organisation/", setup.organisation, name="new_organisation"),
    path("neu/plantext/", setup.text, name="new_text"),
    path("neu/mitglieder/", setup.new_members, name="new_members"),
    path("neu/beteiligung/", setup.consultation, name="new_consultation"),
    path("neu/fertig/", setup.done, name="new_done"),
    path("impressum/", legal.imprint, name="imprint"),
    path("datenschutz/", legal.privacy, name="privacy"),
    path("barrierefreiheit/", legal.accessibility, name="accessibility"),
    path("barriere-melden/", legal.barrier, name="barrier"),
    path("leichte-sprache/", legal.easy, name="easy"),
    path("health/", machines.health, name="health"),
    path("ready/", machines.ready, name="ready"),
    path("robots.txt", machines.robots, name="robots"),
    path(".well-known/security.txt", machines.security, name="security"),
]
