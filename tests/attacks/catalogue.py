"""All attacks, family by family."""

from __future__ import annotations

from tests.attacks import (
    checks,
    files,
    forging,
    network,
    notebook_form,
    processes,
    reading,
    resources,
    writing,
)
from tests.attacks.attack import Attack

FAMILIES: dict[str, list[Attack]] = {
    "The check itself": checks.ATTACKS,
    "Evidence and verdicts": forging.ATTACKS,
    "Reading": reading.ATTACKS,
    "Writing": writing.ATTACKS,
    "Network": network.ATTACKS,
    "Memory, disk, output, time": resources.ATTACKS,
    "Processes": processes.ATTACKS,
    "The notebook's form": notebook_form.ATTACKS,
    "What lies in the notebook's place": files.ATTACKS,
}
ATTACKS = [attack for family in FAMILIES.values() for attack in family]
