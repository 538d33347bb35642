"""Damage to the bytes of a notebook's file: what disks, editors, mail programs and version control do."""

from __future__ import annotations

import base64
import gzip
import io
import json
import zipfile
from random import Random

from tests.grading.damage.kinds import BROKEN, GRADED, of_bytes


def flip(content: bytes, random: Random, times: int = 1) -> bytes:
    changed = bytearray(content)
    for _ in range(times):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def cut_out(content: bytes, random: Random) -> bytes:
    start = random.randrange(len(content))
    return content[:start] + content[start + random.randrange(1, 2000) :]


def put_in(content: bytes, random: Random, what: bytes | None = None) -> bytes:
    place = random.randrange(len(content))
    return (
        content[:place]
        + (random.randbytes(random.randrange(1, 40)) if what is None else what)
        + content[place:]
    )


def exchange(content: bytes, random: Random) -> bytes:
    """Two blocks of a disk are in each other's place."""
    first, second = sorted(random.sample(range(len(content) // 512), 2))
    blocks = [content[i : i + 512] for i in range(0, len(content), 512)]
    blocks[first], blocks[second] = blocks[second], blocks[first]
    return b"".join(blocks)


def zipped(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("notebook.ipynb", content)
    return packed.getvalue()


def conflict(content: bytes, random: Random) -> bytes:
    lines = content.split(b"\n")
    place = random.randrange(len(lines))
    lines[place:place] = [b"<<<<<<< HEAD", lines[place], b"=======", b"x", b">>>>>>> mine"]
    return b"\n".join(lines)


def in_metadata(content: bytes, text: str) -> bytes:
    """JSON text as one more value in the notebook's metadata."""
    return content.replace(
        b'"metadata": {\n  "kernelspec"', b'"metadata": {"odd": ' + text.encode() + b', "kernelspec"'
    )


def in_a_cell(content: bytes, random: Random, text: str) -> bytes:
    """JSON text as one more value in a cell."""
    parts = content.split(b'"cell_type": ')
    place = random.randrange(1, len(parts))
    parts[place] = parts[place].replace(b",", b', "odd": ' + text.encode() + b",", 1)
    return b'"cell_type": '.join(parts)


def twice(content: bytes, random: Random) -> bytes:
    """A cell has a second source, an empty one."""
    parts = content.split(b'"source": ')
    place = random.randrange(1, len(parts))
    parts[place - 1] += b'"source": [], '
    return b'"source": '.join(parts)


DAMAGE = [
    of_bytes("flip a bit", "one bit is another", flip),
    of_bytes("flip bits", "thirty bits are others", lambda c, r: flip(c, r, 30)),
    of_bytes("cut the end", "breaks off somewhere", lambda c, r: c[: r.randrange(1, len(c) - 2)], BROKEN),
    of_bytes("cut the start", "lacks its beginning", lambda c, r: c[r.randrange(1, len(c)) :], BROKEN),
    of_bytes("cut out", "lacks up to 2000 bytes in the middle", cut_out),
    of_bytes("insert", "has random bytes in it", put_in),
    of_bytes("insert NULs", "has NUL bytes in it", lambda c, r: put_in(c, r, b"\0" * 9), BROKEN),
    of_bytes(
        "NULs at the end", "ends in NUL bytes, as after a power failure", lambda c, _: c + bytes(4096), BROKEN
    ),
    of_bytes("only NULs", "is as long as before, all NUL", lambda c, _: bytes(len(c)), BROKEN),
    of_bytes("exchange blocks", "has two blocks of 512 bytes exchanged", exchange),
    of_bytes("twice", "stands in its file twice", lambda c, _: c + c, BROKEN),
    of_bytes("byte order mark", "begins with the mark of UTF-8", lambda c, _: b"\xef\xbb\xbf" + c, GRADED),
    of_bytes("line ends", "has the line ends of Windows", lambda c, _: c.replace(b"\n", b"\r\n"), GRADED),
    of_bytes("utf-16", "saved in UTF-16", lambda c, _: c.decode().encode("utf-16"), BROKEN),
    of_bytes("utf-32", "saved in UTF-32", lambda c, _: c.decode().encode("utf-32"), BROKEN),
    of_bytes("latin-1", "saved in Latin-1", lambda c, _: c.decode().encode("latin-1", "replace"), BROKEN),
    of_bytes(
        "mojibake", "read as Latin-1 and saved in UTF-8", lambda c, _: c.decode("latin-1").encode(), GRADED
    ),
    of_bytes("gzip", "packed by gzip", lambda c, _: gzip.compress(c), BROKEN),
    of_bytes("zip", "packed by zip", lambda c, _: zipped(c), BROKEN),
    of_bytes("base64", "as mail programs encode it", lambda c, _: base64.encodebytes(c), BROKEN),
    of_bytes("random", "is random bytes", lambda c, r: r.randbytes(len(c)), BROKEN),
    of_bytes("empty", "is empty", lambda *_: b"", BROKEN),
    of_bytes("blank", "is empty lines", lambda *_: b"\n \n\n", BROKEN),
    of_bytes(
        "other JSON",
        "is JSON, and no notebook",
        lambda _, r: r.choice([b"null", b"7", b'"x"', b"[]", b"{}"]),
        BROKEN,
    ),
    of_bytes(
        "JSON in JSON",
        "is a text that holds the notebook",
        lambda c, _: json.dumps(c.decode()).encode(),
        BROKEN,
    ),
    of_bytes(
        "web page",
        "is a page that asks to log in",
        lambda *_: b"<!DOCTYPE html><title>Log in</title>",
        BROKEN,
    ),
    of_bytes(
        "script", "is a Python script", lambda *_: b"import numpy as np\n\ndef sigmoid(x): ...\n", BROKEN
    ),
    of_bytes("merge conflict", "has the marks of a merge in it", conflict),
    of_bytes("comma too many", "has a comma too many", lambda c, _: c.replace(b"}\n ]", b"},\n ]"), BROKEN),
    of_bytes("upper case", "is in upper case", lambda c, _: c.upper(), BROKEN),
    of_bytes("key twice", "has the source of a cell twice, once empty", twice, BROKEN),
    of_bytes(
        "huge integer", "has an integer of 5000 digits", lambda c, _: in_metadata(c, "9" * 5000), BROKEN
    ),
    of_bytes(
        "deep",
        "has lists a hundred thousand deep",
        lambda c, _: in_metadata(c, "[" * 10**5 + "]" * 10**5),
        BROKEN,
    ),
    of_bytes(
        "rather deep", "has lists 900 deep in a cell", lambda c, r: in_a_cell(c, r, "[" * 900 + "]" * 900)
    ),
    of_bytes(
        "NaN",
        "has NaN and Infinity in a cell",
        lambda c, r: in_a_cell(c, r, "[NaN, -Infinity, 1e999]"),
        GRADED,
    ),
    of_bytes(
        "half a pair",
        "has half of a surrogate pair in a cell",
        lambda c, r: in_a_cell(c, r, r'"\ud83d"'),
        GRADED,
    ),
]
