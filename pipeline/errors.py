"""Errors that a person may see: one line each, saying what, where and what to do."""


class KlipingError(Exception):
    """Base of every error the command line prints as one line; carries no traceback to the user."""


class SettingsError(KlipingError):
    """A wrong option in `kliping.toml`, the environment or a command (exit status 2)."""


class OutletError(SettingsError):
    """An outlet file that cannot be used; names the file, the option and what is expected."""


class WatchError(SettingsError):
    """A watch file or a new watch that cannot be used."""


class StoreError(KlipingError):
    """The database cannot be reached, is of a newer version, or is full."""


class LeasedError(KlipingError):
    """Somebody else holds the lease: another run of this outlet, or another scheduler."""


class ArchiveError(KlipingError):
    """An archive file cannot be written or read, or its bytes are not the recorded ones."""


class ExportError(KlipingError):
    """An export cannot be written where it was asked for."""


class DeliveryError(KlipingError):
    """The mail server or the outbox cannot be used at all; single refusals are delivery states."""


class NotFoundError(KlipingError):
    """What was named (URL, article, story, edition, subscriber) is not in the store."""


class FrozenError(KlipingError):
    """The edition is frozen: nothing is decided about its draft any more."""
