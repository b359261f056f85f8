"""Trying a site out: what an outlet file of it would say, whether a file still holds, and how to mend one.

A trial asks a few addresses in a crawl process of its own (`spider`), so robots, guard, leases and capture hold; all
that is made of the answers is pure and works on recordings alike.
"""
