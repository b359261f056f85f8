"""The maker of `pipeline/data/gazetteer.tsv`: `python -m tests.gazetteer`."""
