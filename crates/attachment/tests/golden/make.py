"""Writes the pictures of this folder with Pillow, which decides what upright is.

    python make.py     (Pillow 13.0.0)

They are written once and then stay; `upright-N.png` is what Pillow's `exif_transpose` makes of `orientation-N.jpg`.
"""

import struct
from pathlib import Path

from PIL import Image, ImageCms, ImageDraw, ImageOps, PngImagePlugin

HERE = Path(__file__).parent


def scene(width=60, height=40):
    """Four quarters of four colours and one corner marked: no turn of it looks like another."""
    picture = Image.new("RGB", (width, height), (200, 40, 40))
    draw = ImageDraw.Draw(picture)
    draw.rectangle([width // 2, 0, width, height // 2], fill=(40, 160, 40))
    draw.rectangle([0, height // 2, width // 2, height], fill=(40, 40, 200))
    draw.rectangle([width // 2, height // 2, width, height], fill=(220, 220, 60))
    draw.rectangle([2, 2, 14, 8], fill=(255, 255, 255))
    return picture


def exif(orientation=1):
    found = Image.Exif()
    found[0x0112] = orientation
    found[0x010F] = "SECRETO fabricante"
    found[0x9286] = "SECRETO comentario"
    place = found.get_ifd(0x8825)
    place[1], place[2] = "S", (33.0, 26.0, 16.0)
    place[3], place[4] = "W", (70.0, 39.0, 1.0)
    return found


def main():
    for orientation in range(1, 9):
        path = HERE / f"orientation-{orientation}.jpg"
        scene().save(path, quality=95, subsampling=0, exif=exif(orientation))
        ImageOps.exif_transpose(Image.open(path)).convert("RGB").save(HERE / f"upright-{orientation}.png")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SECRETO xmp</x:xmpmeta>"
    scene().save(HERE / "everything.jpg", quality=90, exif=exif(), icc_profile=profile, xmp=xmp,
                 comment=b"SECRETO comentario")
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "SECRETO texto")
    text.add_itxt("XML:com.adobe.xmp", xmp.decode())
    scene().save(HERE / "everything.png", pnginfo=text, exif=exif(), icc_profile=profile)
    scene().save(HERE / "everything.webp", quality=80, exif=exif(), icc_profile=profile, xmp=xmp)
    scene().convert("CMYK").save(HERE / "cmyk.jpg", quality=90)
    scene().save(HERE / "progressive.jpg", quality=90, progressive=True)
    frames = [scene(), scene().transpose(Image.Transpose.ROTATE_180)]
    for name in ("moves.png", "moves.webp"):
        frames[0].save(HERE / name, save_all=True, append_images=frames[1:], duration=100)


main()
