"""`python -m digests.cli` is `kliping`."""

from digests.cli import main

main()
