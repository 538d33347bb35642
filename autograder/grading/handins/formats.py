"""What a file is, by the end of its name: a notebook, an archive, or neither and why that is not taken."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

ZIP, TAR = ".zip", ".tar"
NOTEBOOK = re.compile(r"\.ipynb(( ?\(\d+\))?\.(txt|json))?$", re.IGNORECASE)
"""Browsers that take a notebook for a text save it as ``x.ipynb.txt``, or ``x.ipynb.json``."""
ARCHIVE = re.compile(r"\.(zip|tar|tgz|tar\.gz)$", re.IGNORECASE)
PACKED_OTHERWISE = (".rar", ".7z", ".gz", ".bz2", ".xz", ".zst", ".lzma", ".cab", ".dmg", ".iso", ".sit")
NO_NOTEBOOK = {
    **dict.fromkeys((".html", ".htm", ".mhtml", ".webarchive"), "a web page"),
    **dict.fromkeys((".py", ".pyc", ".r", ".m"), "a program"),
    **dict.fromkeys((".pdf", ".doc", ".docx", ".odt", ".rtf", ".pages"), "a document"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".heic", ".webp", ".svg"), "a picture"),
    **dict.fromkeys((".txt", ".md", ".json", ".csv", ".eml", ".msg"), "a text"),
    **dict.fromkeys((".crdownload", ".part", ".download"), "a download that was not finished"),
    **dict.fromkeys((".webloc", ".url", ".lnk", ".gdoc"), "a link"),
}


def is_notebook(where: PurePosixPath) -> bool:
    return NOTEBOOK.search(where.name) is not None


def archive_kind(where: PurePosixPath) -> str:
    """`ZIP`, `TAR`, be that packed or not, or "" for neither."""
    found = ARCHIVE.search(where.name)
    return "" if not found else ZIP if found[0].lower() == ZIP else TAR


def can_be_opened(where: PurePosixPath) -> bool:
    return is_notebook(where) or archive_kind(where) != ""


def as_named(where: PurePosixPath) -> PurePosixPath:
    """The same path with the usual ends of names, by which whose it is can be told."""
    return PurePosixPath(*(NOTEBOOK.sub(".ipynb", ARCHIVE.sub(ZIP, part)) for part in where.parts))


def why_not(where: PurePosixPath) -> str:
    """Why a file that came is not taken, and what to do, by the end of its name."""
    end = where.suffix.lower()
    if end in PACKED_OTHERWISE:
        return f"{end} archives are not opened here. Next: unpack it, or ask for a zip"
    what = NO_NOTEBOOK.get(end, f"a file of another kind ({end[:20]})" if end else "a file of another kind")
    return f"it is {what}, and lies with no notebook. Next: ask for the .ipynb, unless that came, too"
