"""A bearer token of the embedded issuer, for a person at the keyboard."""

from argparse import Namespace

from deploy.local.layout import Layout
from shared.http.issuer import Bearer, Issuer
from shared.http.policy import Role
from shared.settings import ServiceSettings

REGION = "653100"


def token(layout: Layout, arguments: Namespace) -> str:
    """Valid for a quarter of an hour, in every service of this installation."""
    roles = tuple(Role(name) for name in arguments.role)
    bearer = Bearer(
        subject=arguments.name or "-".join(role.value.lower() for role in roles),
        roles=roles,
        region_code=arguments.region or REGION,
        unit_code=arguments.unit,
        department_code=arguments.department,
    )
    return Issuer.of(ServiceSettings(data_dir=layout.data)).mint(bearer)
