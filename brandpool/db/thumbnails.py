"""Small pictures of pictures: enough to know which one it is, small enough for a stick."""

import io
import warnings

LARGEST = 40_000
_SIDE, _QUALITY = 320, 70


def made_of(content: bytes) -> bytes | None:
    """A JPEG of at most 320 pixels a side, upright; None for what is no picture.

    A picture that claims more pixels than Pillow deems safe (89 million) is taken for none:
    opening it could fill the memory.
    """
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(content)) as picture:
                picture.draft("RGB", (2 * _SIDE, 2 * _SIDE))
                return _small(ImageOps.exif_transpose(picture))
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return None


def _small(picture: object) -> bytes:
    """The picture on white, small enough: quality gives way before size does."""
    from PIL import Image

    assert isinstance(picture, Image.Image)
    full = picture.convert("RGBA")
    full.thumbnail((_SIDE, _SIDE))
    flat = Image.new("RGB", full.size, "white")
    flat.paste(full, mask=full.getchannel("A"))
    for quality in (_QUALITY, 50, 30):
        target = io.BytesIO()
        flat.save(target, "JPEG", quality=quality, optimize=True)
        if target.tell() <= LARGEST:
            break
    return target.getvalue()
