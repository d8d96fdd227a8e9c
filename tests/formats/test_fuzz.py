"""A small, always equal portion of the broken files that `make fuzz` reads by the thousand."""

from tests.fuzz.running import corpus, run


def test_broken_files_are_read_or_refused_in_a_sentence():
    findings = [each for each in run(corpus(None), seed=7, cases=120, seconds=60) if each]

    assert [(each.kind, each.case, each.told) for each in findings] == []
