"""Who acts, as facts name them: `<issuer>|<subject>`."""


def subject_of(actor: str) -> str:
    """The subject of a person's token; whoever has no issuer, as a service, is named whole.

    A subject may hold the mark itself (`auth0|7`); an issuer is an address and never does.
    """
    issuer, _, subject = actor.partition("|")
    return subject or issuer
