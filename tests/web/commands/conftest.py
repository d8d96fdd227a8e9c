"""Commands run in the test's own process, as `mitplan …` runs them."""

import json

import pytest

from mitplan.config.cli import main


class Answer:
    """What a command said and how it ended."""

    def __init__(self, code, output):
        self.code, self.out, self.err = code, output.out, output.err

    @property
    def data(self):
        return json.loads(self.out)


@pytest.fixture
def mitplan(capsys):
    """Run a command and return its answer."""

    def run(*arguments):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as wrong_use:
            code = wrong_use.code
        return Answer(code, capsys.readouterr())

    return run
