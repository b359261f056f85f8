"""How the table of `pipeline/language/latin.py` is made and measured; `pipeline/data/latin.md` is its card."""
