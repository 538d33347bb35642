"""When one hand-in was handed in, by all that came with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, tzinfo

from autograder.grading.handins.archives import Opened
from autograder.grading.handins.moments import Claim, Source, When, contradiction, first_possible
from autograder.grading.handins.receipts import Receipt


def dated(
    file: Opened, receipt: Receipt | None, platform: datetime | None, given: datetime | None, zone: tzinfo
) -> When:
    """By the best source: the platform or the exchange, the teacher, its receipt, its archive, the file.

    ``platform`` is what a learning platform or the exchange says in a name, ``given`` what a teacher says.
    """
    said = [(platform, Source.PLATFORM), (given, Source.GIVEN)]
    claims = [Claim(moment, source) for moment, source in said if moment]
    if file.stamp:
        claims.append(file.stamp)
    written = receipt.moment if receipt and receipt.fits(file.content or b"") else None
    if written:
        claims.append(Claim(written, Source.RECEIPT))
    claims.sort(key=lambda claim: list(Source).index(claim.source))
    when = first_possible([*claims, *file.times], zone)
    around = [*file.times[:1], *file.slip_times[:1]]
    return replace(
        when,
        contradiction=contradiction(written, around, zone) if written else "",
        written=first_possible(file.times, zone).moment,
    )
