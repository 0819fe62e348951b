"""Uploads that must be refused: (file name, content, the refusal's code)."""

import io
import struct
import zipfile
import zlib

from PIL import Image

from tests.factories import files as make

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def relations(kind: str, target: str) -> bytes:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId9" Type="{RELATIONSHIPS}/{kind}" Target="{target}" TargetMode="External"/>'
        "</Relationships>"
    ).encode()


def linked(kind: str, target: str) -> bytes:
    return make.repacked(make.docx(), {"word/_rels/settings.xml.rels": relations(kind, target)})


def typed(content: bytes, former: str, new: str) -> bytes:
    """The document under another main content type."""
    types = make.member(content, "[Content_Types].xml").replace(former.encode(), new.encode())
    return make.repacked(content, {"[Content_Types].xml": types})


def overlapping() -> bytes:
    """A DOCX whose directory names the same compressed bytes under two names, as Fifield's bombs do."""
    content = make.repacked(make.docx(), {"word/a.xml": b"x" * 1000, "word/b.xml": b"x" * 1000})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        first, second = archive.getinfo("word/a.xml"), archive.getinfo("word/b.xml")
    there = content.rindex(b"word/b.xml") - 46 + 42
    assert content[there : there + 4] == struct.pack("<L", second.header_offset)
    return content[:there] + struct.pack("<L", first.header_offset) + content[there + 4 :]


def huge_png() -> bytes:
    """A PNG of a few bytes that claims 60,000 × 60,000 pixels."""
    header = struct.pack(">LLBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">L", len(header))
        + chunk
        + struct.pack(">L", zlib.crc32(chunk))
        + make.picture()[33:]
    )


def long_gif() -> bytes:
    frames = [Image.new("P", (1000, 1000), number) for number in range(60)]
    stream = io.BytesIO()
    frames[0].save(stream, "GIF", save_all=True, append_images=frames[1:])
    return stream.getvalue()


def active_pdf(action: bytes) -> bytes:
    return make.pdf() + b"\n99 0 obj\n<< /Type /Action " + action + b" >>\nendobj\n%%EOF"


def hidden_script_pdf() -> bytes:
    """The action stands inside a compressed object stream, where no plain search sees it."""
    packed = zlib.compress(b"7 0 << /S /JavaScript /JS (app.alert\\(1\\)) >>")
    dictionary = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>" % len(packed)
    return b"\n".join([make.pdf(), b"99 0 obj", dictionary, b"stream", packed, b"endstream", b"endobj", b"%%EOF"])


