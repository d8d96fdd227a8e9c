"""Run every benchmark of this folder, one after the other: `python -m bench [--write FILE] [NAME …]`."""

import argparse
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PARTS = {"__init__", "__main__", "serving", "statements", "uncached"}
INTRODUCTION = """# Benchmarks

Written by `make bench WRITE=docs/reference/benchmarks.md`; `make bench` prints the same. Every number stands beside a rival measured in the
same run on the same machine, so read the ratios first. A line that ends with `!` misses its budget.
"""


def names() -> list[str]:
    """Return the benchmarks by name."""
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in PARTS)


def chosen(wanted: list[str]) -> list[str]:
    """Return the benchmarks whose names begin with one of the wanted ones: `text` is all about text."""
    return [name for name in names() if name.startswith(tuple(wanted) or "")]


def measured(name: str) -> str:
    """Run one benchmark and return what it prints, under its own first line."""
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{name}"], check=True, stdout=subprocess.PIPE, text=True
    )
    about = (HERE / f"{name}.py").read_text(encoding="utf-8").partition('"""')[2].partition("\n")[0]
    return f"## {name}\n\n{about}\n\n```\n{done.stdout.rstrip()}\n```\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"how it begins; {', '.join(names())}"
    )
    parser.add_argument("--write", type=Path, metavar="FILE")
    options = parser.parse_args()
    machine = f"Machine: {platform.machine()}, Python {platform.python_version()}.\n"
    parts = [f"{INTRODUCTION}\n{machine}"]
    wrong = [each for each in options.names if not chosen([each])]
    if wrong:
        parser.error(f"no benchmark begins with {wrong[0]!r}")
    for name in chosen(options.names):
        parts.append(measured(name))
        print(parts[-1], flush=True)
    if options.write:
        options.write.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
