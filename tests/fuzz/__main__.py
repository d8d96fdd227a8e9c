"""`python -m tests.fuzz`: read broken files for a while and keep those that show a fault."""

import argparse
import logging
import os
import resource
import sys
import time
from collections import Counter
from pathlib import Path

from tests.fuzz.running import corpus, run

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("MITPLAN_SHARED_DATA", ROOT.parent / "shared" / "data"))
MEMORY = 2 * 1024**3
FOREVER = 10**9


def main() -> int:
    """Run, report, and fail where something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--cases", type=int, default=FOREVER)
    parser.add_argument(
        "--keep", type=Path, default=Path("var/fuzz"), help="folder for what shows a fault"
    )
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    folder = SHARED / "docx" / "tracked"
    files = corpus(folder if folder.is_dir() else None)
    counts: Counter[str] = Counter()
    for finding in run(files, options.seed, cases=options.cases, seconds=options.seconds):
        counts[finding.kind if finding else "well"] += 1
        if finding:
            options.keep.mkdir(parents=True, exist_ok=True)
            path = options.keep / f"{options.seed}-{finding.case}-{finding.kind}"
            path.write_bytes(finding.data)
            print(f"{path}\n{finding.told}", file=sys.stderr)  # noqa: T201 – a command prints
    print(f"seed {options.seed}, {len(files)} files, {sum(counts.values())} cases: {dict(counts)}")  # noqa: T201
    return int(any(kind != "well" for kind in counts))


if __name__ == "__main__":
    sys.exit(main())
