"""An office at work on one server: how long a mark takes, when others see it, and what kills lose."""

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from select import select

from msgspec.structs import replace

from benchmarks.made_schedule import made_rows
from benchmarks.paired import paired, ratio
from benchmarks.table import Row
from models.journal.verify import verify
from models.operation import Actor
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.load import LoadRound
from models.queries.changes import changes_since
from models.queries.set_up.round_facts import round_rows
from models.record import Opener, Record
from models.role import Role
from models.session import Session
from models.store.locks import logins
from models.store.locks.logins import administering, lock
from models.store.places import ServerAddress, server_address
from models.values.rows import InterestRow, MemberRow, scored_round
from scoring.rank import rank
from scoring.ranking import Ranking
from scoring.round import InterestKind
from tests.server import cluster

CHAIR, OPENER = Actor("Member 1", "chair"), Opener("Member 1", "benchmarks")
CLIENTS, SECONDS, PAUSE = 20, 30.0, 1.0
MANY, KILLING, KILLS = 40, 60.0, 100
OFFICER_LOGIN = "grace_okoro"
Logins = Mapping[str, ServerAddress]
"""By a member's code, the record's address with the login that the member signs on with."""
MEMBERS = tuple(MemberRow(f"M{n}", f"Member {n}", "member" if n > 1 else "chair") for n in range(1, MANY + 1))


def measure() -> Iterator[Row]:
    """Yield the figures of an office at work, and what a hundred kills lost, without locks and under them."""
    for is_locked in (False, True):
        manner = "under locks" if is_locked else "without locks"
        with tempfile.TemporaryDirectory() as folder:
            address = _record()
            if is_locked:
                _lock(address)
            own = {one.code: _login(address, one) if is_locked else address for one in MEMBERS}
            officer = replace(address, login=OFFICER_LOGIN) if is_locked else address
            yield from _at_work(officer, own, Path(folder), manner)
            yield from _killed(officer, own, Path(folder), manner)
            yield _ranked(officer, Path(folder), manner)
            if is_locked:
                yield _started(officer, Path(folder), manner)
    cluster().stop()


def _lock(address: ServerAddress) -> None:
    """Set the locks, and let the members and an officer in."""
    with administering(address) as connection:
        lock(connection)
        logins.add(connection, OFFICER_LOGIN, "Grace Okoro", (Role.OFFICER,))
        for one in MEMBERS:
            logins.add(connection, _login(address, one).login, one.name, (Role(one.role),))


def _login(address: ServerAddress, member: MemberRow) -> ServerAddress:
    return replace(address, login=f"member_{member.code.lower()}")


def _record() -> ServerAddress:
    """Make a record of 1,000 applications that 40 members score."""
    address = server_address(cluster().address(cluster().new_database()))
    made = made_rows(1_000)
    declared = tuple(InterestRow(member.code, None, InterestKind.NONE) for member in MEMBERS)
    rows = replace(made, members=MEMBERS, interests=declared, sheets=(), agreed=())
    with Record.create(address, OPENER) as record:
        record.perform(LoadRound(rows), Actor("Grace Okoro"))
        for area in rows.areas:
            record.perform(MoveAreas(1, (area.name,), "scoring"), CHAIR)
    return address


def _at_work(address: ServerAddress, own: Logins, folder: Path, manner: str) -> Iterator[Row]:
    """Measure saves of clients at work, and when another one has read them."""
    clients = [_client(own[member.code], member, folder, SECONDS) for member in MEMBERS[:CLIENTS]]
    _let_go(clients)
    seen = dict(_heard(address, clients))
    of_each = [list(_lines(folder, member)) for member in MEMBERS[:CLIENTS]]
    lines = [line for own_lines in of_each for line in own_lines]
    took = sorted(line[4] for line in lines)
    later = sorted(line[4] for own_lines in of_each for line in own_lines[1:])
    late = sorted(seen[line[0]] - line[5] for line in lines if line[0] in seen)
    median_ms, slow_ms, later_ms, read_ms = (
        1000 * seconds for seconds in (statistics.median(took), _most(took), _most(later), _most(late))
    )
    subject = f"A mark saved by {CLIENTS} clients, {manner}"
    yield Row(f"{subject}: median", median_ms, 10, "ms", f"{len(took):,} marks")
    yield Row(f"{subject}: 95 of 100", slow_ms, 100, "ms", f"after each one's first {later_ms:.1f} ms")
    yield Row(f"A mark read by another, {manner}: 95 of 100", read_ms, 200, "ms")


