"""Where a picture was taken, as the telephone wrote into it."""

from PIL import ExifTags, Image

from files.models import PortalImage

LATITUDE, LONGITUDE = ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLongitude
SOUTH_WEST = {"S", "W"}


def place_of(image: PortalImage) -> tuple[float, float] | None:
    """Latitude and longitude in degrees; None for a picture that does not tell."""
    try:
        with image.open_file() as opened, Image.open(opened) as picture:
            gps = picture.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        if not gps:
            return None
        latitude = degrees(gps[LATITUDE], gps.get(ExifTags.GPS.GPSLatitudeRef))
        longitude = degrees(gps[LONGITUDE], gps.get(ExifTags.GPS.GPSLongitudeRef))
    except Exception:  # noqa: BLE001 - a lost file or a damaged note is no place; the picture was checked at the door
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude or longitude) else None  # noqa: PLR2004


def degrees(value: tuple, reference: str | bytes | None) -> float:
    whole, minutes, seconds = (*map(float, value), 0.0, 0.0)[:3]
    found = whole + minutes / 60 + seconds / 3600
    letter = reference.decode("ascii", "replace") if isinstance(reference, bytes) else reference or ""
    return -found if letter.strip("\x00 ").upper() in SOUTH_WEST else found
