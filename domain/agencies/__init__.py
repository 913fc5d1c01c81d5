"""Agencies as plans name them: cells cut into names and collectives, roles told apart, names resolved."""

from domain.agencies.directory import Agency, AgencyLevel, Directory
from domain.agencies.phrases import AgencyPhrase, Group, GroupLevel, split
from domain.agencies.resolving import MEMBERS, Nearest, Resolution, Unknown, resolve
from domain.agencies.roles import Roles, charged, listed, roles

__all__ = [
    "MEMBERS",
    "Agency",
    "AgencyLevel",
    "AgencyPhrase",
    "Directory",
    "Group",
    "GroupLevel",
    "Nearest",
    "Resolution",
    "Roles",
    "Unknown",
    "charged",
    "listed",
    "resolve",
    "roles",
    "split",
]
