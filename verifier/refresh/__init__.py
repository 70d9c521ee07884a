"""The nightly job: new facts in, changed verdicts out, nothing lost."""
