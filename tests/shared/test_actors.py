"""Who acts is an issuer and a subject, whatever the subject looks like."""

import pytest

from shared.domain.actors import subject_of


@pytest.mark.parametrize(
    ("actor", "subject"),
    [
        ("https://login.example.org|li", "li"),
        ("https://login.example.org|auth0|7", "auth0|7"),
        ("worker", "worker"),
        ("", ""),
    ],
)
def test_the_subject_is_whatever_stands_behind_the_issuer(actor: str, subject: str) -> None:
    assert subject_of(actor) == subject
