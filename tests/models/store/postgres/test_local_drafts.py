"""What is typed while a server does not answer waits on the computer, and is read there by nobody."""

from pathlib import Path

from models.journal.local_drafts import KEY, LocalDrafts
from models.queries.panel.score_sheets import drafts
from tests.models.store.locks.an_office import template
from tests.models.store.locks.test_signing_on import opened
from tests.server import cluster


def test_what_was_typed_is_on_the_server_once_it_is_signed_on_to_again(tmp_path: Path) -> None:
    database = cluster().new_database(template())
    with opened("mo", database) as record:
        kept = LocalDrafts.of(record, tmp_path)
        assert kept is not None
        kept.keep("reason/1", "half a sen")
        kept.keep("reason/2", "gone again")
        kept.keep("reason/2", "")
    (file,) = (tmp_path / "drafts").iterdir()
    content, mode = file.read_bytes(), file.stat().st_mode & 0o777

    with opened("mo", database) as record:
        record.drafts_here = LocalDrafts.of(record, tmp_path)
        found = record.ask(lambda session: drafts(session, "Mo Member", ""))
    with opened("olive", database) as record:
        of_others = record.ask(lambda session: drafts(session, "Mo Member", ""))
    cluster().drop(database)

    assert (b"half" in content, mode) == (False, 0o600)
    assert {field: text for field, text in found.items() if field != KEY} == {"reason/1": "half a sen"}
    assert (list((tmp_path / "drafts").iterdir()), of_others) == ([], {})


def test_what_the_server_takes_is_kept_here_no_longer_and_a_broken_file_counts_for_nothing(
    tmp_path: Path,
) -> None:
    database = cluster().new_database(template())
    with opened("mo", database) as record:
        record.drafts_here = kept = LocalDrafts.of(record, tmp_path)
        assert kept is not None
        kept.keep("reason/1", "half a sen")
        record.keep_draft("Mo Member", "reason/1", "half a sentence")
        after = kept.read()
        kept.keep("reason/1", "half a sen")
        (file,) = (tmp_path / "drafts").iterdir()
        file.write_bytes(b"none of ours")
        assert (after, kept.read()) == ({}, {})
    cluster().drop(database)
