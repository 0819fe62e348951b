"""The formats that the portal takes, and the ones it explains how to save anew.

The list is short on purpose: what teachers' practices are made of and what the portal can check, read
and show. Not taken, and why: CSV (a spreadsheet runs its formulas: XLSX says the same), RTF (carries programs as
objects), archives (nobody can look inside before taking them: files are uploaded one by one, and the
portal packs them itself), sound and video (weigh more than all else together: put on a video service and linked),
SVG and HTML (run scripts).
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"


@dataclass(frozen=True)
class Format:
    """A kind of file: its code is also its usual ending."""

    code: str
    content_type: str
    endings: tuple[str, ...]
    has_text: bool = True
    is_picture: bool = False

    @property
    def can_be_drawn(self) -> bool:
        """Is there a picture of its first page? The others need an office program: a tile stands for them."""
        return self.is_picture or self.code == "pdf"


DOCUMENTS = [
    Format("pdf", "application/pdf", ("pdf",)),
    Format("docx", f"{OOXML}.wordprocessingml.document", ("docx",)),
    Format("pptx", f"{OOXML}.presentationml.presentation", ("pptx",)),
    Format("xlsx", f"{OOXML}.spreadsheetml.sheet", ("xlsx",)),
    Format("odt", f"{ODF}.text", ("odt",)),
    Format("odp", f"{ODF}.presentation", ("odp",)),
    Format("ods", f"{ODF}.spreadsheet", ("ods",)),
    Format("txt", "text/plain; charset=utf-8", ("txt",)),
]
PICTURES = [
    Format("jpeg", "image/jpeg", ("jpg", "jpeg"), has_text=False, is_picture=True),
    Format("png", "image/png", ("png",), has_text=False, is_picture=True),
    Format("webp", "image/webp", ("webp",), has_text=False, is_picture=True),
    Format("avif", "image/avif", ("avif",), has_text=False, is_picture=True),
    Format("gif", "image/gif", ("gif",), has_text=False, is_picture=True),
]

BY_ENDING = {ending: format_ for format_ in DOCUMENTS + PICTURES for ending in format_.endings}

#: A scanned sheet is a material too, so pictures are also taken as documents.
DOCUMENT_ENDINGS = [ending for format_ in DOCUMENTS + PICTURES for ending in format_.endings]
PICTURE_ENDINGS = [ending for format_ in PICTURES for ending in format_.endings]

_save_office = _("Open the file in Word, Excel or PowerPoint, choose «Save as» and the type %(type)s, then upload it.")
_one_by_one = _("Archives are not accepted. Upload the files one by one: visitors can take them all at once.")
_no_macros = _("Files with macros are not accepted. Save the file as %(type)s, without macros, and upload it.")
_no_media = _("Sound and video are not accepted. Put the recording on a video service and give a link to it.")
_save_picture = _("Save the picture as JPEG or PNG and upload it.")
_no_scripts = _("Web pages and programs are not accepted. Save the text as DOCX or PDF and upload it.")

#: Endings that people do try, and what to do instead.
INSTEAD = {
    **{old: (_save_office, new) for old, new in [("doc", "DOCX"), ("xls", "XLSX"), ("ppt", "PPTX"), ("pps", "PPTX")]},
    **dict.fromkeys(("rtf", "dot", "dotx", "wps"), (_save_office, "DOCX")),
    **dict.fromkeys(("csv", "xlt", "xltx", "xlsb"), (_save_office, "XLSX")),
    **dict.fromkeys(("pot", "potx", "ppsx"), (_save_office, "PPTX")),
    **dict.fromkeys(("docm", "dotm"), (_no_macros, "DOCX")),
    **dict.fromkeys(("xlsm", "xltm", "xlam"), (_no_macros, "XLSX")),
    **dict.fromkeys(("pptm", "ppsm", "potm", "ppam"), (_no_macros, "PPTX")),
    **dict.fromkeys(("zip", "rar", "7z", "tar", "gz"), (_one_by_one, "")),
    **dict.fromkeys(("mp3", "mp4", "avi", "mov", "wav", "mkv", "webm", "ogg", "m4a", "wmv"), (_no_media, "")),
    **dict.fromkeys(("svg", "svgz", "bmp", "tif", "tiff", "heic", "heif", "psd", "cdr"), (_save_picture, "")),
    **dict.fromkeys(("html", "htm", "mht", "js", "exe", "swf", "jar", "bat", "php", "py"), (_no_scripts, "")),
}
