"""Downloader middlewares, one file each; their order is in `crawlers.settings`."""