DOCUMENTS = {
    "an empty file": lambda: ("a.pdf", b"", "empty"),
    "a scripted SVG": lambda: ("a.svg", b"<svg onload='alert(1)'/>", "format"),
    "a web page": lambda: ("a.html", b"<script>alert(1)</script>", "format"),
    "a web page named as a text": lambda: ("a.txt", b"\n <!DOCTYPE html><p>hi", "page"),
    "a script in a text": lambda: ("a.txt", "Привет <script>alert(1)</script>".encode(), "page"),
    "a program named as a text": lambda: ("a.txt", b"MZ\x90\x00\x03\x00\x00\x00", "content"),
    "a program named as PDF": lambda: ("a.pdf", b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 400, "content"),
    "no ending": lambda: ("Makefile", b"all:", "format"),
    "two endings": lambda: ("a.pdf.exe", make.pdf(), "format"),
    "an ending hidden by reversed writing": lambda: ("план\u202efdp.exe", make.pdf(), "format"),
    "an archive": lambda: ("a.zip", make.docx(), "format"),
    "old Word": lambda: ("a.doc", COMPOUND, "format"),
    "old Word named as DOCX": lambda: ("a.docx", COMPOUND + "WordDocument".encode("utf-16-le"), "old_office"),
    "old Word that pretends to be encrypted": lambda: (
        "a.docx",
        COMPOUND + "WordDocument EncryptedPackage".encode("utf-16-le"),
        "old_office",
    ),
    "DOCM": lambda: ("a.docm", make.docx(), "format"),
    "DOCM named as DOCX": lambda: (
        "a.docx",
        typed(
            make.docx(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
        "macros",
    ),
    "a DOCX with a macro": lambda: ("a.docx", make.repacked(make.docx(), {"word/vbaProject.bin": b"VBA"}), "macros"),
    "an XLSX with old macros": lambda: (
        "a.xlsx",
        make.repacked(make.xlsx(), {"xl/macrosheets/sheet1.xml": b"<x/>"}),
        "macros",
    ),
    "an ODT with a macro": lambda: (
        "a.odt",
        make.repacked(make.odt(), {"Basic/Standard/Module1.xml": b"<m/>"}),
        "macros",
    ),
    "an XLSX named as DOCX": lambda: ("a.docx", make.xlsx(), "content"),
    "an ODS named as ODT": lambda: ("a.odt", make.ods(), "content"),
    "a bare ZIP named as DOCX": lambda: ("a.docx", bare_zip(), "damaged"),
    "a remote template": lambda: ("a.docx", linked("attachedTemplate", "https://evil.example/a.dotm"), "external"),
    "a template on another computer": lambda: (
        "a.docx",
        linked("attachedTemplate", "file://evil.example/share/a.dotm"),
        "external",
    ),
    "a picture from a network share": lambda: ("a.docx", linked("image", r"\\evil.example\share\a.png"), "external"),
    "an external object": lambda: ("a.docx", linked("oleObject", "https://evil.example/x.rtf"), "external"),
    "a link to a script": lambda: ("a.docx", linked("hyperlink", "javascript:alert(1)"), "external"),
    "a program inside": lambda: ("a.docx", make.repacked(make.docx(), {"word/embeddings/a.exe": b"MZ"}), "program"),
    "an archive inside": lambda: ("a.docx", make.repacked(make.docx(), {"word/embeddings/a.zip": b"PK"}), "nested"),
    "a path that climbs out": lambda: ("a.docx", make.repacked(make.docx(), {"../../etc/cron.d/x": b"x"}), "path"),
    "a zip bomb": lambda: ("a.docx", make.repacked(make.docx(), {"word/media/x.xml": b"\0" * 30_000_000}), "bomb"),
    "overlapping members": lambda: ("a.docx", overlapping(), "bomb"),
    "too many members": lambda: (
        "a.docx",
        make.repacked(make.docx(), {f"word/{number}.xml": b"" for number in range(5001)}),
        "bomb",
    ),
    "a page after a DOCX": lambda: ("a.docx", make.docx() + b"<script>alert(1)</script>", "polyglot"),
    "a page before a DOCX": lambda: ("a.docx", b"<script>alert(1)</script>" + make.docx(), "content"),
    "a PDF that is a ZIP too": lambda: ("a.pdf", make.pdf() + make.docx(), "polyglot"),
    "a PDF that is a page too": lambda: (
        "a.pdf",
        make.pdf().replace(b"\n", b"\n<script>alert(1)</script>\n", 1),
        "polyglot",
    ),
    "a page with a PDF behind it": lambda: ("a.pdf", b"<html>" + make.pdf(), "content"),
    "a PDF with a script": lambda: ("a.pdf", active_pdf(b"/S /JavaScript /JS (app.alert)"), "active"),
    "a PDF with a script in disguise": lambda: ("a.pdf", active_pdf(b"/S /J#61vaScr#69pt /JS (x)"), "active"),
    "a PDF with a packed script": lambda: ("a.pdf", hidden_script_pdf(), "active"),
    "a PDF that starts a program": lambda: ("a.pdf", active_pdf(b"/S /Launch /F (cmd.exe)"), "active"),
    "too large a text": lambda: ("a.txt", b"a" * (10 * 1024 * 1024 + 1), "size"),
}

PICTURES = {
    "an empty picture": lambda: ("a.png", b"", "empty"),
    "a scripted SVG": lambda: ("a.svg", b"<svg onload='alert(1)'/>", "format"),
    "a scripted SVG named as PNG": lambda: ("a.png", b"<svg onload='alert(1)'/>", "content"),
    "a PNG named as JPEG": lambda: ("a.jpg", make.picture("PNG"), "content"),
    "a document": lambda: ("a.pdf", make.pdf(), "format"),
    "a GIF that is a script too": lambda: (
        "a.gif",
        b"GIF89a/*" + make.picture("GIF")[8:] + b"*/=1;alert(1)",
        "polyglot",
    ),
    "a JPEG with PHP": lambda: ("a.jpg", make.picture("JPEG") + b"<?php system('id') ?>", "polyglot"),
    "a JPEG that is a ZIP too": lambda: ("a.jpg", make.picture("JPEG") + make.docx(), "polyglot"),
    "a pixel bomb": lambda: ("a.png", huge_png(), "pixels"),
    "a long animation": lambda: ("a.gif", long_gif(), "pixels"),
    "a GIF too wide": lambda: ("a.gif", make.picture("GIF", (8_300, 2)), "pixels"),
    "a cut off picture": lambda: ("a.jpg", make.picture("JPEG", (2000, 2000))[:3000], "damaged"),
}


def bare_zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "a")
    return stream.getvalue()
