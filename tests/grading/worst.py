"""The worst 20 MB for each reader of what students hand in, and what reading them costs.

Run as ``python -m tests.grading.worst [NAME …]``: a line of JSON for each, with processor time and the most
memory of a process that does nothing else.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tarfile
import tempfile
import time
import zlib
from collections.abc import Callable
from datetime import UTC
from pathlib import Path

from autograder.grading.handins.intake import BrokenHandin, parse
from autograder.grading.handins.opening import open_all
from tests.attacks.handed_in import directory, overlapping, zipped

SIZE = 20_000_000
MANY = 990_000
"""Just below the number of values that are read."""


def notebook(value: bytes, source: bytes = b'""') -> bytes:
    """A notebook of one cell and one value more, with a letter that makes each take four bytes in memory."""
    cell = b'{"cell_type": "code", "metadata": {}, "source": %b}' % source
    return b'{"nbformat": 4, "cells": [%b], "metadata": {"%b": %b}}' % (cell, "😀".encode(), value)


def full(unit: bytes) -> bytes:
    return unit * ((SIZE - 200) // len(unit))


def listed(unit: bytes, number: int = SIZE) -> bytes:
    return b"[" + unit * min(number, (SIZE - 200) // len(unit)) + b"1]"


def pictures() -> bytes:
    attached = b",".join(b'"%d": {"image/png": ""}' % number for number in range(48))
    cell = b'{"cell_type": "markdown", "source": "", "attachments": {%b}}' % attached
    return b'{"nbformat": 4, "cells": [%b]}' % b",".join([cell] * 4_900)


def zips_of_zips(number: int) -> bytes:
    """So many zips in zips, of a notebook each that is almost too large."""
    inner = zipped({"a.zip": zipped({"a.ipynb": b" " * 19_000_000})})
    return zipped({f"{each}.zip": inner for each in range(number)})


NOTEBOOKS: dict[str, Callable[[], bytes]] = {
    "a name twice": lambda: notebook(b"{" + b"".join(b'"%d":1,' % n for n in range(MANY)) + b'"1":1}'),
    "names": lambda: notebook(b"{" + b"".join(b'"%011d":1,' % n for n in range(MANY)) + b'"":1}'),
    "objects": lambda: notebook(listed(b'{"a":1},', MANY // 3)),
    "more objects": lambda: notebook(listed(b'{"a":1},')),
    "empty lists": lambda: notebook(listed(b"[],")),
    "deep": lambda: b"[" * (SIZE // 2) + b"]" * (SIZE // 2),
    "rather deep, often": lambda: notebook(listed(b"[" * 890 + b"]" * 890 + b",", 550)),
    "numbers of 4300 digits": lambda: notebook(listed(b"9" * 4300 + b",")),
    "a number between two": lambda: notebook(b"9007199254740993." + full(b"0") + b"1"),
    "halves of pairs": lambda: notebook(b"1", b'"' + full(rb"\ud800") + b'"'),
    "escapes and a half": lambda: notebook(b"1", b'"' + full(rb"\\") + rb'\ud800"'),
    "halves between escapes": lambda: notebook(b"1", b'"' + full(rb"\ud800\\") + b'"'),
    "quotes": lambda: b'{"a": "' + full(b'"'),
    "texts": lambda: b"[" + full(b'"",'),
    "a text without an end": lambda: b'{"a": "' + full(rb"\""),
    "cells": lambda: b'{"nbformat": 4, "cells": [' + full(b"{},") + b"{}]}",
    "pictures": pictures,
}


def header(name: bytes, size: int, kind: bytes = b"0") -> bytes:
    """One of a tar."""
    block = bytearray(name.ljust(100, b"\0") + b"0000644\0" * 3 + b"%011o\0" % size + b"14140460000\0")
    block += b" " * 8 + kind
    block = block.ljust(tarfile.BLOCKSIZE, b"\0")
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def tar_of(unit: bytes) -> bytes:
    return full(unit)[: SIZE // tarfile.BLOCKSIZE * tarfile.BLOCKSIZE]


def more(said: bytes, kind: bytes = b"x") -> bytes:
    """What a header says of the next one, and that."""
    blocks = -(-len(said) // tarfile.BLOCKSIZE) * tarfile.BLOCKSIZE
    return header(b"x", len(said), kind) + said.ljust(blocks, b"\0") + header(b"a.ipynb", 0)


def gigabytes() -> bytes:
    packer = zlib.compressobj(wbits=31)
    return b"".join(packer.compress(bytes(SIZE)) for _ in range(100)) + packer.flush()


def packed_tars() -> bytes:
    """A zip of tars that open to much more than they have."""
    inner = gzip.compress(header(b"a.txt", 59_000_000) + bytes(59_000_064))
    return zipped({f"{each}.tar.gz": inner for each in range(90)})


ARCHIVES: dict[str, Callable[[], bytes]] = {
    "zips of zips": lambda: zips_of_zips(90),
    "zips of as much as is read": lambda: zips_of_zips(3),
    "names of nothing": lambda: directory(SIZE // 70),
    "names of many folders": lambda: zipped({f"{n}/" + "a/" * 32_000 + "a.ipynb": b"" for n in range(90)}),
    "the same bytes by many names": lambda: overlapping(250_000),
    "a tar of names of nothing": lambda: tar_of(header(b"a.ipynb", 0)),
    "a tar of digits": lambda: tar_of(more(b"1" * 90_000)),
    "a tar of records": lambda: tar_of(more(b"6 a=1\n" * 16_000)),
    "a tar of records for all": lambda: tar_of(more(b"6 a=1\n" * 16_000, b"g")),
    "a tar of long names": lambda: tar_of(more(b"a/" * 45_000, b"L")),
    "a tar that opens to 20 GB": lambda: gzip.compress(bytes(SIZE)) * 1_000,
    "a tar in one part of 2 GB": gigabytes,
    "tars that open to much": packed_tars,
    "a tar of other files": lambda: tar_of(header(b"a.txt", 0)),
}


def read_notebook(content: bytes) -> str:
    """What grading says of it."""
    try:
        return f"{len(parse(content).cells)} cells"
    except BrokenHandin as error:
        return str(error)


def read_archive(content: bytes) -> str:
    """What collecting says of it."""
    with tempfile.TemporaryDirectory() as folder:
        ending = "zip" if content.startswith(b"PK") else "tar.gz"
        Path(folder, f"mallory.{ending}").write_bytes(content)
        with open_all(Path(folder), UTC, lambda _: False) as (_, opened):
            return "; ".join(sorted({file.problem or "read" for file in opened}))


def measure(name: str) -> dict[str, object]:
    """Bytes, seconds of processor time, megabytes, and what was said, of a process of its own."""
    if name in ARCHIVES:
        content, read = ARCHIVES[name](), read_archive
    else:
        content, read = NOTEBOOKS[name](), read_notebook
    began = time.process_time()
    said = read(content)
    seconds = time.process_time() - began
    return {"bytes": len(content), "seconds": round(seconds, 2), "MB": peak_megabytes(), "said": said}


def peak_megabytes() -> int:
    """The most memory that this process had; getrusage would count that of the one that started it, too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) // 1000 for line in status.splitlines() if line.startswith("VmHWM"))


def measure_apart(name: str) -> dict[str, object]:
    command = [sys.executable, "-m", "tests.grading.worst", "--here", name]
    done = subprocess.run(command, capture_output=True, check=True, cwd=Path(__file__).parents[2])
    return dict(json.loads(done.stdout))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--here"]:
        print(json.dumps(measure(sys.argv[2])))
    else:
        for each in sys.argv[1:] or [*NOTEBOOKS, *ARCHIVES]:
            print(json.dumps({"name": each, **measure_apart(each)}), flush=True)
