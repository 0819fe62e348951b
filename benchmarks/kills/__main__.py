"""What a portal keeps when its parts are killed: `python -m benchmarks.kills [--cycles 50] [--writers 10] [--json]`.

Authors write, upload and submit, experts review and so publish, all through HTTP, and go on trying when nobody
answers. In each cycle SIGKILL takes the web server, the database, the worker, or all of them with their supervisor.
Then whatever was acknowledged must be there, whole and once. The exit code is 1 if anything is not.
"""

import argparse
import json
import os
import sys
import threading
import time
from dataclasses import asdict, dataclass, field

from benchmarks.kills.fire import Portal, parts_in_turn, portal
from benchmarks.kills.journal import Journal
from benchmarks.kills.post import Post, post
from benchmarks.portal import environment
from imperia import embedded

#: Seconds of work between two kills; a part that falls sooner than ten seconds after its start counts as sick.
WORK = 3.0
#: Seconds for the worker to send what is left, once nothing falls any more.
AFTERWARDS = 45


@dataclass
class Report:
    """What was done, what was met on the way, and what is wrong afterwards."""

    cycles: int
    writers: int
    seconds: float
    back_in: dict[str, float]
    drafts: int
    saves: int
    files: int
    submissions: int
    verdicts: int
    published: int
    letters: int
    letters_in_doubt: int
    tries_again: int
    surprises: list[str] = field(default_factory=list)
    faults: dict[str, list[str]] = field(default_factory=dict)


def django_on(under_fire: Portal) -> None:
    os.environ.pop("DATABASE_URL", None)
    os.environ.update(environment(under_fire.var_dir, PORT=str(under_fire.port)))
    import django  # noqa: PLC0415 - the settings read the environment set above

    django.setup()


def close_connections() -> None:
    from django.db import connections  # noqa: PLC0415 - after django.setup()

    connections.close_all()


def measure(cycles: int, writers: int) -> Report:
    with post() as mail, portal() as under_fire:
        under_fire.environment["EMAIL_URL"] = mail.url
        under_fire.start()
        django_on(under_fire)
        from benchmarks.kills import content  # noqa: PLC0415 - after django.setup()

        authors, readers = content.make(writers, max(4, writers // 2))
        close_connections()
        journal = Journal()
        began = time.monotonic()
        back_in = work_and_kill(under_fire, journal, authors, readers, cycles)
        seconds = time.monotonic() - began
        settle(mail)
        under_fire.stop()
        embedded.start(under_fire.var_dir)
        report = reported(journal, mail, cycles, writers)
        report.seconds, report.back_in = round(seconds, 1), back_in
        close_connections()
        return report


def work_and_kill(
    under_fire: Portal, journal: Journal, authors: list[str], readers: list[str], cycles: int
) -> dict[str, float]:
    """Runs the cycles; the longest time in which each part came back."""
    from benchmarks.kills.crowd import Author, Expert  # noqa: PLC0415 - after django.setup()

    over = threading.Event()
    crowd = [Author(under_fire.url, email, journal, over) for email in authors]
    crowd += [Expert(under_fire.url, email, journal, over) for email in readers]
    for member in crowd:
        member.start()
    back_in: dict[str, float] = {}
    for number, part in enumerate(parts_in_turn(cycles), start=1):
        time.sleep(WORK)
        fallen = time.monotonic()
        under_fire.kill(part)
        under_fire.wait()
        back_in[part] = round(max(back_in.get(part, 0), time.monotonic() - fallen), 1)
        sys.stderr.write(f"\r{number}/{cycles} {part:<10}")
    time.sleep(WORK)
    over.set()
    for member in crowd:
        member.join(timeout=180)
    return back_in


def settle(mail: Post) -> None:
    """Wait until the worker has sent what was left."""
    deadline, last, since = time.monotonic() + AFTERWARDS, -1, time.monotonic()
    while time.monotonic() < deadline and time.monotonic() - since < AFTERWARDS / 3:
        if (now := sum(mail.taken.values())) != last:
            last, since = now, time.monotonic()
        time.sleep(0.5)


def reported(journal: Journal, mail: Post, cycles: int, writers: int) -> Report:
    from benchmarks.kills.aftermath import faults  # noqa: PLC0415 - after django.setup()
    from notifications.models import Letter  # noqa: PLC0415
    from notifications.sending import send, sweep  # noqa: PLC0415
    from practices.models import PracticePage  # noqa: PLC0415

    sweep()
    for letter in Letter.objects.filter(state=Letter.State.WAITING):
        Letter.objects.filter(pk=letter.pk).update(next_try=letter.created_at)
        send(letter.pk)
    return Report(
        cycles=cycles,
        writers=writers,
        seconds=0,
        back_in={},
        drafts=journal.begun,
        saves=journal.saves,
        files=sum(map(len, journal.files.values())),
        submissions=len(journal.submitted),
        verdicts=len(journal.verdicts),
        published=PracticePage.objects.live().count(),
        letters=sum(mail.taken.values()),
        letters_in_doubt=Letter.objects.filter(state=Letter.State.UNKNOWN).count(),
        tries_again=journal.retries,
        surprises=journal.surprises,
        faults=faults(journal, mail.taken),
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cycles", type=int, default=50)
    parser.add_argument("--writers", type=int, default=10)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    report = measure(options.cycles, options.writers)
    if options.json:
        print(json.dumps(asdict(report), ensure_ascii=False, indent=2))
    else:
        for name, value in asdict(report).items():
            print(f"{name.replace('_', ' '):<18} {value}")
    return 1 if report.surprises or any(report.faults.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
