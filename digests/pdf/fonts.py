"""Whether this system can set the scripts of the region: asked of fontconfig, without loading what sets them."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass

from digests.pdf.paper import load
from pipeline.errors import SettingsError

_SECONDS = 20  # for one answer of fontconfig, which may have to read every font first
_NO_FONTCONFIG = "fc-list is not installed, so fonts cannot be found: apt-get install fontconfig fonts-noto-core"


@dataclass(frozen=True, slots=True)
class Script:
    """A script, a language written in it (as fontconfig names it), and the Debian package of a font that has it."""

    name: str
    language: str
    package: str


SCRIPTS = (
    Script("Latin", "id", "fonts-noto-core"),
    Script("Vietnamese", "vi", "fonts-noto-core"),
    Script("Thai", "th", "fonts-noto-core"),
    Script("Khmer", "km", "fonts-noto-core"),
    Script("Lao", "lo", "fonts-noto-core"),
    Script("Burmese", "my", "fonts-noto-core"),
    Script("Tamil", "ta", "fonts-noto-core"),
    Script("Chinese", "zh-cn", "fonts-noto-cjk"),
)


def missing() -> tuple[str, ...]:
    """One line a package that lacks, naming the scripts that are set as empty boxes without it. Empty: all is there."""
    if shutil.which("fc-list") is None:
        return (_NO_FONTCONFIG,)
    lacking = [script for script in SCRIPTS if not _has_font(script.language)]
    packages = dict.fromkeys(script.package for script in lacking)
    return tuple(_told(package, [script for script in lacking if script.package == package]) for package in packages)


def libraries() -> str | None:
    """Why no PDF can be made here, in one line; None when it can."""
    try:
        load()
    except SettingsError as error:
        return str(error)
    return None


def _told(package: str, scripts: list[Script]) -> str:
    return f"no font has {', '.join(script.name for script in scripts)}: apt-get install {package}"


def _has_font(language: str) -> bool:
    """Whether one of the installed fonts covers the language's letters."""
    command = ["fc-list", f":lang={language}", "family"]
    try:
        found = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 (our words only)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return bool(found.stdout.strip())
