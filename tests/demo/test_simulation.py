"""A whole consultation in small: everything that was promised holds at the end, and chance can be repeated."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import Client

from mitplan.config.cli import main
from mitplan.demo.simulation.cast import Size
from mitplan.demo.simulation.invariants import INVARIANTS
from mitplan.demo.simulation.play import play
from mitplan.participation.models import Point, Submission
from tests import factories

pytestmark = pytest.mark.django_db

SMALL = Size(organisations=30, letters=100, points=3)


def test_simulated_consultation_keeps_every_promise():
    outcome = play(SMALL, seed=7)

    assert [(each.name, each.breaches) for each in outcome.checks if each.breaches] == []
    assert [each.name for each in outcome.checks if not each.checked] == []
    assert outcome.counts["letters"] == 100
    assert len(outcome.checks) >= len(INVARIANTS)
    visitor = Client()
    for point in Point.objects.filter(text__contains="<script>", number__isnull=False):
        page = visitor.get(point.get_absolute_url()).content.decode()
        assert "<script>alert" not in page
    for withdrawn in Submission.objects.filter(withdrawn_at__isnull=False):
        assert visitor.get(withdrawn.get_absolute_url()).status_code == 200


def test_same_seed_gives_the_same_result_and_another_seed_another():
    size = Size(organisations=4, letters=8, points=2)

    assert (
        len({digest_of(size, seed=seed, again=again) for seed in (1, 2) for again in range(2)}) == 2
    )


def digest_of(size, *, seed, again):
    with transaction.atomic():
        digest = play(size, seed).digest
        transaction.set_rollback(True)
    return digest


def test_simulation_here_is_refused_where_something_stands(capsys):
    factories.make_organisation()

    code = main(["simulate", "consultation", "--here", "--organisations", "4", "--letters", "4"])

    assert code == 1
    assert "steht schon etwas" in capsys.readouterr().err


def test_simulation_plays_in_a_house_of_its_own_that_is_gone_afterwards(monkeypatch):
    started = {}

    def start(command, env, check):
        started.update(command=command, home=Path(env["MITPLAN_HOME"]), env=env)
        assert started["home"].is_dir()
        return SimpleNamespace(returncode=1)

    monkeypatch.setattr("mitplan.demo.simulation.command.subprocess.run", start)
    monkeypatch.setenv("DATABASE_URL", "sqlite:////somewhere/real.sqlite3")

    code = main(["simulate", "consultation", "--organisations", "4", "--seed", "3"])

    assert code == 1
    assert {"--here", "--organisations=4", "--seed=3"} <= set(started["command"])
    assert "DATABASE_URL" not in started["env"]
    assert not started["home"].exists()