def _most(seconds: Sequence[float]) -> float:
    """Return what 95 of 100 took at most, of times in order."""
    return seconds[int(len(seconds) * 0.95)]


def _killed(address: ServerAddress, own: Logins, folder: Path, manner: str) -> Iterator[Row]:
    """Kill clients in the midst of their work, and count what was acknowledged and is not there."""
    draw = random.Random(1)
    clients = {member: _client(own[member.code], member, folder, KILLING, 0.05) for member in MEMBERS}
    _let_go(clients.values())
    end = time.time() + KILLING
    for _ in range(KILLS):
        time.sleep(KILLING / KILLS / 2)
        member = draw.choice(MEMBERS)
        clients[member].kill()
        clients[member].wait()
        clients[member] = _client(own[member.code], member, folder, max(end - time.time(), 1), 0.05)
        _let_go([clients[member]])
    for client in clients.values():
        client.wait()
    rows = [line[0] for member in MEMBERS for line in _lines(folder, member)]
    with Record.open(address, OPENER) as record:
        written = {change.seq for change in record.ask(partial(changes_since, seq=0))}
        holds = verify(record).sound
    lost, doubled = len(set(rows) - written), len(rows) - len(set(rows))
    subject = f"{KILLS} kills, {manner}"
    yield Row(f"{subject}: acknowledged marks lost", lost, 0, "marks", f"of {len(rows):,}")
    yield Row(f"{subject}: acknowledged marks doubled", doubled, 0, "marks")
    yield Row(f"{subject}: the record holds", int(holds), 1, "of 1 records", at_least=True)


def _ranked(address: ServerAddress, folder: Path, manner: str) -> Row:
    """Compare ranking on the server with the same from a file."""
    with Record.open(address, OPENER) as record:
        record.backup(folder / "copy.panel")
        with Record.open(folder / "copy.panel", OPENER) as file:
            figures = paired(partial(record.ask, _rank), partial(file.ask, _rank), 5)
    return ratio(f"Ranking a round of 1,000 on a server, {manner}", figures, 2, "from a file")


def _started(address: ServerAddress, folder: Path, manner: str) -> Row:
    """Compare a start of the program up to a round's figures with the same from a file."""
    figures = paired(partial(_run_rank, str(address)), partial(_run_rank, str(folder / "copy.panel")), 5)
    return ratio(f"From the start to the figures of 1,000 on a server, {manner}", figures, 1.3, "from a file")


def _run_rank(place: str) -> None:
    code = "import sys; from cli.command import main; sys.exit(main(['rank', sys.argv[1]]))"
    subprocess.run([sys.executable, "-c", code, place], check=True, stdout=subprocess.DEVNULL)


def _rank(session: Session) -> Ranking:
    return rank(scored_round(round_rows(session, 1)))


def _client(
    address: ServerAddress, member: MemberRow, folder: Path, seconds: float, pause: float = PAUSE
) -> "subprocess.Popen[bytes]":
    written = folder / f"{member.code}.lines"
    told = (str(address), member.code, member.name, str(written), str(seconds), str(pause))
    command = (sys.executable, "-m", "benchmarks.office_client", *told)
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def _let_go(clients: "Collection[subprocess.Popen[bytes]]") -> None:
    """Wait until all have the record open, and let them begin together."""
    for client in clients:
        assert client.stdout is not None, "it says when it is there"
        client.stdout.readline()
    for client in clients:
        assert client.stdin is not None, "it waits for its end"
        client.stdin.close()


def _lines(folder: Path, member: MemberRow) -> Iterator[list[float]]:
    """Yield what was acknowledged to a member; a line cut by a kill was not."""
    for line in (folder / f"{member.code}.lines").read_text().splitlines():
        if line.endswith("]"):
            yield json.loads(line)


def _heard(
    address: ServerAddress, clients: "Sequence[subprocess.Popen[bytes]]"
) -> Iterator[tuple[float, float]]:
    """Yield each row of the journal with the time at which another desk had read it."""
    with Record.open(address, OPENER) as record:
        listener, known = record.listen(), record.last_row
        assert listener is not None, "a record on a server is listened to"
        while any(client.poll() is None for client in clients):
            if select([listener.fileno()], [], [], 0.5)[0] and listener.heard() is not None:
                changes = record.ask(partial(changes_since, seq=known))
                yield from ((change.seq, time.time()) for change in changes)
                known = changes[-1].seq if changes else known
        listener.close()
