"""The assembler."""
