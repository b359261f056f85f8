"""The letterhead's logo: read once, and refused in one line when it is no image that a page can show."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

from lxml import etree

from pipeline.errors import SettingsError

LARGEST = 2_000_000  # bytes: it goes into every file of every edition
_SIDE = 10_000  # pixels; more is no logo, and costs memory to decode
_FORMATS = ("PNG", "JPEG")
_SVG = "{http://www.w3.org/2000/svg}svg"


def read_logo(path: Path) -> bytes:
    """The image's bytes. Raises `SettingsError` naming the setting when it cannot be read or is no PNG, JPEG or SVG."""
    try:
        with path.open("rb") as file:
            image = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise SettingsError(f"letterhead.logo: {path} cannot be read: {_reason(error)}") from None
    if len(image) > LARGEST:
        raise SettingsError(f"letterhead.logo: {path} is larger than {LARGEST // 1_000_000} MB: make it smaller")
    if not (_is_svg(image) or _is_picture(image)):
        raise SettingsError(f"letterhead.logo: {path} is no PNG, JPEG or SVG image that can be read")
    return image


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _is_svg(image: bytes) -> bool:
    """Without a document type: entities in it could grow without end or name files."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(image, parser)
    except (etree.XMLSyntaxError, ValueError):
        return False
    return root.tag == _SVG and root.getroottree().docinfo.doctype == ""


def _is_picture(image: bytes) -> bool:
    """Whether it decodes whole."""
    from PIL import Image  # noqa: PLC0415 (only who has a logo pays for it)

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a picture that unpacks to far more than it weighs is warned of
            with Image.open(io.BytesIO(image), formats=_FORMATS) as picture:
                if max(picture.size) > _SIDE:
                    return False
                picture.load()
    except Exception:  # noqa: BLE001 (a broken image makes decoders raise anything)
        return False
    return True
