"""Looks at one photo in a child of its own, with little memory and little time: a bomb harms only this process.

``python -m bot.photo_check FROM TO`` writes a JPEG without any of the camera's notes (place, time, owner) and exits
with 0, or with one of the codes below and writes nothing.
"""

import resource
import sys
from pathlib import Path

MEMORY = 700 * 1024 * 1024
SECONDS = 20
LARGEST_SIDE = 1_600
MOST_PIXELS = 60_000_000
EMPTY, NOT_A_PHOTO, TOO_BIG = 10, 11, 12
WHY = {EMPTY: "empty", NOT_A_PHOTO: "not_a_photo", TOO_BIG: "too_big"}
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "HEIF")


def main() -> int:
    """Check and rewrite one photo."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    return EMPTY if source.stat().st_size == 0 else _rewrite(source, target)


def _rewrite(source: Path, target: Path) -> int:
    import pi_heif  # only the child pays for them
    from PIL import Image, ImageOps, UnidentifiedImageError

    pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(source, formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                return TOO_BIG
            image.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
            upright = ImageOps.exif_transpose(image).convert("RGB")
            upright.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
            upright.info.clear()
            upright.save(target, "JPEG", quality=82, optimize=True)
    except UnidentifiedImageError:
        return NOT_A_PHOTO
    return 0


if __name__ == "__main__":
    sys.exit(main())
