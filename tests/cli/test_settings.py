"""nhacviec settings: what the office decides itself, on the command line."""

from tests.cli.conftest import Cli


def test_settings_are_listed_changed_and_kept(cli: Cli) -> None:
    assert cli("settings", "--json").json["digest_at"] == "07:30"
    changed = cli("settings", "digest_at", "7h45")
    assert changed.code == 0
    assert "digest_at = 07:45" in changed.out
    assert cli("settings", "digest_at", "--json").json == {"digest_at": "07:45"}


def test_what_cannot_be_used_changes_nothing(cli: Cli) -> None:
    for arguments in (("digest_at", "99"), ("no_such", "1"), ("no_such",)):
        refused = cli("settings", *arguments)
        assert (refused.code, refused.out) == (1, "")
        assert refused.err.count("\n") == 1
    assert cli("settings", "digest_at", "--json").json == {"digest_at": "07:30"}
