"""80 people hand in during the last minute of a deadline, through the server as `mitplan serve` starts it."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PEOPLE, SECONDS = 80, 60
DATABASES = {"SQLite": [], "PostgreSQL": [sys.executable, "tools/with_postgres.py"]}


def measured(within: list[str]) -> dict[str, object]:
    """Let them all come once, in a house of their own."""
    program = ["-m", "tests.robustness.last_minute", str(PEOPLE), str(SECONDS)]
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"MITPLAN_HOME": home, "EMAIL_HOST": ""}
        environment.pop("DATABASE_URL", None)
        done = subprocess.run(
            [*within, sys.executable, *program],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    return dict(json.loads(done.stdout))


def main() -> None:
    found = {name: measured(within) for name, within in DATABASES.items()}
    print(f"{'':16}" + "".join(f"{name:>12}" for name in found))
    for key in next(iter(found.values())):
        values = (each[key] for each in found.values())
        shown = (len(value) if isinstance(value, list) else value for value in values)
        print(f"{key:16}" + "".join(f"{value!s:>12}" for value in shown))


if __name__ == "__main__":
    main()
