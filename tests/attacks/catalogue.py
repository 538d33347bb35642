"""All attacks, family by family."""

from __future__ import annotations

from tests.attacks import (
    canned,
    checks,
    displayed,
    files,
    forging,
    hidden,
    names,
    neighbours,
    network,
    notebook_file,
    notebook_form,
    processes,
    reading,
    resources,
    searching,
    terminal,
    timing,
    writing,
)
from tests.attacks.attack import Attack

FAMILIES: dict[str, list[Attack]] = {
    "The check itself": checks.ATTACKS,
    "Evidence and verdicts": forging.ATTACKS,
    "Canned evidence": canned.ATTACKS,
    "Reading": [*reading.ATTACKS, *searching.ATTACKS],
    "Hidden tests": hidden.ATTACKS,
    "Writing": writing.ATTACKS,
    "Network": network.ATTACKS,
    "Memory, disk, output, time": [*resources.ATTACKS, *timing.ATTACKS],
    "Processes": processes.ATTACKS,
    "Names and facts of the host": names.ATTACKS,
    "Those who are graded at the same time": neighbours.ATTACKS,
    "The notebook's form": [*notebook_form.ATTACKS, *notebook_file.ATTACKS],
    "The browser of the one who looks at it": displayed.ATTACKS,
    "The terminal of the one who grades": terminal.ATTACKS,
    "What lies in the notebook's place": files.ATTACKS,
}
ATTACKS = [attack for family in FAMILIES.values() for attack in family]
