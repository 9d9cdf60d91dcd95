"""Limits belong together: whoever waits outside waits longer than whoever works inside (`P16`)."""

from typing import Final

from shared import cli, servers
from shared.bus import connection as bus
from shared.eventstore.connections import CALL_SECONDS_MAX, GIVING_BACK_SECONDS_MAX, SESSION
from shared.http import freshness, health, reading, sessions, slim, snapshots

PROMISED_SECONDS: Final = 15
"""Within it everything is as it was after the worst of networks (`P16`): no caller waits longer."""


def told(setting: str) -> float:
    """A setting of PostgreSQL in seconds."""
    [value] = [SESSION[setting]]
    return float(value.removesuffix("s"))


def test_the_database_ends_a_statement_before_its_caller_leaves() -> None:
    assert told("lock_timeout") < told("statement_timeout") < CALL_SECONDS_MAX
    assert reading.QUERY_MILLISECONDS_MAX / 1_000 < sessions.ANSWER_SECONDS_MAX
    assert snapshots.READ_SECONDS_MAX < snapshots._HEARD_SECONDS_MAX  # noqa: SLF001 - the rule is about it


def test_a_command_waits_until_its_call_has_been_given_up() -> None:
    assert CALL_SECONDS_MAX + GIVING_BACK_SECONDS_MAX <= slim.COMMAND_SECONDS_MAX
    assert told("idle_in_transaction_session_timeout") <= slim.COMMAND_SECONDS_MAX
    assert servers.CONNECT_SECONDS_MAX < CALL_SECONDS_MAX


def test_nobody_outside_waits_longer_than_is_promised() -> None:
    assert slim.COMMAND_SECONDS_MAX < PROMISED_SECONDS
    assert freshness.LOOK_SECONDS + sessions.ANSWER_SECONDS_MAX < PROMISED_SECONDS
    assert bus.CONNECT_SECONDS_MAX + bus.ANSWER_SECONDS_MAX < PROMISED_SECONDS


def test_who_stops_waits_for_the_longest_command_and_the_longest_look() -> None:
    assert slim.COMMAND_SECONDS_MAX < cli.STOP_SECONDS_MAX
    assert health.CHECK_SECONDS_MAX < slim.COMMAND_SECONDS_MAX
