"""All attacks, family by family."""

from __future__ import annotations

from tests.attacks import (
    checks,
    displayed,
    files,
    forging,
    network,
    notebook_file,
    notebook_form,
    processes,
    reading,
    resources,
    searching,
    terminal,
    writing,
)
from tests.attacks.attack import Attack

FAMILIES: dict[str, list[Attack]] = {
    "The check itself": checks.ATTACKS,
    "Evidence and verdicts": forging.ATTACKS,
    "Reading": [*reading.ATTACKS, *searching.ATTACKS],
    "Writing": writing.ATTACKS,
    "Network": network.ATTACKS,
    "Memory, disk, output, time": resources.ATTACKS,
    "Processes": processes.ATTACKS,
    "The notebook's form": [*notebook_form.ATTACKS, *notebook_file.ATTACKS],
    "The browser of the one who looks at it": displayed.ATTACKS,
    "The terminal of the one who grades": terminal.ATTACKS,
    "What lies in the notebook's place": files.ATTACKS,
}
ATTACKS = [attack for family in FAMILIES.values() for attack in family]
