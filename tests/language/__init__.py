"""How the table of `pipeline/language/latin.py` is made and measured. See `tests/language/README.md`."""
