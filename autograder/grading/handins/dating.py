"""When one hand-in was handed in, by all that came with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, tzinfo

from autograder.course_file import CourseError
from autograder.grading.handins.archives import Opened
from autograder.grading.handins.moments import Claim, Source, When, contradiction, first_possible, is_possible
from autograder.grading.handins.receipts import Receipt
from autograder.lms import exchange
from autograder.lms.said import Said


def dated(
    file: Opened, receipt: Receipt | None, said: Said | None, given: datetime | None, zone: tzinfo
) -> When:
    """By the best source: a platform or the exchange, the teacher, its receipt, its archive, the file.

    ``said`` is what a platform or the exchange says in a name, ``given`` what the teacher says of all.
    """
    claims = [Claim(given, Source.GIVEN)] if given else []
    if said and said.moment:
        moment = said.moment if said.moment.tzinfo else said.moment.replace(tzinfo=zone)
        claims.append(Claim(moment, Source.PLATFORM))
    if file.stamp:  # beside what a student uploaded, it is the student's own
        uploaded = said is not None and said.system != exchange.SYSTEM
        claims.append(replace(file.stamp, source=Source.OWN_STAMP) if uploaded else file.stamp)
    written = receipt.moment if receipt and receipt.fits(file.content or b"") else None
    if written:
        claims.append(Claim(written, Source.RECEIPT))
    claims.sort(key=lambda claim: list(Source).index(claim.source))
    around = [*file.times[:1], *file.slip_times[:1]]
    return replace(
        first_possible([*claims, *file.times], zone),
        contradiction=contradiction(written, around, zone) if written else "",
        written=first_possible(file.times, zone).moment,
        marked=f"LATE in {said.system.capitalize()}" if said and said.late else "",
    )


def read_received(text: str | None, zone: tzinfo) -> datetime | None:
    """The time that a teacher gives. Raises CourseError where it is none, or lies ahead."""
    if text is None:
        return None
    try:
        moment = datetime.strptime(text.replace("T", " "), "%Y-%m-%d %H:%M").replace(tzinfo=zone)
    except ValueError:
        raise CourseError(f"{text!r} is no time. Next: give it as --received '2027-02-19 17:30'.") from None
    if not is_possible(moment):
        raise CourseError(f"Nothing can have been received {text}. Next: give a time that has been.")
    return moment
