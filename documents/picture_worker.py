"""The child process that draws a picture anew: `python -m documents.picture_worker FILE SECONDS MEMORY_MB`.

Prints one line of JSON (the kind and the sides, or why it is refused), then the bytes of the copy.
"""

import io
import json
import struct
import sys
import warnings
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from documents.attachments import JPEG, PNG
from documents.confine import confine
from documents.pictures import BROKEN, LONGEST_SIDE, NO_PICTURE, PIXELS, TOO_LARGE, WEBP

_KINDS = {"JPEG": JPEG, "PNG": PNG, "WEBP": WEBP}
_SAVED: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 85, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 82},
}


def drawn(path: Path) -> tuple[dict[str, object], bytes]:
    """Return what the copy is, and the copy. Raises OSError and its kin for what cannot be read."""
    with Image.open(path, formats=tuple(_KINDS)) as source:
        kind = str(source.format)
        if kind == "JPEG":
            source.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(source)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        bare = _bare(upright, kind)
        stream = io.BytesIO()
        bare.save(stream, kind, **_SAVED[kind])
        return {"media_type": _KINDS[kind], "width": bare.width, "height": bare.height}, stream.getvalue()


def _bare(picture: Image.Image, kind: str) -> Image.Image:
    """Return the pixels alone, in a picture that never knew the file they came from."""
    clear = kind != "JPEG" and ("A" in picture.getbands() or "transparency" in picture.info)
    pixels = picture.convert("RGBA" if clear else "RGB")
    bare = Image.new(pixels.mode, pixels.size)
    bare.paste(pixels)
    return bare


def main(arguments: list[str]) -> None:
    """Draw the picture within the limits and print it."""
    confine(float(arguments[1]), int(arguments[2]))
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = PIXELS
    told: dict[str, object]
    content = b""
    try:
        told, content = drawn(Path(arguments[0]))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        told = {"refused": TOO_LARGE}
    except UnidentifiedImageError:
        told = {"refused": NO_PICTURE}
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error):
        told = {"refused": BROKEN}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + content)


if __name__ == "__main__":
    main(sys.argv[1:])
